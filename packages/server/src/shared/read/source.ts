import { type Datum, dataOfThing, type ThingClass, thingOf } from '../datum.js'
import { columnOf } from './column.js'
import type { Engine } from './reader.js'
import type { Reading } from './reading.js'
import { joined, raw, sql, type Sql } from './sql.js'

/** Where the rows of a thing come from: its table, or its table as it stood at a past instant. */
export function sourceSql(target: ThingClass, { engine, asOf, hoist }: Reading): Sql {
  const { table } = thingOf(target)
  if (!asOf) return raw(table)
  if (!hoist) return asOfSql(target, asOf, engine)
  if (!hoist.has(table)) hoist.set(table, asOfSql(target, asOf, engine))
  return raw(`then_${table}`)
}

/** Some row (alias `there`) whose column holds the key: found by its index; of a past instant, which has none, worked out once for all keys. */
export function someWith(key: Sql, target: ThingClass, column: Sql, there: string, condition: Sql, reading: Reading): Sql {
  const [source, at] = [sql`${sourceSql(target, reading)} ${raw(there)}`, sql`${raw(there)}.${column}`]
  if (reading.asOf) return sql`${key} in (select ${at} from ${source} where ${at} is not null and ${condition})`
  return sql`exists (select 1 from ${source} where ${at} = ${key} and ${condition})`
}

/** A statement that asks each of many rows about other tables: of a past instant, those are worked out once and not for every row. */
export function readOnce(reading: Reading, make: (reading: Reading) => Sql): Sql {
  if (!reading.asOf) return make(reading)
  const hoist = new Map<string, Sql>()
  const statement = make({ ...reading, hoist })
  const tables = [...hoist].map(([table, source]) => sql`${raw(`then_${table}`)} as materialized ${source}`)
  return tables.length ? sql`with ${joined(tables, ', ')} ${statement}` : statement
}

/**
 * The table as it stood at an instant, from the log: a record untouched since stands as it is; of one changed since,
 * every datum that changed stands as the first of those changes found it; one entered since is not there yet. Personal
 * data are not kept in the log and are empty when they changed. The reader's scope is compared with where the record
 * stood then. What has been entered since is left out before its diffs are opened, by a list and not by a look for each:
 * SQLite would take the index of the day for that look, and read the whole past of the thing every time.
 */
function asOfSql(target: ThingClass, asOf: string, engine: Engine): Sql {
  const { name, table } = thingOf(target)
  const kept = dataOfThing(target).filter(isKept)
  const each = engine === 'sqlite' ? 'json_each(c.diff) d' : 'jsonb_each(c.diff::jsonb) d'
  const was = engine === 'sqlite' ? `json_extract(d.value, '$[0]')` : `(d.value ->> 0)`
  const columns = kept.map((datum) => columnOf(datum))
  const pivot = kept.map((datum, i) => `max(case when key = '${datum.name}' then 1 end) as h${i}, max(case when key = '${datum.name}' then was end) as v${i}`)
  const then = kept.map((datum, i) => `case when o.h${i} = 1 then ${cast(`o.v${i}`, datum, engine)} else n.${columns[i]!} end as ${columns[i]!}`)
  const all = ['id', ...columns].join(', ')
  // Fenced, so that a condition of the row outside is not pushed in and the log read anew for each of them.
  const [open, close] = ['(with then_it_was as materialized ', ' select * from then_it_was)']
  return sql`${raw(open)}(select ${raw(`${all}, version`)} from ${raw(table)} where id not in (select record from change where thing = ${name} and at > ${asOf})
    union all
    select ${raw(`n.id, ${then.join(', ')}, n.version`)} from (
      select record, ${raw(pivot.join(', '))} from (
        select c.record, d.key, ${raw(was)} as was, row_number() over (partition by c.record, d.key order by c.seq) as nth
        from change c, ${raw(each)} where c.thing = ${name} and c.at > ${asOf}
          and c.record in (select record from change where thing = ${name} and at <= ${asOf})
      ) f where nth = 1 group by record
    ) o cross join ${raw(table)} n where n.id = o.record)${raw(close)}`
}

const isKept = ({ kind }: Datum): boolean => kind !== 'id' && kind !== 'derived' && kind !== 'lookup' && kind !== 'many'

function cast(value: string, { kind, personal }: Datum, engine: Engine): string {
  if (personal) return 'null'
  if (engine === 'sqlite') return value
  return kind === 'whole' ? `${value}::integer` : kind === 'flag' ? `${value}::boolean` : value
}
