import { randomUUID } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { contextFor } from '../app.js'
import { readConfig } from '../config.js'
import { refresh } from '../risk/keepStanding.js'
import { WORST, worstOf } from '../risk/grade.js'
import { RiskColor } from '../risk/terms.js'
import { buildGraph } from '../schema.js'
import { act } from '../shared/act.js'
import type { Actor } from '../shared/context.js'
import { Door } from '../shared/door.js'
import { insertRows } from '../shared/insertRows.js'
import { LIMITS } from '../shared/limits.js'
import { runQuery } from '../shared/runQuery.js'
import { openStore, type Store } from '../store.js'
import { compared } from './compare.js'
import type { Finding } from './measure.js'
import type { Rig } from './rig.js'

const FIRMS = 1_000
const POINTS = 20
const TOWN: Actor = { id: uuid(), name: 'bench', role: 'TOWN_OFFICE', scope: { division: '350524106' }, mustChangePassword: false }
const QUERY = `{ riskStatistics(by: VILLAGE) { groups { key color firmsBy { red orange yellow blue } pointsBy { red orange yellow blue } } } }`

/** R1: the colours of a town of 1,000 enterprises × 20 risk points, village by village ÷ the bare SQL and a loop over the points. */
export async function colors(rig: Rig): Promise<Finding> {
  const store = await openStore(readConfig(await rig.emptyStore()))
  try {
    await fill(store)
    const door = new Door(buildGraph(), { introspection: false, report: () => undefined, limits: { ...LIMITS, pointsPerMinute: Infinity } })
    const reply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }
    const ours = async () => {
      const prepared = door.prepare({ query: QUERY }, TOWN)
      if (!('document' in prepared)) throw new Error('the query was refused')
      const context = contextFor(store, { actor: TOWN, session: undefined, now: new Date(), request: randomUUID(), address: '', device: '', reply })
      const { data, errors } = await runQuery(door.schema, prepared, context)
      if (errors) throw new Error(errors[0]!.message)
      return JSON.stringify((data as { riskStatistics: { groups: unknown } }).riskStatistics.groups)
    }
    const note = `${FIRMS} enterprises × ${POINTS} risk points by village, with coverage`
    return await compared({ engine: rig.engine, rows: FIRMS * POINTS }, { id: 'R1', target: 1, rounds: 12, ours, theirs: () => bare(store), note })
  } finally {
    await store.close()
  }
}

/** As somebody writes it who keeps no standings: every point is read and counted. */
async function bare({ reader }: Store): Promise<string> {
  const rows = await reader.all(
    `select e.division as village, e.id as firm, p.color as color from risk_point p join enterprise e on e.id = p.enterprise_id where p.ended_on is null order by e.division`,
  )
  const firms = new Map<string, { village: string; colors: RiskColor[] }>()
  for (const { village, firm, color } of rows as { village: string; firm: string; color: RiskColor }[]) {
    const known = firms.get(firm)
    if (known) known.colors.push(color)
    else firms.set(firm, { village, colors: [color] })
  }
  const count = (colors: (RiskColor | undefined)[]) =>
    Object.fromEntries(WORST.map((color) => [color.toLowerCase(), colors.filter((one) => one === color).length]))
  const villages = Map.groupBy(firms.values(), ({ village }) => village)
  const groups = [...villages].map(([key, own]) => {
    const worst = own.map(({ colors }) => worstOf(colors))
    return { key, color: worstOf(worst), firmsBy: count(worst), pointsBy: count(own.flatMap((one) => one.colors)) }
  })
  return JSON.stringify(groups)
}

async function fill(store: Store): Promise<void> {
  const now = new Date()
  const at = { version: 1, created_at: now.toISOString() }
  const firms = Array.from({ length: FIRMS }, (_, i) => ({
    ...at,
    id: uuid(),
    name: `${i}号`,
    division: `3505241062${String(1 + (i % 24)).padStart(2, '0')}`,
    entered_on: '2026-01-01',
  }))
  const no = store.engine === 'sqlite' ? 0 : false
  const flags = { factor_person: no, factor_object: no, factor_environment: no, factor_management: no, awaits_confirmation: no }
  const points = firms.flatMap(({ id, division }, i) =>
    Array.from({ length: POINTS }, (_, j) => {
      const color = WORST[(i * 7 + j * 13) % 29 === 0 ? 0 : (i + j) % 11 === 0 && i % 3 === 0 ? 1 : (i + j) % 3 === 0 ? 2 : 3]!
      return { ...at, ...flags, id: uuid(), enterprise_id: id, division, code: `FX-${j}`, name: `${j}号`, kind: 'FACILITY', color }
    }),
  )
  await act({ em: store.em({ division: '' }), actor: undefined, now, request: 'bench' }, 'seed', async ({ em }) => {
    await insertRows(em, 'enterprise', Object.keys(firms[0]!) as 'id'[], firms)
    await insertRows(em, 'risk_point', Object.keys(points[0]!) as 'id'[], points)
    const ids = firms.map(({ id }) => id)
    await refresh(em, ids, now)
  })
}
