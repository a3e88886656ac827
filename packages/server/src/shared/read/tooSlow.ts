import { Refusal } from '../refusal.js'

export const tooSlow = (deadlineMs: number) =>
  new Refusal('QUERY_TOO_SLOW', `查询超过 ${Math.max(1, Math.round(deadlineMs / 1000))} 秒，请缩小时间范围或辖区，或改用导出`)

/** Come again in so many seconds. */
export const busy = (words: string, retryAfter: number) => new Refusal('BUSY', `${words}，请 ${retryAfter} 秒后再试`, { retryAfter })

export const stopped = () => new DOMException('the reader has left', 'AbortError')
