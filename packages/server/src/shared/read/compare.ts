import type { Kind } from '../datum.js'
import { Refusal } from '../refusal.js'
import { limitsOf } from './limits.js'
import type { Engine } from './reader.js'
import { escapeLike, FALSE, joined, raw, sql, type Sql, TRUE } from './sql.js'

/** What is compared, for the words of a refusal and the way its values are kept. */
export interface Compared {
  label: string
  kind: Kind
}

const SYMBOL: Record<string, string> = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' }

/** One comparison, for example `{gte: 3}`, over a column or a computed value. */
export function compare(value: Sql, op: string, operand: unknown, { label, kind }: Compared, engine: Engine): Sql {
  const kept = (one: unknown) => (kind === 'flag' && engine === 'sqlite' ? Number(one) : one)
  if (op === 'isNull') return operand == null ? TRUE : sql`${value} is ${raw(operand === false ? 'not null' : 'null')}`
  if (operand === null) {
    if (op === 'eq') return sql`${value} is null`
    if (op === 'ne') return sql`${value} is not null`
    return FALSE
  }
  if (op === 'in' || op === 'notIn' || op === 'between') {
    const list = operand as unknown[]
    if (list.length > limitsOf().list) throw new Refusal('QUERY_TOO_WIDE', `${label}：一次最多比较 ${limitsOf().list} 个值`)
    if (op === 'between') {
      if (list.length !== 2) throw new Refusal('BAD_FILTER', `${label}：between 需要两个值`)
      return list.includes(null) ? FALSE : sql`${value} between ${kept(list[0])} and ${kept(list[1])}`
    }
    return among(value, op === 'in', list.map(kept))
  }
  const like = raw(engine === 'postgres' ? 'ilike' : 'like')
  if (op === 'contains') return sql`${value} ${like} ${`%${escapeLike(operand as string)}%`} escape '\\'`
  if (op === 'startsWith') return sql`${value} ${like} ${`${escapeLike(operand as string)}%`} escape '\\'`
  if (op === 'ne') return sql`(${value} <> ${kept(operand)} or ${value} is null)`
  const symbol = SYMBOL[op]
  if (!symbol) throw new Refusal('BAD_FILTER', `没有 ${op} 这种比较`)
  return sql`${value} ${raw(symbol)} ${kept(operand)}`
}

/** Null is a value like any other: in a list that names it, outside of one that does not. */
function among(value: Sql, inside: boolean, list: unknown[]): Sql {
  const some = list.filter((one) => one !== null)
  const none = some.length < list.length
  const marks = joined(
    some.map((one) => sql`${one}`),
    ', ',
  )
  if (inside) {
    if (!some.length) return none ? sql`${value} is null` : FALSE
    return none ? sql`(${value} in (${marks}) or ${value} is null)` : sql`${value} in (${marks})`
  }
  if (!some.length) return none ? sql`${value} is not null` : TRUE
  return none ? sql`${value} not in (${marks})` : sql`(${value} not in (${marks}) or ${value} is null)`
}
