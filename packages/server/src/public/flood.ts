import type { SqlEntityManager } from '@mikro-orm/sql'
import { createHash } from 'node:crypto'
import { countWithin } from '../person/throttle.js'
import { Refusal } from '../shared/refusal.js'
import type { PublicRules } from './rules.js'

const HOUR_MS = 3_600_000

/** Counted in the store, for all processes together, before a photo is read; of an address only a hash of the hour is kept. */
export async function needCalm(em: SqlEntityManager, secret: string, address: string, now: Date, rules: PublicRules): Promise<void> {
  const who = createHash('sha256').update(`${secret} ${address}`).digest('hex').slice(0, 32)
  const mine = await countWithin(em, `report:${who}`, HOUR_MS, now)
  if (mine.n > rules.perAddress)
    throw new Refusal('REPORTS_TOO_MANY', `您这里提交得太多了，请 ${mine.minutes} 分钟后再试；情况紧急请直接拨打 119 或 12350`, { minutes: mine.minutes })
  const all = await countWithin(em, 'report:all', HOUR_MS, now)
  if (all.n > rules.perTown)
    throw new Refusal('REPORTS_BUSY', `现在举报的人太多，请 ${all.minutes} 分钟后再提交，填写的内容会保留；情况紧急请直接拨打 119 或 12350`, {
      minutes: all.minutes,
    })
}
