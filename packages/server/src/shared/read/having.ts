import { figuresFor } from './figures.js'
import type { ThingClass } from '../datum.js'
import { Refusal } from '../refusal.js'
import { compare } from './compare.js'
import { limitsOf } from './limits.js'
import type { Measures } from './measures.js'
import { FAMILIES } from './measures.js'
import type { Reading } from './reading.js'
import { both, either, raw, sql, type Sql } from './sql.js'

export type Having = Record<string, unknown>

/** Compiles a condition on groups, over the columns of the grouped rows; takes up the aggregates it compares. */
export function havingSql(target: ThingClass, having: Having, measures: Measures, reading: Reading): Sql {
  let leaves = 0
  const is = (column: string, comparisons: Record<string, unknown>, label: string): Sql =>
    both(
      ...Object.entries(comparisons).map(([op, operand]) => {
        if (++leaves > limitsOf().leaves) throw new Refusal('QUERY_TOO_WIDE', `分组条件最多 ${limitsOf().leaves} 个`)
        return compare(raw(`g.${column}`), op, operand, { label, kind: 'whole' }, reading.engine)
      }),
    )
  const compile = (at: Having, depth: number): Sql => {
    if (depth > limitsOf().depth) throw new Refusal('QUERY_TOO_DEEP', `分组条件最多嵌套 ${limitsOf().depth} 层`)
    return both(
      ...Object.entries(at).flatMap(([name, value]): Sql[] => {
        if (value == null) return []
        if (name === 'and' || name === 'or') {
          const list = (value as Having[]).map((one) => compile(one, depth + 1))
          return list.length ? [(name === 'and' ? both : either)(...list)] : []
        }
        if (name === 'not') return [sql`not coalesce((${compile(value as Having, depth + 1)}), false)`]
        if (name === 'count') return [is(measures.as('count'), value as Record<string, unknown>, '数量')]
        if (name === 'share') return [is('share', value as Record<string, unknown>, '占比')]
        if (!(FAMILIES as readonly string[]).includes(name)) throw new Refusal('BAD_FILTER', `不能按 ${name} 筛选分组`)
        return Object.entries(value as Record<string, Record<string, unknown> | null>).flatMap(([field, comparisons]) =>
          comparisons ? [is(measures.as(`${name}.${field}`), comparisons, figuresFor(target).find((one) => one.name === field)?.label ?? field)] : [],
        )
      }),
    )
  }
  return compile(having, 0)
}
