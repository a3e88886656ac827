import { randomUUID } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { readConfig } from '../config.js'
import { act } from '../shared/act.js'
import { insertMany } from '../shared/bulk.js'
import { insertRows } from '../shared/insertRows.js'
import { run } from '../shared/run.js'
import { openStore, type Store } from '../store.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { FrequencyRule, FrequencyTable } from '../visit/frequency.entity.js'
import { planVisits, workdaysOf } from '../visit/planVisits.js'
import { SHIPPED, SHIPPED_TABLE } from '../visit/shipped.js'
import { slotsOf } from '../visit/slots.js'
import { COLORS, VISIT_KINDS } from '../visit/terms.js'
import { compared } from './compare.js'
import type { Finding } from './measure.js'
import type { Rig } from './rig.js'

const FIRMS = 1_000
const TOWN = '350524106'
const FIRST = '2026-01-01'
const NOW = new Date('2026-01-01T00:00:00.000Z')
const AT = NOW.toISOString()

/** V1: a year's visits of a town of 1,000 enterprises, read, planned and written ÷ a bare loop over the same enterprises that inserts the same rows. */
export async function yearOfVisits(rig: Rig): Promise<Finding> {
  const store = await openStore(readConfig(await rig.emptyStore()))
  try {
    const { ids, table } = await settle(store)
    const quiet = { log: () => undefined, after: () => undefined }
    const ours = () => undone(store, (em) => planVisits({ em, ...quiet }, 'bench', { enterprises: ids, day: FIRST }, NOW))
    const theirs = () => undone(store, (em) => bareLoop(em, table))
    return await compared(rig, { id: 'V1', target: 4, rounds: 8, ours, theirs, note: `${FIRMS} enterprises` })
  } finally {
    await store.close()
  }
}

async function settle(store: Store): Promise<{ ids: string[]; table: string }> {
  // As a town's own beginning, so that no plan follows yet.
  const [ids, table] = [Array.from({ length: FIRMS }, () => randomUUID()).sort(), randomUUID()]
  await act({ em: store.em({ division: '' }), actor: undefined, now: NOW, request: 'bench' }, 'seed', async (doing) => {
    const stands = (i: number) => ({ division: `${TOWN}${201 + (i % 24)}`, station: 'INDUSTRY_STATION', createdAt: AT })
    await insertMany(
      doing,
      'bench',
      Enterprise,
      ids.map((id, i) => ({ id, name: `企业 ${i}`, ...stands(i), enteredOn: '2025-01-01', noUsccReason: '—' })),
    )
    const counts = { cause: 'POINTS', red: 0, orange: 0, yellow: 0, blue: 0, unrated: 0, overdueMajors: 0 }
    await insertMany(
      doing,
      'bench',
      RiskStanding,
      ids.map((id, i) => ({ enterprise: id, ...stands(i), ...counts, effective: COLORS[i % 4] })),
    )
    await insertMany(doing, 'bench', FrequencyTable, [
      { id: table, division: TOWN, edition: 1, state: 'PUBLISHED', validFrom: FIRST, ...SHIPPED_TABLE, createdAt: AT },
    ])
    await insertMany(
      doing,
      'bench',
      FrequencyRule,
      SHIPPED.map((rule) => ({ ...rule, table, createdAt: AT })),
    )
  })
  return { ids, table }
}

/** The same rows without the laws: nothing is looked at that is there, and nothing could be planned anew. */
async function bareLoop(em: SqlEntityManager, table: string): Promise<void> {
  const firms = await run<{ id: string; division: string; station: string; effective: string }>(
    em,
    'select e.id, e.division, e.station, s.effective from enterprise e join risk_standing s on s.enterprise_id = e.id order by e.id',
    [],
  )
  const workdays = await workdaysOf(em, 2026)
  const rows: Record<string, unknown>[] = []
  const grids = new Map<number, { name: string; low: number; many: number }[]>()
  for (const n of new Set(SHIPPED.map(({ minPerYear }) => minPerYear)))
    grids.set(
      n,
      slotsOf(2026, n).map(({ name, from, to }) => ({
        name,
        low: workdays.findIndex((day) => day >= from),
        many: workdays.filter((day) => day >= from && day <= to).length,
      })),
    )
  firms.forEach(({ id, division, station, effective }, rank) => {
    for (const rule of SHIPPED) {
      if (rule.color !== effective) continue
      const phase = (((2 * rank + 1) * 1000) / (2 * FIRMS) + VISIT_KINDS.indexOf(rule.kind) * 250) % 1000
      for (const { name, low, many } of grids.get(rule.minPerYear)!) {
        const length = Math.min(10, Math.ceil(many / 2))
        const at = low + Math.floor((phase * (many - length + 1)) / 1000)
        const days = { planned_from: workdays[at], planned_to: workdays[at + length - 1] }
        const fixed = { version: 1, created_at: AT, year: 2026, owner: 'STATION', edition: 1, state: 'PLANNED', table_id: table, cause: '计划' }
        rows.push({
          id: randomUUID(),
          enterprise_id: id,
          division,
          station,
          kind: rule.kind,
          slot: name,
          color: effective,
          focus: rule.focus,
          ...days,
          ...fixed,
        })
      }
    }
  })
  await insertRows(em, 'visit', Object.keys(rows[0]!), rows)
}

class Undone extends Error {}

/** Does it, tells what stands there then, and takes it back: every round begins with an empty plan. */
async function undone(store: Store, work: (em: SqlEntityManager) => Promise<unknown>): Promise<string> {
  let told = ''
  try {
    await store.em({ division: '' }).transactional(async (tx) => {
      const em = tx as SqlEntityManager
      await work(em)
      const rows = await run(
        em,
        'select kind, slot, planned_from, planned_to, count(*) as n from visit group by kind, slot, planned_from, planned_to order by 1, 2, 3, 4',
        [],
      )
      told = JSON.stringify(rows.map((row) => Object.values(row).map(String)))
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return told
}
