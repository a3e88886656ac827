import { setImmediate as breath } from 'node:timers/promises'
import { Hazard } from '../hazard/hazard.entity.js'
import { allOf } from '../shared/allOf.js'
import type { Day } from '../shared/days.js'
import { percent } from '../shared/percent.js'
import type { PlainRow } from '../shared/read/reader.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { readOnce, sourceSql } from '../shared/read/source.js'
import { both, joined, raw, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { type Evidence, evidenceOf } from './evidence.js'
import { CampaignExemption } from './exemption.entity.js'
import type { PhaseSaid, Plan, TaskSaid } from './plan.js'
import { UnitState } from './terms.js'
import { unitsOf } from './units.js'

/** Reads plain rows, in whichever lane the caller stands. */
export type Read = (statement: Sql) => Promise<PlainRow[]>

/** Where a task stands: how many are asked, how many have the fact, how many are exempted and lack it. */
export interface TaskFigures {
  denominator: number
  served: number
  exempted: number
  missing: number
  /** Served ÷ asked (domain.md §8); null when nobody is asked. */
  rate: number | null
  /** Everybody asked is served or exempted; null when nobody is asked. */
  done: boolean | null
  late: boolean
}
export interface PhaseFigures {
  tasks: number
  tasksDone: number
  units: number
  unitsDone: number
  rate: number | null
  /** Every task with anybody to ask is done; null when there is none. */
  done: boolean | null
  late: boolean
}

/** A task nothing counts (yet): its evidence's module is not there. */
export const UNCOUNTED: TaskFigures = { denominator: 0, served: 0, exempted: 0, missing: 0, rate: null, done: null, late: false }

/** The rows asked, each with `served` and `exempt` as 1 or 0. */
export function statesSql(task: TaskSaid, evidence: Evidence, plan: Plan, reading: Reading, more: Sql = TRUE): Sql {
  const counted = { campaign: plan.id, year: plan.year, town: plan.division }
  const { source, within } = unitsOf(task, plan.division, reading)
  const owed = evidence.owed?.('t', reading, counted) ?? TRUE
  const exempt = sql`t.id in (select xe.unit from ${sourceSql(CampaignExemption, reading)} xe where xe.task_id = ${task.id} and xe.stage = 'GRANTED' and ${hopSql(CampaignExemption, 'xe', reading)})`
  return sql`select t.id as id, t.name as name, t.division as division, t.station as station,
    case when ${evidence.served('t', reading, counted)} then 1 else 0 end as served, case when ${exempt} then 1 else 0 end as exempt
    from ${source} where ${both(within, owed, more)}`
}

/**
 * Where each of these tasks stands, by its id. A past instant takes long to work out: its tasks are read in three statements
 * beside each other, those of hazards, of which most is to be undone, with what is known of them, when that comes.
 */
export async function figuresOfTasks(
  read: Read,
  tasks: readonly TaskSaid[],
  plan: Plan,
  reading: Reading,
  ofHazards?: Promise<Reading>,
): Promise<Map<string, TaskFigures>> {
  const figures = new Map(tasks.map(({ id }) => [id, UNCOUNTED]))
  const counted = tasks.flatMap((task) => {
    const evidence = evidenceOf(task.evidence)
    return evidence ? [{ task, evidence }] : []
  })
  const all = (some: typeof counted) => (at: Reading) =>
    sql`select ${joined(
      some.map(({ task, evidence }, i) => sql`(${countsSql(statesSql(task, evidence, plan, at))}) as ${raw(`t${i}`)}`),
      ', ',
    )}`
  const take = async (some: typeof counted, known: Reading | Promise<Reading> = reading) => {
    if (!some.length) return
    await breath() // each looks at every enterprise of the town: others are waiting too
    const [row] = await read(readOnce(await known, all(some)))
    some.forEach(({ task }, i) => figures.set(task.id, figuresOf(task, row![`t${i}`] as string, reading)))
  }
  if (!reading.asOf) for (const one of counted) await take([one])
  else {
    const [others, hazards] = [false, true].map((is) => counted.filter(({ evidence }) => evidence.things.includes(Hazard) === is))
    const halves = [0, 1].map((half) => others!.filter((_, i) => i % 2 === half))
    await allOf([...halves.map((some) => take(some)), take(hazards!, ofHazards)])
  }
  return figures
}
/** `denominator served exempted`. */
const countsSql = (states: Sql): Sql =>
  sql`select count(*) || ' ' || coalesce(sum(q.served), 0) || ' ' || coalesce(sum(case when q.served = 0 then q.exempt else 0 end), 0) from (${states}) q`

function figuresOf({ dueOn }: TaskSaid, counts: string, { today }: Reading): TaskFigures {
  const [denominator, served, exempted] = counts.split(' ').map(Number) as [number, number, number]
  const done = denominator === 0 ? null : served + exempted === denominator
  return {
    ...{ denominator, served, exempted, missing: denominator - served - exempted },
    ...{ rate: percent(served, denominator), done, late: done === false && dueOn < today },
  }
}

export const figuresOfTask = async (read: Read, task: TaskSaid, plan: Plan, reading: Reading): Promise<TaskFigures> =>
  (await figuresOfTasks(read, [task], plan, reading)).get(task.id)!

export function figuresOfPhase(phase: Pick<PhaseSaid, 'endsOn'>, tasks: readonly TaskFigures[], today: Day): PhaseFigures {
  const asked = tasks.filter(({ done }) => done !== null)
  const sum = (of: (one: TaskFigures) => number) => asked.reduce((all, one) => all + of(one), 0)
  const [units, unitsDone] = [sum(({ denominator }) => denominator), sum(({ served, exempted }) => served + exempted)]
  const tasksDone = asked.filter(({ done }) => done).length
  const done = asked.length ? tasksDone === asked.length : null
  return { tasks: asked.length, tasksDone, units, unitsDone, rate: percent(unitsDone, units), done, late: done === false && phase.endsOn < today }
}

/** Which of them: `q` is what statesSql selects. */
export const stateSql = (state: UnitState): Sql =>
  ({
    SERVED: raw('q.served = 1'),
    EXEMPTED: raw('q.served = 0 and q.exempt = 1'),
    MISSING: raw('q.served = 0 and q.exempt = 0'),
  })[state]
export const stateOf = (row: PlainRow): UnitState => (Number(row['served']) ? UnitState.SERVED : Number(row['exempt']) ? UnitState.EXEMPTED : UnitState.MISSING)
