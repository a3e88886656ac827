import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { run } from './run.js'

/** Numbers that are never given twice, such as a hazard's running number in its village and month. */
@Entity({ tableName: 'counter' })
export class Counter {
  @PrimaryKey({ type: 'string', length: 80 }) key!: string
  @Property({ type: 'integer' }) value!: number
}

/** Takes `many` numbers at once and gives back the first; the row stays locked until the act commits. */
export async function takeNumbers(em: SqlEntityManager, key: string, many = 1): Promise<number> {
  const [row] = await run<{ value: number }>(
    em,
    'insert into counter (key, value) values (?, ?) on conflict (key) do update set value = counter.value + excluded.value returning value',
    [key, many],
  )
  return Number(row!.value) - many + 1
}
