import type { SqlEntityManager } from '@mikro-orm/sql'
import { Refusal } from '../shared/refusal.js'
import { run } from '../shared/run.js'
import { hashToken } from './authenticate.js'

const WINDOW_MS = 15 * 60_000
const MOST = { account: 5, address: 20 }

type Kind = keyof typeof MOST

/** Failed attempts of the last quarter of an hour, per account and per address. */
export class Attempts {
  readonly #keys: Record<Kind, string>

  constructor(
    private readonly em: SqlEntityManager,
    username: string,
    address: string,
    private readonly now: Date,
  ) {
    // Hashed: people type their password into the wrong field.
    this.#keys = { account: `account:${hashToken(username.toLowerCase())}`, address: `address:${address}` }
  }

  /** Counted before the password is looked at, so that attempts sent at once cannot overtake the count. */
  async count(): Promise<void> {
    const waits = await Promise.all([this.#count('account'), this.#count('address')])
    const wait = Math.max(...waits)
    if (wait > 0) throw new Refusal('THROTTLED', `登录失败次数太多，请 ${wait} 分钟后再试`, { minutes: wait })
  }

  /** The attempt was right: it no longer counts, and the account begins anew. */
  async forgive(): Promise<void> {
    await run(this.em, 'delete from throttle where key = ? or until <= ?', [this.#keys.account, this.now.toISOString()])
    await uncount(this.em, this.#keys.address)
  }

  /** Minutes to wait; 0 when the attempt is allowed. */
  async #count(kind: Kind): Promise<number> {
    const { n, minutes } = await countWithin(this.em, this.#keys[kind], WINDOW_MS, this.now)
    return n <= MOST[kind] ? 0 : minutes
  }
}

/** Counts one more of something in a window that begins with the first, for all processes together; in how many minutes it ends. */
export async function countWithin(em: SqlEntityManager, key: string, windowMs: number, now: Date): Promise<{ n: number; minutes: number }> {
  const at = now.toISOString()
  const [row] = await run<{ failures: number; until: string }>(
    em,
    `insert into throttle (key, failures, until) values (?, 1, ?) on conflict (key) do update set
     failures = case when throttle.until <= ? then 1 else throttle.failures + 1 end,
     until = case when throttle.until <= ? then excluded.until else throttle.until end
     returning failures, until`,
    [key, new Date(now.getTime() + windowMs).toISOString(), at, at],
  )
  return { n: row!.failures, minutes: Math.ceil((Date.parse(row!.until) - now.getTime()) / 60_000) }
}

/** What was counted before it was known to be right. */
export const uncount = (em: SqlEntityManager, key: string) => run(em, 'update throttle set failures = failures - 1 where key = ? and failures > 0', [key])
