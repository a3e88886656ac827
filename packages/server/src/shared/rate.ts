import { LRUCache } from 'lru-cache'
import { Refusal } from './refusal.js'

const buckets = new LRUCache<string, { left: number; at: number }>({ max: 10_000 })

/**
 * Takes points from a bucket that fills evenly and holds those of one minute; refuses, and takes nothing, when there are
 * not enough. The key is what the server knows of who asks (an account, a token), never what he says.
 */
export function spend(key: string, points: number, perMinute: number, at = performance.now()): void {
  if (points <= 0 || perMinute === Infinity) return
  const known = buckets.get(key)
  const left = known ? Math.min(perMinute, known.left + ((at - known.at) * perMinute) / 60_000) : perMinute
  if (left < points && left < perMinute) {
    const retryAfter = Math.max(1, Math.ceil(((Math.min(points, perMinute) - left) * 60) / perMinute))
    throw new Refusal('RATE_LIMITED', `查询得太多了，请 ${retryAfter} 秒后再试`, { retryAfter })
  }
  buckets.set(key, { left: left - points, at })
}
