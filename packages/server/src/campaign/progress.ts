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

/** A task's denominator, and what is said of one of it under alias `t`. */
function askedOf(task: TaskSaid, { owed, served }: Evidence, plan: Plan, reading: Reading) {
  const counted = { campaign: plan.id, year: plan.year, town: plan.division }
  const exempt = sql`t.id in (select xe.unit from ${sourceSql(CampaignExemption, reading)} xe where xe.task_id = ${task.id} and xe.stage = 'GRANTED' and ${hopSql(CampaignExemption, 'xe', reading)})`
  return { ...unitsOf(task, plan.division, reading), owed: owed?.('t', reading, counted) ?? TRUE, served: served('t', reading, counted), exempt }
}

/** The rows asked, each with `served` and `exempt` as 1 or 0. */
export function statesSql(task: TaskSaid, evidence: Evidence, plan: Plan, reading: Reading, more: Sql = TRUE): Sql {
  const { source, within, owed, served, exempt } = askedOf(task, evidence, plan, reading)
  return sql`select t.id as id, t.name as name, t.division as division, t.station as station,
    case when ${served} then 1 else 0 end as served, case when ${exempt} then 1 else 0 end as exempt
    from ${source} where ${both(within, owed, more)}`
}

/** A task that an evidence counts. */
interface Countable {
  task: TaskSaid
  evidence: Evidence
}

/**
 * Where each of these tasks stands, by its id. A past instant takes long to work out: its tasks are read in two statements
 * beside each other, so that what several ask for is worked out once; those of hazards, of which most is to be undone, with
 * what is known of them, when that comes.
 */
export async function figuresOfTasks(
  read: Read,
  tasks: readonly TaskSaid[],
  plan: Plan,
  reading: Reading,
  ofHazards?: Promise<Reading>,
): Promise<Map<string, TaskFigures>> {
  const figures = new Map(tasks.map(({ id }) => [id, UNCOUNTED]))
  const counted = tasks.flatMap((task): Countable[] => {
    const evidence = evidenceOf(task.evidence)
    return evidence ? [{ task, evidence }] : []
  })
  const take = async (some: readonly Countable[], known: Reading | Promise<Reading> = reading) => {
    if (!some.length) return
    await breath() // each looks at every enterprise of the town: others are waiting too
    for (const [task, counts] of await countStates(read, some, plan, await known)) figures.set(task.id, figuresOf(task, counts, reading))
  }
  const [others, hazards] = [false, true].map((is) => counted.filter(({ evidence }) => evidence.things.includes(Hazard) === is))
  if (reading.asOf) await allOf([take(others!), take(hazards!, ofHazards)])
  // SQLite reads a small town in the server's thread: one task, and everybody else has a turn.
  else if (reading.engine === 'sqlite') for (const one of counted) await take([one])
  else await allOf(dealt(counted, 3).map((some) => take(some)))
  return figures
}
/** The same in so many parts. */
const dealt = <T>(all: readonly T[], parts: number): T[][] => Array.from({ length: parts }, (_, part) => all.filter((_one, i) => i % parts === part))

const MARK = { SERVED: 's', EXEMPTED: 'e', MISSING: 'm' } as const satisfies Record<UnitState, string>
type Counts = Record<UnitState, number>

/** Each denominator is walked once for all tasks that ask it: how many of it stand in the same way, a letter for each task. */
async function countStates(read: Read, some: readonly Countable[], plan: Plan, reading: Reading): Promise<Map<TaskSaid, Counts>> {
  const walks: { task: TaskSaid }[][] = []
  const statement = readOnce(reading, (at) => {
    const asked = some.map(({ task, evidence }) => ({ task, ...askedOf(task, evidence, plan, at) }))
    const same = Map.groupBy(asked, ({ source, within }) => JSON.stringify([source, within]))
    const each = [...same.values()].map((walk, i) => {
      const { source, within } = walk[0]!
      const letters = walk.map(
        ({ owed, served, exempt }) =>
          sql`case when ${owed} then case when ${served} then ${raw(`'${MARK.SERVED}'`)} when ${exempt} then ${raw(`'${MARK.EXEMPTED}'`)} else ${raw(`'${MARK.MISSING}'`)} end else '-' end`,
      )
      walks[i] = walk
      return sql`select ${raw(String(i))} as walk, ${joined(letters, ' || ')} as letters, count(*) as units from ${source} where ${within} group by 2`
    })
    return joined(each, ' union all ')
  })
  const counts = new Map(some.map(({ task }) => [task, { SERVED: 0, EXEMPTED: 0, MISSING: 0 }]))
  for (const row of await read(statement))
    walks[Number(row['walk'])]!.forEach(({ task }, place) => {
      const state = Object.values(UnitState).find((one) => MARK[one] === (row['letters'] as string)[place])
      if (state) counts.get(task)![state] += Number(row['units'])
    })
  return counts
}

function figuresOf({ dueOn }: TaskSaid, { SERVED: served, EXEMPTED: exempted, MISSING: missing }: Counts, { today }: Reading): TaskFigures {
  const denominator = served + exempted + missing
  const done = denominator === 0 ? null : missing === 0
  return {
    ...{ denominator, served, exempted, missing },
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
