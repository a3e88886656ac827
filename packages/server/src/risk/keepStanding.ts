import type { SqlEntityManager } from '@mikro-orm/sql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { OPEN_STAGES } from '../hazard/terms.js'
import { follows } from '../shared/act.js'
import { linkedId } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import type { Entry } from '../shared/log.js'
import { run } from '../shared/run.js'
import { RiskStanding } from './riskStanding.entity.js'
import { type Counted, NOTHING, stand } from './stand.js'
import { RiskColor } from './terms.js'

const BATCH = 400
/** What about a risk point or a hazard moves a colour. */
const MOVES: Record<string, readonly string[]> = {
  RiskPoint: ['color', 'endedOn', 'enterprise', 'name', 'code'],
  Hazard: ['stage', 'severity', 'dueOn', 'enterprise'],
}

/** Keeps the standing of every enterprise that an act has touched: registered once, with the list of entities. */
export function keepStandings(): void {
  if (!registered)
    follows(({ em }, entries, { now }) => {
      const moving = entries.filter(({ thing, diff }) => MOVES[thing]?.some((name) => name in diff))
      return moving.length ? keep(em, moving, now) : undefined
    }, 10)
  registered = true
}
let registered = false

async function keep(em: SqlEntityManager, moving: readonly Entry[], now: Date): Promise<void> {
  const firms = new Set<string>()
  const hazards = new Set<string>()
  for (const { thing, record, diff, enterprise } of moving) {
    if (thing === 'RiskPoint') firms.add(enterprise!)
    // Only a major hazard lifts a colour; one that has just become a general one may have.
    else if (diff['severity']?.includes('MAJOR')) firms.add(enterprise!)
    else if (!diff['severity']) hazards.add(record)
  }
  for (const ids of batches([...hazards]))
    for (const row of await run(em, `select distinct enterprise_id as firm from hazard where severity = 'MAJOR' and id in (${marks(ids)})`, ids))
      firms.add(row['firm'] as string)
  await refresh(em, [...firms], now)
}

/** Counts anew what the colours of some enterprises stand on. Past the actor's scope: a workshop head's act moves the whole enterprise's colour. */
export async function refresh(em: SqlEntityManager, firms: readonly string[], now: Date): Promise<void> {
  for (const ids of batches([...firms].sort())) {
    const counted = await count(em, ids, dayOf(now))
    const known = new Map((await em.find(RiskStanding, { enterprise: { $in: [...ids] } }, { filters: false })).map((one) => [linkedId(one.enterprise)!, one]))
    const news = ids.filter((id) => !known.has(id) && counted.has(id))
    for (const firm of news.length ? await em.find(Enterprise, { id: { $in: news } }, { filters: false }) : []) {
      const standing = stand(firm, now)
      em.persist(standing)
      known.set(firm.id, standing)
    }
    for (const [id, standing] of known) standing.follow(counted.get(id) ?? NOTHING, now)
  }
}

async function count(em: SqlEntityManager, ids: readonly string[], today: string): Promise<Map<string, Counted>> {
  const all = new Map<string, Counted>()
  const of = (id: unknown) => {
    let one = all.get(id as string)
    if (!one) all.set(id as string, (one = { ...NOTHING }))
    return one
  }
  const points = await run(
    em,
    `select enterprise_id as firm, color, count(*) as n, min(code || ' ' || name) as named from risk_point
      where ended_on is null and enterprise_id in (${marks(ids)}) group by enterprise_id, color`,
    ids,
  )
  for (const row of points) {
    const one = of(row['firm'])
    const color = row['color'] as RiskColor | null
    one[color ? COUNT[color] : 'unrated'] = Number(row['n'])
    if (color && (!one.computed || RANK.indexOf(color) < RANK.indexOf(one.computed))) Object.assign(one, { computed: color, worst: row['named'] as string })
  }
  const stages = OPEN_STAGES.map((stage) => `'${stage}'`).join(', ')
  // By grade, stage and deadline: the few that are late now, not the many that an enterprise has ever had.
  const majors = await run(
    em,
    `select enterprise_id as firm, count(*) as n, min(due_on || ' ' || number) as first from hazard
      where severity = 'MAJOR' and stage in (${stages}) and due_on < ? and coalesce(enterprise_id, '') in (${marks(ids)}) group by enterprise_id`,
    [today, ...ids],
  )
  for (const row of majors) Object.assign(of(row['firm']), { overdueMajors: Number(row['n']), lateHazard: String(row['first']).slice(11) })
  return all
}
const RANK = Object.values(RiskColor)
const COUNT = { RED: 'red', ORANGE: 'orange', YELLOW: 'yellow', BLUE: 'blue' } as const

const marks = (ids: readonly string[]) => ids.map(() => '?').join(', ')
const batches = (ids: readonly string[]): string[][] => Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH))
