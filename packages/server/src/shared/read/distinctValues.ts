import { Field, Int, ObjectType } from 'type-graphql'
import { Refusal } from '../refusal.js'
import { columnOf } from './column.js'
import { limitsOf } from './limits.js'
import { isDistinguished } from './measure.js'
import { datumFor } from './reading.js'
import type { Rows } from './rows.js'
import { both, escapeLike, raw, sql, TRUE } from './sql.js'

@ObjectType({ simpleResolvers: true })
class DistinctValue {
  @Field(() => String, { nullable: true }) value!: string | null
  @Field(() => Int) count!: number
}
@ObjectType({ description: '一个字段的不同的值，多的在前', simpleResolvers: true })
export class DistinctValues {
  @Field(() => [DistinctValue]) values!: DistinctValue[]
  @Field(() => Boolean, { description: '还有更多没有列出' }) truncated!: boolean
}

/** What a filter menu offers: the values that occur in the rows the reader may see, the frequent ones first. */
export async function distinctValues(
  rows: Rows,
  { field, contains, limit }: { field: string; contains?: string | null; limit: number },
): Promise<(parent: string) => DistinctValues> {
  const { reading } = rows
  if (limit < 0 || limit > limitsOf().values) throw new Refusal('BAD_PAGE', `一次取 0 到 ${limitsOf().values} 个值`)
  const datum = datumFor(rows.target, field, 'group', reading)
  if (!isDistinguished(datum)) throw new Refusal('BAD_FILTER', `不能按 ${field} 分组`)
  const column = `t.${columnOf(datum)}`
  const text = raw(reading.engine === 'postgres' ? `cast(${column} as text)` : column)
  const like = raw(reading.engine === 'postgres' ? 'ilike' : 'like')
  const wanted = contains ? sql`${text} ${like} ${`%${escapeLike(contains)}%`} escape '\\'` : TRUE
  const grouped = sql`select ${rows.parent} as parent, ${raw(column)} as value, count(*) as n from ${rows.source} where ${both(rows.condition(), wanted)} group by ${raw(rows.parents ? '1, 2' : '2')}`
  const placed = sql`select g.*, row_number() over (partition by parent order by n desc, value) as nth from (${grouped}) g`
  const found = await rows.read(sql`select * from (${placed}) p where nth <= ${limit + 1} order by nth`)
  return (parent) => {
    const own = found.filter((row) => row['parent'] === parent)
    const shown = (value: unknown) => (value == null ? null : datum.kind === 'flag' ? String(!!value) : String(value))
    return { values: own.slice(0, limit).map((row) => ({ value: shown(row['value']), count: Number(row['n']) })), truncated: own.length > limit }
  }
}
