import { randomUUID } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { v7 as uuid } from 'uuid'
import { hazardRules } from '../hazard/rules.js'
import { act } from '../shared/act.js'
import { instant } from '../shared/days.js'
import { insertRows } from '../shared/insertRows.js'
import { isSqlite, run } from '../shared/run.js'
import { EVERYWHERE, type Scope } from '../shared/scope.js'
import { Hook } from './hook.entity.js'
import type { Said } from './message.js'
import { onEnqueued } from './outbox.js'
import { type Outcome, sendOne } from './sendOne.js'

export interface SendingPlace {
  store: { em(scope: Scope | undefined): SqlEntityManager }
  clock(): Date
  failed(error: unknown): void
}

const MINUTE = 60_000
/** Between one try and the next; after the last it is given up. */
const WAIT_MIN = [1, 5, 30, 120, 360]
/** Longer than any try takes: a sender that has held a row for so long has gone with its process. */
const CLAIM_MS = 2 * MINUTE
/** News that could not be told for so long is none. */
const STALE_MS = 3 * 24 * 60 * MINUTE
const AT_ONCE = 4
const LOOK_MS = 20_000

export interface Claimed {
  id: string
  hook_id: string | null
  person: string | null
  division: string | null
  station: string | null
  said: string
  tries: number
  created_at: string
  claimed_until: string
}

/** Sends what waits in the outbox, at once after a commit of this process and at every look. */
export function openSending(place: SendingPlace): { stop(): Promise<void>; flush(): Promise<void> } {
  let working: Promise<unknown> = Promise.resolve()
  let waiting = false
  let stopped = false
  const look = () => {
    if (waiting || stopped) return
    waiting = true
    working = working
      .then(() => {
        waiting = false
        return sendDue(place, () => stopped)
      })
      .catch(place.failed)
  }
  const off = onEnqueued(look)
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  look()
  return {
    flush: async () => void (await working),
    stop: async () => {
      stopped = true
      off()
      clearInterval(timer)
      await working
    },
  }
}

/** Everything that is due now, a few at a time, so that one slow receiver does not hold up the others. */
export async function sendDue(place: SendingPlace, stopped: () => boolean = () => false): Promise<number> {
  const worker = async () => {
    let sent = 0
    for (let one = await claim(place); one && !stopped(); one = await claim(place), sent++) await send(place, one)
    return sent
  }
  return (await Promise.all(Array.from({ length: AT_ONCE }, worker))).reduce((sum, n) => sum + n, 0)
}

/** Said twice: of two processes that see it waiting, one takes it; on PostgreSQL the other passes on to the next. */
const DUE = `((state = 'WAITING' and next_at <= ?) or (state = 'SENDING' and claimed_until < ?))
  and (hook_id is null or exists (select 1 from hook h where h.id = delivery.hook_id and h.paused_at is null and h.ended_at is null))`

async function claim({ store, clock }: SendingPlace): Promise<Claimed | undefined> {
  const now = instant(clock())
  const until = instant(new Date(clock().getTime() + CLAIM_MS))
  const em = store.em(undefined)
  const one = `select id from delivery where ${DUE} order by next_at, id limit 1${isSqlite(em) ? '' : ' for update skip locked'}`
  const [row] = await run<Claimed>(
    em,
    `update delivery set state = 'SENDING', tries = tries + 1, claimed_until = ? where id = (${one}) and ${DUE} returning *`,
    [until, now, now, now, now],
  )
  return row
}

async function send(place: SendingPlace, one: Claimed): Promise<void> {
  const em = place.store.em(undefined)
  const stale = place.clock().getTime() - Date.parse(one.created_at) > STALE_MS
  const outcome: Outcome = stale
    ? { ok: false, over: true, said: '过期不再发送', ms: 0 }
    : await sendOne(em, one.id, one, JSON.parse(one.said) as Said, place.clock())
  await note(em, one, outcome, place.clock())
  if (one.hook_id) await countFailure(place, one.hook_id, outcome)
}

/** Only who still holds the claim writes down what came of it. */
async function note(em: SqlEntityManager, one: Claimed, outcome: Outcome, now: Date): Promise<void> {
  const wait = WAIT_MIN[one.tries - 1]
  const state = outcome.ok ? 'SENT' : outcome.over || wait === undefined ? 'GIVEN_UP' : 'WAITING'
  const next = instant(new Date(now.getTime() + (wait ?? 0) * MINUTE))
  await run(em, `update delivery set state = ?, next_at = ?, sent_at = ?, claimed_until = null where id = ? and state = 'SENDING' and claimed_until = ?`, [
    ...[state, next, outcome.ok ? instant(now) : null, one.id, one.claimed_until],
  ])
  await noteTry(em, one, outcome, now)
}

export async function noteTry(
  em: SqlEntityManager,
  one: Pick<Claimed, 'id' | 'division' | 'station'>,
  { status, said, ms }: Outcome,
  now: Date,
): Promise<void> {
  const row = { id: uuid(), version: 1, created_at: instant(now), delivery_id: one.id, division: one.division, station: one.station, status, outcome: said, ms }
  await insertRows(em, 'delivery_try', Object.keys(row) as (keyof typeof row)[], [row])
}

/** 连续失败若干次，自动暂停: so that nobody knocks for ever where nobody is. */
async function countFailure({ store, clock }: SendingPlace, id: string, { ok }: Outcome): Promise<void> {
  const em = store.em(EVERYWHERE)
  const [row] = await run<{ failures: number }>(em, `update hook set failures = ${ok ? '0' : 'failures + 1'} where id = ? returning failures`, [id])
  if (ok || !row) return
  const { hookFailures } = await hazardRules(em)
  if (row.failures < hookFailures) return
  await act({ em: store.em(EVERYWHERE), actor: undefined, now: clock(), request: randomUUID() }, 'hookPause', async ({ em: tx }) => {
    const hook = await tx.findOne(Hook, { id, pausedAt: null })
    if (hook) Object.assign(hook, { pausedAt: instant(clock()), pauseReason: `连续 ${row.failures} 次没有发成` })
  })
}
