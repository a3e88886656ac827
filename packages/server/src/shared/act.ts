import {
  type ChangeSet,
  ChangeSetType,
  type EventSubscriber,
  type FlushEventArgs,
  OptimisticLockError,
  UniqueConstraintViolationException,
} from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Actor } from './context.js'
import { instant } from './days.js'
import type { ThingClass } from './datum.js'
import { type DataRow, entryOf, scopeOfRow } from './entry.js'
import { needFit } from './fit.js'
import { type Entry, writeLog } from './log.js'
import { conflict, forbidden, Refusal } from './refusal.js'
import { isSqlite, run } from './run.js'
import { inScope } from './scope.js'
import { cutOff } from './trouble.js'

/** Who acts, when, in which request; a job acts as itself and sees what its scope says. */
export interface Acting {
  em: SqlEntityManager
  actor: Actor | undefined
  now: Date
  request: string
}

/** What an act may say about itself while it runs. */
export interface Act {
  em: SqlEntityManager
  /** Entries of rows that were written in bulk, past the unit of work. */
  log(entries: Entry[]): void
  /** Run once the commit is done, with the last seq of the log. */
  after(done: (seq: number) => void): void
}

interface Running {
  name: string
  actor: Actor | undefined
  entries: Entry[]
  /** Its log is written: what changes now would be in no log. */
  over?: true
}
const running = new WeakMap<object, Running>()

/**
 * What follows of a change in the same transaction, whoever made it and by whichever way: told by the entries of the log,
 * those of earlier consequences among them. A sum that must never lag is kept so. Undefined: it has changed nothing, and
 * what it persisted all the same would be in no log, which is refused.
 */
export type Consequence = (doing: Act, entries: readonly Entry[], acting: Acting, name: string) => Promise<unknown> | undefined
const consequences: { order: number; follow: Consequence }[] = []
/** `order`: what others count goes before what counts it. */
export function follows(follow: Consequence, order = 50): void {
  consequences.push({ order, follow })
  consequences.sort((a, b) => a.order - b.order)
}

const listeners = new Set<(seq: number) => void>()

/** Called after every commit of this process with the last seq written; other processes are noticed by looking (follow.ts). */
export const onCommit = (listener: (seq: number) => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/**
 * The only way to change anything: one transaction; what it changed is chained into the log just before the commit.
 * `reason` is what the user gave as one. A record somebody else changed meanwhile is refused as CONFLICT.
 */
export async function act<T>(acting: Acting, name: string, work: (act: Act) => Promise<T>, reason?: string): Promise<T> {
  if (acting.actor?.token) throw new Refusal('TOKEN_READ_ONLY', '访问令牌只能查询，不能办理')
  if (acting.actor?.standInOver) throw new Refusal('STAND_IN_OVER', '代办已经结束，请退出代办后以自己的名义办理')
  const dones: ((seq: number) => void)[] = []
  let seq = 0
  const began = performance.now()
  try {
    const result = await acting.em.transactional(async (tx) => {
      const em = tx as SqlEntityManager
      // SQLite takes its write lock now, waiting its turn, instead of failing half-way when another process wrote meanwhile.
      if (isSqlite(em)) await run(em, 'update chain_head set seq = seq where id = 0', [], began)
      const state: Running = { name, actor: acting.actor, entries: [] }
      running.set(em, state)
      // One by one: spread as arguments, the hundred thousand entries of a seeded town overflow the stack.
      const log: Act['log'] = (entries) => entries.forEach((entry) => state.entries.push(entry))
      const doing: Act = { em, log, after: (done) => void dones.push(done) }
      const result = await work(doing)
      await em.flush()
      for (const { follow } of consequences) {
        const followed = follow(doing, [...state.entries], acting, name)
        if (!followed) continue
        await followed
        await em.flush()
      }
      const header = { at: instant(acting.now), request: acting.request, actor: acting.actor?.id ?? 'system', reason: reason ?? null }
      seq = await writeLog(em, header, state.entries)
      state.over = true
      return result
    })
    for (const done of dones) done(seq)
    if (seq) for (const listener of listeners) listener(seq)
    return result
  } catch (error) {
    if (error instanceof OptimisticLockError) throw conflict()
    if (error instanceof UniqueConstraintViolationException) throw new Refusal('DUPLICATE', '已有相同的记录，请检查编号、代码或名称是否重复')
    throw cutOff(error)
  }
}

/** Turns change sets into log entries; refuses a change outside an act and a row outside the actor's scope. */
export class LogSubscriber implements EventSubscriber {
  onFlush({ em, uow }: FlushEventArgs): void {
    const sets = uow.getChangeSets()
    if (!sets.length) return
    const state = running.get(em)
    if (!state) throw new Error('a change outside an act')
    if (state.over) throw new Error(`a change after the log of ${state.name} was written: ${sets.map(({ meta }) => meta.className).join(', ')}`)
    for (const set of sets) state.entries.push(...loggedOf(set as ChangeSet<DataRow>, state))
  }
}

function loggedOf(set: ChangeSet<DataRow>, state: Running): Entry[] {
  const target = set.meta.class as unknown as ThingClass
  const row = set.entity as unknown as DataRow
  const removed = set.type === ChangeSetType.DELETE
  if (!removed) needFit(target, row)
  // What has begun since an instant is told by the record itself (source.ts).
  if (set.type === ChangeSetType.UPDATE && 'createdAt' in set.payload) throw new Error(`${state.name} would have a ${set.meta.className} begin anew`)
  const before = removed ? row : set.originalEntity
  const entry = entryOf(
    target,
    state.name,
    set.type === ChangeSetType.CREATE ? undefined : before,
    removed ? undefined : row,
    set.type === ChangeSetType.UPDATE ? set.payload : undefined,
  )
  if (!entry) return []
  const scope = scopeOfRow(target, row)
  if (scope && state.actor) {
    const old = set.type === ChangeSetType.CREATE ? scope : scopeOfRow(target, { ...row, ...before })
    if (!inScope(state.actor.scope, scope) || (old && !inScope(state.actor.scope, old))) throw forbidden('这条记录不在您的管辖范围内')
  }
  return [entry]
}
