import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { run } from './run.js'

/** Work that one process of a store does for all of them: who has it until when, and what it was last done for. */
@Entity({ tableName: 'job' })
export class Job {
  @PrimaryKey({ type: 'string', length: 40 }) name!: string
  @Property({ type: 'string', length: 40 }) holder!: string
  @Property({ type: 'string', length: 24 }) until!: string
  @Property({ type: 'string', length: 10 }) doneFor!: string
}

export interface Turn {
  /** The day it was last done for, by whichever process. */
  doneFor: string
  /** Still here: nobody else begins. False when somebody else has it by now, after a long silence. */
  keep(): Promise<boolean>
  end(doneFor?: string): Promise<void>
}

/** Takes the job if nobody has it; whoever has said nothing for `silentMs` has gone with its process. */
export async function takeTurn(em: SqlEntityManager, name: string, holder: string, silentMs: number, clock: () => Date): Promise<Turn | undefined> {
  const until = () => new Date(clock().getTime() + silentMs).toISOString()
  const [row] = await run<{ done_for: string }>(
    em,
    `insert into job (name, holder, until, done_for) values (?, ?, ?, '') on conflict (name) do update set holder = excluded.holder, until = excluded.until
     where job.until <= ? or job.holder = excluded.holder returning done_for`,
    [name, holder, until(), clock().toISOString()],
  )
  if (!row) return undefined
  return {
    doneFor: row.done_for,
    keep: async () => (await run(em, 'update job set until = ? where name = ? and holder = ? returning name', [until(), name, holder])).length > 0,
    end: async (doneFor = row.done_for) =>
      void (await run(em, 'update job set until = ?, done_for = ? where name = ? and holder = ?', [clock().toISOString(), doneFor, name, holder])),
  }
}
