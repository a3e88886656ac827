import { type Datum, dataOfThing, type ThingClass, thingOf } from '../datum.js'
import { columnOf } from './column.js'
import type { Engine } from './reader.js'
import type { Reading } from './reading.js'
import { both, joined, raw, sql, type Sql, TRUE } from './sql.js'

/** A thing's table as it stood, with the columns that have these names; undefined: with all. */
export type Past<Given = Sql> = (names: ReadonlySet<string> | undefined) => Given

/** Where the rows of a thing come from: its table, or its table as it stood at a past instant. */
export function sourceSql(target: ThingClass, reading: Reading): Sql {
  const { table } = thingOf(target)
  const { asOf } = reading
  if (!asOf) return raw(table)
  if (!reading.hoist) return sql`(${readOnce(reading, (at) => sql`select * from ${sourceSql(target, at)}`)})`
  const unchanged = unchangedSince(target, table, reading)
  const was = stillAll(target, reading) ? undefined : wasSince(target, reading)
  return once(`then_${table}`, reading, (names) => asOfSql(target, unchanged, was, names))
}

/** Of a thing's rows under this alias those that stand as they stood then: there already, and unchanged since. */
export const unchangedSince = (target: ThingClass, alias: string, reading: Reading): Sql => {
  // SQLite would walk what it can find by its time, whatever else is asked.
  const began = sql`${raw(`${reading.engine === 'sqlite' ? '+' : ''}${alias}.created_at`)} <= ${reading.asOf}`
  return stillAll(target, reading) ? began : sql`${began} and ${raw(alias)}.id not in (select c.record from ${changedSince(target, reading)} c)`
}

/** Nothing of the thing that stood already at the reading's instant has changed since, and none of it is removed. */
const stillAll = (target: ThingClass, { untouched }: Reading): boolean => untouched?.has(thingOf(target).name) ?? false

/**
 * What has changed of a thing since an instant and has not begun since: `record`. What has begun since says so itself, for no
 * record has an entry of before it began (log.ts): most of what changed is not looked at any further.
 */
export const changedSince = (target: ThingClass, reading: Reading): Sql => {
  const { name, table } = thingOf(target)
  const { asOf, engine } = reading
  return once(
    `changed_${table}`,
    reading,
    () => sql`select record from ${laterSql(engine)} and thing = ${name} and at > ${asOf}
      except select ${raw(engine === 'sqlite' ? '+id' : 'id')} from ${raw(table)} where created_at > ${asOf}`,
  )
}

const BEGINNING = `'"createdAt":[null,"' || at || '"'`
/** Of an entry of the log: it says of something what it was, and is no record's beginning, or one that was entered later than it says itself. */
export const isLaterSql = (engine: Engine): Sql => raw(`diff <> '{}' and ${engine === 'sqlite' ? 'instr' : 'strpos'}(diff, ${BEGINNING}) = 0`)
/** Those entries: `change_is_later` holds them (migration 0024). SQLite would rather take another index, and read each entry. */
export const laterSql = (engine: Engine): Sql => sql`${raw(engine === 'sqlite' ? 'change indexed by change_is_later' : 'change')} where ${isLaterSql(engine)}`

/** Worked out once in a statement, before it; where nobody gathers such tables, on the spot. */
export function once(name: string, { hoist, known }: Reading, past: Past): Sql {
  if (!hoist) return sql`(${past(undefined)})`
  if (!hoist.has(name)) hoist.set(name, (names) => known?.get(name)?.(names) ?? past(names))
  return raw(name)
}

/** Some row (alias `there`) whose column holds the key: found by its index. Of a past instant, which has none, worked out once for all keys. */
export function someWith(key: Sql, target: ThingClass, column: Sql, there: string, condition: Sql, reading: Reading): Sql {
  if (reading.asOf) return someOfFew(key, target, column, there, condition, reading)
  const belong = sql`${raw(there)}.${column} = ${key}`
  return sql`exists (select 1 from ${raw(`${thingOf(target).table} ${there}`)} where ${ofThose(belong, condition, reading)})`
}

/**
 * The same where few rows fit: they are found once for all keys, by an index of what is asked. Of a past instant so are those
 * that have not changed since; those that have are few.
 */
