import type { Actor } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'

const ALL = 4
const EACH = 2

/** So many files at once in one process, and fewer for one account: each holds a reader of its own until it is through. */
export function exportPlaces(all = ALL, each = EACH): (actor: Pick<Actor, 'id'>) => () => void {
  const taken: string[] = []
  return ({ id }) => {
    if (taken.filter((one) => one === id).length >= each) throw new Refusal('EXPORT_BUSY', `您已有 ${each} 个导出正在进行，请等它们完成`, { retryAfter: 10 })
    if (taken.length >= all) throw new Refusal('EXPORT_BUSY', '现在导出的人较多，请稍后再试', { retryAfter: 10 })
    taken.push(id)
    let left = false
    return () => {
      if (left) return
      left = true
      taken.splice(taken.indexOf(id), 1)
    }
  }
}
