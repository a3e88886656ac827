import type { SignedIn } from '../context.js'
import { datumOf, opens, type ThingClass } from '../datum.js'
import { askerOf } from './ask.js'
import { columnOf } from './column.js'
import type { Form } from './csvLine.js'
import { Joins } from './joins.js'
import { type Listed } from './list.js'
import { orderKeys, orderSql } from './orderKeys.js'
import type { Written } from './reader.js'
import { datumFor, type Reading } from './reading.js'
import { Rows, type Wish } from './rows.js'
import { joined, raw, sql, type Sql } from './sql.js'

/** A column of a file that is a plain datum: of the row itself, or of what a way of to-one relations leads to. */
export interface PlainColumn {
  path: readonly string[]
  form: Form
}

/** All matching rows as finished lines, written where they are read: one statement, whatever the size of the list. */
export function csvRows(
  target: ThingClass,
  columns: readonly PlainColumn[],
  context: SignedIn,
  wanted: Wish & Omit<Listed, 'page'>,
): AsyncGenerator<Written, void, undefined> {
  const rows = new Rows(target, context, wanted)
  const joins = new Joins(rows.reading)
  const keys = orderKeys(target, wanted.orderBy?.length ? wanted.orderBy : wanted.fallback, rows.reading, joins)
  const values = joined(
    columns.map(({ path }, i) => sql`${valueAt(target, path, rows.reading, joins)} as ${raw(`c${i}`)}`),
    ', ',
  )
  const statement = rows.whole(sql`select ${values} from ${rows.source} ${joins.sql()} where ${rows.condition('walk')} order by ${orderSql(keys, false)}`)
  const forms = columns.map(({ form }) => form)
  return context.reader.heavy.csv(statement.sql, statement.params, forms, askerOf(context))
}

/** What a role may not read comes empty, as in every answer of the graph. */
function valueAt(target: ThingClass, path: readonly string[], reading: Reading, joins: Joins): Sql {
  let [on, at] = [target, 't']
  for (const name of path.slice(0, -1)) {
    const datum = datumFor(on, name, 'read', reading)
    ;[at, on] = [joins.to(on, at, datum), datum.target!()]
  }
  const name = path.at(-1)!
  if (name === 'version') return raw(`${at}.version`)
  const datum = datumOf(on, name)!
  return raw(opens(datum.read, reading.role) ? `${at}.${columnOf(datum)}` : 'null')
}
