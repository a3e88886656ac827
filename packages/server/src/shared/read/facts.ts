import type { PlainRow, Reader } from './reader.js'

/** What is roughly known of a column that an index begins with. */
export interface ColumnFacts {
  unique: boolean
  /** Rows that share one value; undefined: the engine has not counted. */
  perValue?: number
}
export interface TableFacts {
  rows: number
  /** Columns that an index begins with. */
  columns: ReadonlyMap<string, ColumnFacts>
}
export type Facts = ReadonlyMap<string, TableFacts>

const FRESH_MS = 60_000
/** So long they still do for whoever asks while PostgreSQL is asked anew. */
const DOES_MS = 600_000
/** `asked`: when they were last asked for; `at`: when those were that are given. */
const known = new WeakMap<Reader, { asked: number; at: number; facts: Promise<Facts> }>()

/** How many rows each table has and what its indexes are: read at most once a minute, from what the engine keeps anyway. */
export function factsOf(reader: Reader, at = performance.now()): Promise<Facts> {
  const last = known.get(reader)
  if (last && at - last.asked < FRESH_MS) return last.facts
  const facts = reader.engine === 'sqlite' ? sqliteFacts(reader) : postgresFacts(reader)
  const does = last && reader.engine === 'postgres' && at - last.at < DOES_MS ? last : undefined
  known.set(reader, does ? { ...does, asked: at } : { asked: at, at, facts })
  facts.then(
    () => known.set(reader, { asked: at, at, facts }),
    () => does ?? known.delete(reader),
  )
  return does?.facts ?? facts
}

const rough = new WeakMap<Facts, Facts>()
/** The same with each number raised to a power of two: whatever is reckoned from them tells no more than that. */
export function roughly(facts: Facts): Facts {
  let raised = rough.get(facts)
  if (!raised) {
    const up = (n: number) => (n > 0 ? 2 ** Math.ceil(Math.log2(n)) : 0)
    const column = ({ unique, perValue }: ColumnFacts): ColumnFacts => ({ unique, ...(perValue === undefined ? {} : { perValue: up(perValue) }) })
    raised = new Map(
      [...facts].map(([table, { rows, columns }]) => [table, { rows: up(rows), columns: new Map([...columns].map(([name, known]) => [name, column(known)])) }]),
    )
    rough.set(facts, raised)
  }
  return raised
}

const SQLITE_COLUMNS = `select m.name as table_name, c.name as column_name, i."unique" = 1 and (select count(*) from pragma_index_info(i.name)) = 1 as one, i.name as index_name
  from sqlite_schema m join pragma_index_list(m.name) i join pragma_index_info(i.name) c where m.type = 'table' and c.seqno = 0 and i.partial = 0`

async function sqliteFacts(reader: Reader): Promise<Facts> {
  const tables = await reader.all("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'")
  const columns = await reader.all(SQLITE_COLUMNS)
  // Ids of rows are given in order and rows are hardly ever removed: the last one is as good as a count, and costs nothing.
  const counts = await reader.all(
    tables.map(({ name }) => `select '${String(name)}' as table_name, coalesce(max(rowid), 0) as n from "${String(name)}"`).join(' union all '),
  )
  const counted = await reader.all("select 1 from sqlite_schema where name = 'sqlite_stat1'")
  const stat = new Map(
    (counted.length ? await reader.all('select idx, stat from sqlite_stat1') : []).map((row) => [row['idx'], Number(String(row['stat']).split(' ')[1])]),
  )
  const perValue = (row: PlainRow) => stat.get(row['index_name'])
  return gathered(counts, columns, perValue)
}

const POSTGRES_COLUMNS = `select c.relname as table_name, a.attname as column_name, i.indisunique and i.indnkeyatts = 1 as one, s.n_distinct::float8 as n_distinct,
  greatest(c.reltuples, 0)::float8 as n
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
  join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname
  where i.indpred is null`
const POSTGRES_COUNTS = `select c.relname as table_name, case when c.reltuples < 0 then coalesce(s.n_live_tup, 0) else greatest(c.reltuples, coalesce(s.n_live_tup, 0)) end::float8 as n
  from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema() left join pg_stat_all_tables s on s.relid = c.oid where c.relkind = 'r'`

async function postgresFacts(reader: Reader): Promise<Facts> {
  const [counts, columns] = [await reader.all(POSTGRES_COUNTS), await reader.all(POSTGRES_COLUMNS)]
  const perValue = (row: PlainRow) => {
    const distinct = row['n_distinct'] as number | null
    if (!distinct) return undefined
    return distinct < 0 ? -1 / distinct : Number(row['n']) / distinct
  }
  return gathered(counts, columns, perValue)
}

function gathered(counts: PlainRow[], columns: PlainRow[], perValueOf: (row: PlainRow) => number | undefined): Facts {
  const facts = new Map<string, { rows: number; columns: Map<string, ColumnFacts> }>()
  for (const row of counts) facts.set(String(row['table_name']), { rows: Number(row['n']), columns: new Map() })
  for (const row of columns) {
    const own = facts.get(String(row['table_name']))?.columns
    const name = String(row['column_name'])
    const perValue = perValueOf(row)
    own?.set(name, { unique: own.get(name)?.unique === true || !!row['one'], ...(perValue === undefined ? {} : { perValue }) })
  }
  return facts
}