export function someOfFew(key: Sql, target: ThingClass, column: Sql, there: string, condition: Sql, reading: Reading): Sql {
  const at = sql`${raw(there)}.${column}`
  const now = sql`select ${at} from ${raw(`${thingOf(target).table} ${there}`)} where ${at} is not null and (${condition})`
  if (!reading.asOf) return sql`${key} in (${now})`
  const still = sql`${now} and ${unchangedSince(target, there, reading)}`
  if (stillAll(target, reading)) return sql`${key} in (${still})`
  return sql`${key} in (${still}
    union all select ${at} from ${wasSince(target, reading)} ${raw(there)} where ${at} is not null and (${condition}))`
}

/**
 * Of the rows that belong to one row outside those that fit, found by what they belong to. SQLite, which does not know how
 * often a value occurs, would rather take an index of what is asked, and look through all open hazards of the store once for
 * every enterprise; this way each row is looked at once at most.
 */
export const ofThose = (belong: Sql, fits: Sql, { engine }: Pick<Reading, 'engine'>): Sql =>
  engine === 'sqlite' && fits !== TRUE ? sql`${belong} and case when ${fits} then 1 else 0 end` : both(belong, fits)

/**
 * Of those keys, each found by the index of the column. Handed to PostgreSQL as one array, which walks the index once for all
 * of them in its order; of a subquery it would look for each key anew, or through the whole table.
 */
export const amongFew = (column: Sql, keys: Sql, { engine }: Pick<Reading, 'engine'>): Sql =>
  engine === 'sqlite' ? sql`${column} in (${keys})` : sql`${column} = any(array(${keys})::text[])`

/** A statement that asks each of many rows about other tables: of a past instant, those are worked out once and not for every row. */
export function readOnce(reading: Reading, make: (reading: Reading) => Sql): Sql {
  const hoist = new Map<string, Past>()
  return withOnce(reading.asOf ? make({ ...reading, hoist }) : make(reading), hoist)
}

/** The statement, before it the tables of the past instant that it names, with no more columns than it names: working one out takes as long as it is wide. */
export function withOnce(statement: Sql, hoist: ReadonlyMap<string, Past>): Sql {
  const words = new Set(statement.sql.match(/\w+/g))
  const names = /\bselect \*|\.\*/.test(statement.sql) ? undefined : words
  const tables: Sql[] = []
  let said = statement.sql
  // Each may be named by the statement, or by one that was gathered after it.
  for (const [name, past] of [...hoist].reverse()) {
    if (!new RegExp(`\\b${name}\\b`).test(said)) continue
    tables.unshift(sql`${raw(name)} as materialized (${past(names)})`)
    said += tables[0]!.sql
  }
  return tables.length ? sql`with ${joined(tables, ', ')} ${statement}` : statement
}

/**
 * The table as it stood at an instant, from the log: a record untouched since stands as it is; of one changed since,
 * every datum that changed stands as the first of those changes found it; one entered since is not there yet; one removed
 * since is there, for its removal tells all that it was. Personal data are not kept in the log and are empty when they
 * changed. The reader's scope is compared with where the record stood then.
 */
function asOfSql(target: ThingClass, unchanged: Sql, was: Sql | undefined, names?: ReadonlySet<string>): Sql {
  const columns = columnsOf(target, names)
  const still = sql`select ${columns} from ${raw(thingOf(target).table)} where ${unchanged}`
  return was ? sql`${still} union all select ${columns} from ${was} was` : still
}
const columnsOf = (target: ThingClass, names: ReadonlySet<string> | undefined) =>
  raw(['id', ...keptOf(target, names).map((datum) => columnOf(datum)), 'version'].join(', '))

/** Of a thing's rows those that have changed since an instant and were there already, as they stood then; worked out once for the statement, with the columns that it names. */
export const wasSince = (target: ThingClass, reading: Reading): Sql => {
  const { table } = thingOf(target)
  if (stillAll(target, reading)) return once(`was_${table}`, reading, (names) => sql`select ${columnsOf(target, names)} from ${raw(table)} where 1 = 0`)
  const changed = changedSince(target, reading)
  return once(`was_${table}`, reading, (names) => changedSql(target, reading, changed, keptOf(target, names)))
}

