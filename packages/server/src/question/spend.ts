import { LRUCache } from 'lru-cache'
import { Refusal } from '../shared/refusal.js'

/** Points of cost that one access token may spend in a minute; unused ones are kept up to so many. */
export const TOKEN_PER_MINUTE = 60_000

const buckets = new LRUCache<string, { left: number; at: number }>({ max: 10_000 })

/** Takes points from a bucket that fills evenly; refuses, and takes nothing, when there are not enough. */
export function spend(key: string, points: number, perMinute: number, at = performance.now()): void {
  const known = buckets.get(key)
  const left = known ? Math.min(perMinute, known.left + ((at - known.at) * perMinute) / 60_000) : perMinute
  if (left < points) {
    const seconds = Math.ceil(((points - left) * 60) / perMinute)
    throw new Refusal('RATE_LIMITED', `这个令牌查询得太多了，请 ${seconds} 秒后再试`, { seconds })
  }
  buckets.set(key, { left: left - points, at })
}

export const spendToken = (token: string, cost: number): void => spend(`token ${token}`, cost, TOKEN_PER_MINUTE)
