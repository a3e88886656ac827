import { randomBytes } from 'node:crypto'
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { run } from './run.js'

/** What the processes of one store share and nobody else knows, such as the key that signs page cursors. */
@Entity({ tableName: 'secret' })
export class Secret {
  @PrimaryKey({ type: 'string', length: 40 }) name!: string
  @Property({ type: 'string', length: 100 }) value!: string
}

/** The secret of that name, drawn by whoever asks first. */
export async function secretOf(em: SqlEntityManager, name: string): Promise<string> {
  await run(em, 'insert into secret (name, value) values (?, ?) on conflict (name) do nothing', [name, randomBytes(32).toString('base64url')])
  const [row] = await run<{ value: string }>(em, 'select value from secret where name = ?', [name])
  return row!.value
}
