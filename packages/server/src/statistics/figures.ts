import { OPEN_STAGES } from '../hazard/terms.js'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Day, Instant } from '../shared/days.js'
import { meanDaysSql, spanSql } from '../shared/read/figures.js'
import { factsOf } from '../shared/read/facts.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Asker, Engine, PlainRow, Reader } from '../shared/read/reader.js'
import { sourceSql } from '../shared/read/source.js'
import { both, raw, sql as piece, type Sql, TRUE } from '../shared/read/sql.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import type { Scope } from '../shared/scope.js'
import { percent } from './rate.js'

/** What figures can be split by. */
export const DIMENSIONS = ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE', 'MONTH'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** The figures of one group of hazards as of a day (domain.md §8). Rates are percent with one decimal, null on a zero denominator. */
export interface Figures {
  key: string
  /** Discovered: registered, neither void nor transferred. */
  found: number
  closed: number
  open: number
  overdue: number
  transferred: number
  majorFound: number
  majorClosed: number
  majorOpen: number
  rectificationRate: number | null
  onTimeRate: number | null
  firstDeadlineRate: number | null
  firstPassRate: number | null
  majorCloseRate: number | null
  /** From registration to closing, days with one decimal. */
  averageDays: number | null
  medianDays: number | null
}

const KEY: Record<Exclude<Dimension, 'TRADE'>, string> = {
  TOTAL: `''`,
  TOWN: 'substr(t.division, 1, 9)',
  VILLAGE: 't.division',
  STATION: `coalesce(t.station, '')`, // 未分配: a defect that is shown, not hidden
  MONTH: 'substr(t.found_on, 1, 7)', // a hazard counts in the month of its discovery
}

const keySql = (dimension: Dimension, reading: Reading): Sql =>
  dimension === 'TRADE' ? piece`coalesce((select e.trade from ${sourceSql(Enterprise, reading)} e where e.id = t.enterprise_id), '')` : raw(KEY[dimension])

