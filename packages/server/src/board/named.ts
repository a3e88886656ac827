import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage, OPEN_STAGES } from '../hazard/terms.js'
import { addDays, type Day, dayOf, type Instant, startOf } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import type { Reading } from '../shared/read/reading.js'
import { readOnce, unchangedSince, wasSince } from '../shared/read/source.js'
import { both, joined, raw, sql, type Sql, TRUE } from '../shared/read/sql.js'

/** A hazard that a board names. */
export interface NamedRow {
  number: string
  division: string
  enterprise: string | null
  due: Day | null
  at: Instant | null
  began: Instant | null
}
/** Which hazards a board names, in which order, and how many. */
interface Named {
  where: Sql
  /** What else is true of one that stands as it stood at a past instant: its index need not be walked from today back to then. */
  still?: (asOf: Instant) => Sql
  order: string
  most: number
}

const OPEN = OPEN_STAGES.filter((stage) => stage !== HazardStage.DRAFT)
  .map((stage) => `'${stage}'`)
  .join(', ')

/** 逾期的重大隐患, the longest first. */
export const overdueMajors = (today: Day): Named => ({
  where: sql`t.stage in (${raw(OPEN)}) and t.due_on < ${today} and t.severity = 'MAJOR'`,
  ...{ order: 't.due_on, t.number', most: 8 },
})
/** 销号, the latest first; those since an instant only. */
export const closed = (since?: Instant): Named => ({
  where: sql`t.stage = 'CLOSED' and t.closed_at is not null${since ? sql` and t.closed_at >= ${since}` : raw('')}`,
  still: (asOf) => sql`t.closed_at < ${startOf(addDays(dayOf(asOf), 1))}`,
  ...{ order: 't.closed_at desc, t.number desc', most: 12 },
})

const COLUMNS = raw('t.number as number, t.division as division, t.due_on as due, t.closed_at as at, t.registered_at as began')

/** The first of them, as they stand. */
export async function first(reader: Reader, { where, order, most }: Named, within: Sql): Promise<NamedRow[]> {
  const { sql: text, params } = sql`select ${COLUMNS}, e.name as enterprise from hazard t left join enterprise e on e.id = t.enterprise_id
      where ${where} and (${within}) order by ${raw(order)} limit ${raw(String(most))}`
  return (await reader.all(text, params)) as unknown as NamedRow[]
}

/** Called as in the table, for they are put in order a second time; said each time, for a past is worked out as wide as it is asked. */
const THEN = raw('number, division, due_on, closed_at, registered_at, enterprise_id')
/**
 * The first of each as they stood then: the first of those that have not changed since, by their index, and of those that
 * have. In one statement, so that nothing which commits meanwhile is missing from both.
 */
export async function firstThen(reader: Reader, all: readonly Named[], within: Sql, reading: Reading): Promise<NamedRow[][]> {
  const firsts = (at: Reading) =>
    all.map(({ where, still, order, most }, n) => {
      const top = (from: Sql, called: string, also: Sql) =>
        sql`select ${THEN} from (select ${THEN} from ${from} t where ${where} and ${also} and (${within}) order by ${raw(order)} limit ${raw(String(most))}) ${raw(`${called}${n}`)}`
      const either = sql`${top(raw('hazard'), 'still', both(still?.(at.asOf!) ?? TRUE, unchangedSince(Hazard, 't', at)))} union all ${top(wasSince(Hazard, at), 'then', TRUE)}`
      return sql`select ${raw(String(n))} as which, ${THEN} from (${either}) t order by ${raw(order)} limit ${raw(String(most))}`
    })
  const { sql: text, params } = readOnce(reading, (at) =>
    joined(
      firsts(at).map((part, n) => sql`select which, ${THEN} from (${part}) q${raw(String(n))}`),
      ' union all ',
    ),
  )
  const rows = (await reader.all(text, params)) as unknown as ThenRow[]
  const names = await namesThen(reader, reading, [...new Set(rows.map((row) => row.enterprise_id!))])
  return all.map((_, n) =>
    rows
      .filter(({ which }) => Number(which) === n)
      .map(({ number, division, due_on: due, closed_at: at, registered_at: began, enterprise_id: id }) => {
        return { number, division, due, at, began, enterprise: names.get(id!) ?? null }
      }),
  )
}
interface ThenRow extends Pick<NamedRow, 'number' | 'division'> {
  which: number
  due_on: Day | null
  closed_at: Instant | null
  registered_at: Instant | null
  enterprise_id: string | null
}

async function namesThen(reader: Reader, reading: Reading, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map()
  const these = joined(
    ids.map((id) => sql`${id}`),
    ', ',
  )
  const { sql: text, params } = readOnce(
    reading,
    (at) => sql`select e.id as id, e.name as name from enterprise e where e.id in (${these}) and ${unchangedSince(Enterprise, 'e', at)}
      union all select w.id, w.name from ${wasSince(Enterprise, at)} w where w.id in (${these})`,
  )
  return new Map((await reader.all(text, params)).map((row) => [row['id'] as string, row['name'] as string]))
}