export const keptOf = (target: ThingClass, names: ReadonlySet<string> | undefined) =>
  dataOfThing(target).filter((datum) => isKept(datum) && (names?.has(columnOf(datum)) ?? true))

function changedSql(target: ThingClass, { asOf, engine }: Reading, changed: Sql, kept: readonly Datum[]): Sql {
  const { name, table } = thingOf(target)
  const those = sql`select s.record from ${changed} s`
  const columns = kept.map((datum) => columnOf(datum))
  // PostgreSQL must not find them by their time and compare each with the array: of times behind its last ANALYZE it expects none.
  const changes =
    engine === 'sqlite'
      ? sql`(select * from change where thing = ${name} and at > ${asOf} and record in (${those}))`
      : sql`(select * from (select * from change where thing = ${name} and ${amongFew(sql`record`, those, { engine })} offset 0) h where at > ${asOf})`
  const said = engine === 'sqlite' ? saidOnSqlite(changes, changed, kept) : saidOnPostgres(changes, changed, kept)
  const then = kept.map((datum, i) => `case when o.h${i} = 1 then ${cast(`o.v${i}`, datum, engine)} else n.${columns[i]!} end as ${columns[i]!}`)
  // One that has begun since and been removed was never there; not `= 0`: of that PostgreSQL expects a handful, and reads them
  // anew for each row of whatever they are joined to.
  return sql`select ${raw(['o.record as id', ...then, 'coalesce(n.version, 1) as version'].join(', '))}
    from (${said}) o left join ${raw(table)} n on n.id = o.record where o.begun < 1`
}

/**
 * Of each changed record whether its beginning is among the changes, and of each datum whether it has changed (h, by its
 * place) and what the first change found (v). One of which nothing that is asked for has changed is there all the same.
 */
function saidOnSqlite(changes: Sql, changed: Sql, kept: readonly Datum[]): Sql {
  const pivot = kept.map(({ name }, i) => `max(case when key = '${name}' then 1 end) as h${i}, max(case when key = '${name}' then was end) as v${i}`)
  const keys = joined(
    [...new Set(['createdAt', ...kept.map(({ name }) => name)])].map((key) => sql`${key}`),
    ', ',
  )
  return sql`select ${raw(['record', `max(case when key = 'createdAt' and was is null then 1 else 0 end) as begun`, ...pivot].join(', '))} from (
      select c.record, d.key, json_extract(d.value, '$[0]') as was, row_number() over (partition by c.record, d.key order by c.seq) as nth
      from ${changes} c, json_each(c.diff) d where d.key in (${keys})
      union all select s.record, '', null, 1 from ${changed} s
    ) f where nth = 1 group by record`
}

/** The same: all changes of a record said as one object, the first change last, for of two values PostgreSQL keeps the last. */
function saidOnPostgres(changes: Sql, changed: Sql, kept: readonly Datum[]): Sql {
  const pivot = kept.map(({ name }, i) => `case when said -> '${name}' is not null then 1 end as h${i}, said -> '${name}' ->> 0 as v${i}`)
  return sql`select ${raw(['record', `case when said -> 'createdAt' -> 0 = 'null' then 1 else 0 end as begun`, ...pivot].join(', '))} from (
      select record, ('{' || string_agg(said, ',' order by seq desc) || '}')::jsonb as said from (
        select c.record, c.seq, substr(c.diff, 2, length(c.diff) - 2) as said from ${changes} c where c.diff <> '{}'
        union all select s.record, 0, null from ${changed} s
      ) c group by record offset 0
    ) f`
}

const isKept = ({ kind }: Datum): boolean => kind !== 'id' && kind !== 'derived' && kind !== 'lookup' && kind !== 'many'

/** A value of the log as the column of a datum holds it. Personal data are not kept there. */
export function cast(value: string, { kind, personal }: Pick<Datum, 'kind' | 'personal'>, engine: Engine): string {
  if (personal) return 'null'
  if (engine === 'sqlite') return value
  return kind === 'whole' ? `${value}::integer` : kind === 'flag' ? `${value}::boolean` : value
}