/** The Shanghai day of an instant column. */
export const dayOfSql = (column: string, engine: Engine): string =>
  engine === 'sqlite' ? `date(${column}, '+8 hours')` : `to_char(${column}::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
const timeToClose = (engine: Engine): string =>
  `case when ${CLOSED} and t.registered_at is not null then ${spanSql('t.registered_at', 't.closed_at', engine)} end`

const OPEN = `t.stage in (${OPEN_STAGES.filter((stage) => stage !== 'DRAFT')
  .map((stage) => `'${stage}'`)
  .join(', ')})`
const CLOSED = `t.stage = 'CLOSED'`
const meanDays = (time: string): string => meanDaysSql(raw(`cast(sum(${time}) as bigint)`), raw(`count(${time})`)).sql
/** A draft is not in the ledger yet, a void hazard no longer; a transferred one is shown apart. */
const COUNTED = `t.stage not in ('DRAFT', 'VOID', 'TRANSFERRED')`

/** Computes figures by one dimension under a filter on alias `t`, in the reader's scope. */
export async function figuresBy(
  reader: Reader,
  scope: Scope,
  dimension: Dimension,
  today: Day,
  filter: Sql = TRUE,
  asker?: Asker,
  asOf?: Instant,
): Promise<Figures[]> {
  const reading: Reading = { engine: reader.engine, scope, today, ...(asOf ? { asOf } : {}) }
  const where = both(scopeSql(Hazard, 't', scope), filter)
  const key = keySql(dimension, reading)
  const source = sourceSql(Hazard, reading)
  const closedOn = dayOfSql('t.closed_at', reader.engine)
  const sum = (condition: string) => `sum(case when ${condition} then 1 else 0 end)`
  // A deadline counts once it has run out: its day is inclusive, so it lies before today.
  const run = (deadline: string) => `${COUNTED} and ${deadline} < ?`
  const onTime = (deadline: string) => `${CLOSED} and ${deadline} < ? and ${closedOn} <= ${deadline}`
  const sql = `select ${key.sql} as key, ${sum(COUNTED)} as found, ${sum(CLOSED)} as closed, ${sum(OPEN)} as open,
    ${sum(`${OPEN} and t.due_on < ?`)} as overdue, ${sum(`t.stage = 'TRANSFERRED'`)} as transferred,
    ${sum(`${COUNTED} and t.severity = 'MAJOR'`)} as major_found, ${sum(`${CLOSED} and t.severity = 'MAJOR'`)} as major_closed,
    ${sum(`${OPEN} and t.severity = 'MAJOR'`)} as major_open,
    ${sum(run('t.due_on'))} as due, ${sum(onTime('t.due_on'))} as on_time, ${sum(run('t.original_due_on'))} as first_due, ${sum(onTime('t.original_due_on'))} as first_on_time,
    ${sum(`${CLOSED} and t.returns = 0`)} as first_pass,
    ${meanDays(timeToClose(reader.engine))} as average_days
    from ${source.sql} t where ${where.sql} group by 1 order by 1`
  const rows = await look(reader, { sql, params: [...key.params, today, today, today, today, today, ...source.params, ...where.params] }, asker)
  const medians = await mediansBy(reader, key, source, where, asker)
  return rows.map((row) => figuresOf(row, medians.get(String(row['key'])) ?? null))
}

/** The middle one, or the mean of the middle two, on both engines by the same SQL. */
async function mediansBy(reader: Reader, key: Sql, source: Sql, where: Sql, asker?: Asker): Promise<Map<string, number>> {
  const rows = await look(
    reader,
    {
      sql: `select key, ${meanDays('time')} as median from (select key, time, row_number() over (partition by key order by time) as place, count(*) over (partition by key) as n
      from (select ${key.sql} as key, ${timeToClose(reader.engine)} as time from ${source.sql} t where ${CLOSED} and t.registered_at is not null and t.closed_at is not null and ${where.sql}) d) r
      where place in ((n + 1) / 2, (n + 2) / 2) group by key`,
      params: [...key.params, ...source.params, ...where.params],
    },
    asker,
  )
  return new Map(rows.map((row) => [String(row['key']), Number(row['median'])]))
}

function figuresOf(row: PlainRow, median: number | null): Figures {
  const n = (name: string) => Number(row[name] ?? 0)
  return {
    key: String(row['key']),
    found: n('found'),
    closed: n('closed'),
    open: n('open'),
    overdue: n('overdue'),
    transferred: n('transferred'),
    majorFound: n('major_found'),
    majorClosed: n('major_closed'),
    majorOpen: n('major_open'),
    rectificationRate: percent(n('closed'), n('found')),
    onTimeRate: percent(n('on_time'), n('due')),
    firstDeadlineRate: percent(n('first_on_time'), n('first_due')),
    firstPassRate: percent(n('first_pass'), n('closed')),
    majorCloseRate: percent(n('major_closed'), n('major_found')),
    averageDays: row['average_days'] == null ? null : Number(row['average_days']),
    medianDays: median,
  }
}

/** Statistics look at every hazard: where these are many, beside the town's work and not in its way. */
const look = async (reader: Reader, statement: Sql, asker: Asker = {}): Promise<PlainRow[]> =>
  reader.run(statement, (await factsOf(reader)).get('hazard')?.rows ?? 0, asker)

/** Found and closed month by month: found in the month of discovery, closed in the month of closing (two different tables). */
export async function flowByMonth(
  reader: Reader,
  scope: Scope,
  from: Day,
  to: Day,
  filter: Sql = TRUE,
  asker?: Asker,
  asOf?: Instant,
): Promise<{ month: string; found: number; closed: number }[]> {
  const where = both(scopeSql(Hazard, 't', scope), filter)
  const closedOn = dayOfSql('t.closed_at', reader.engine)
  const source = sourceSql(Hazard, { engine: reader.engine, scope, today: to, ...(asOf ? { asOf } : {}) })
  const rows = await look(
    reader,
    {
      sql: `select month, sum(found) as found, sum(closed) as closed from (
      select substr(t.found_on, 1, 7) as month, 1 as found, 0 as closed from ${source.sql} t where ${COUNTED} and t.found_on between ? and ? and ${where.sql}
      union all
      select substr(${closedOn}, 1, 7) as month, 0 as found, 1 as closed from ${source.sql} t where ${CLOSED} and ${closedOn} between ? and ? and ${where.sql}) m
      group by month order by month`,
      params: [...source.params, from, to, ...where.params, ...source.params, from, to, ...where.params],
    },
    asker,
  )
  return rows.map((row) => ({ month: String(row['month']), found: Number(row['found']), closed: Number(row['closed']) }))
}
