import type { SqlEntityManager } from '@mikro-orm/sql'
import { v7 as uuid } from 'uuid'
import { instant } from '../shared/days.js'
import { insertRows } from '../shared/insertRows.js'
import { run } from '../shared/run.js'
import { DeliveryState } from './delivery.entity.js'
import type { Said } from './message.js'

export interface Enqueued {
  hook?: string
  person?: string
  division?: string | null
  station?: string | null
  said: Said
}

const lookers = new Set<() => void>()
export const onEnqueued = (look: () => void): (() => void) => {
  lookers.add(look)
  return () => void lookers.delete(look)
}
/** Called after the commit; other processes see it at their next look. */
export const wakeOutbox = (): void => lookers.forEach((look) => look())

const KEPT_DAYS = 180
/** What went out half a year ago needs no proof any more. */
export async function forgetSent(em: SqlEntityManager, now: Date): Promise<void> {
  const before = instant(new Date(now.getTime() - KEPT_DAYS * 86_400_000))
  const old = `select id from delivery where created_at < ? and state in ('SENT', 'GIVEN_UP')`
  await run(em, `delete from delivery_try where delivery_id in (${old})`, [before])
  await run(em, `delete from delivery where created_at < ? and state in ('SENT', 'GIVEN_UP')`, [before])
}

const COLUMNS = ['id', 'version', 'created_at', 'hook_id', 'person', 'division', 'station', 'state', 'items', 'said', 'tries', 'next_at'] as const

/** Puts messages into the outbox, inside the caller's transaction. */
export async function enqueue(em: SqlEntityManager, all: readonly Enqueued[], now: Date): Promise<string[]> {
  const rows = all.map(({ hook, person, division, station, said }) => ({
    ...{ id: uuid(), version: 1, created_at: instant(now), hook_id: hook, person, division, station },
    ...{ state: DeliveryState.WAITING, items: said.total, said: JSON.stringify(said), tries: 0, next_at: instant(now) },
  }))
  await insertRows(em, 'delivery', COLUMNS, rows)
  return rows.map(({ id }) => id)
}
