import type { Limits } from './limits.js'
import { Refusal } from './refusal.js'

/** A filter in any notation keeps within its bounds before anything is compiled: how deep, how many comparisons, how long their lists. */
export function boundFilter(filter: unknown, where: string, { filterDepth, filterLeaves, filterList, filterText }: Limits): void {
  let leaves = 0
  const visit = (value: unknown, depth: number, path: string): void => {
    if (depth > filterDepth) throw new Refusal('QUERY_TOO_DEEP', `筛选条件嵌套太深（${where}），请减少 and/or/not 的层数`, { part: path })
    if (Array.isArray(value)) {
      if (value.length > filterList) throw new Refusal('QUERY_TOO_WIDE', `${path}：一次最多 ${filterList} 个值`, { part: path })
      if (value.some(isObject)) for (const one of value) visit(one, depth + 1, path)
      else {
        leaf(path)
        for (const one of value) short(one, path)
      }
    } else if (isObject(value)) for (const [name, one] of Object.entries(value)) visit(one, depth + (Array.isArray(one) ? 0 : 1), `${path}.${name}`)
    else if (value !== undefined) {
      leaf(path)
      short(value, path)
    }
  }
  const short = (value: unknown, path: string) => {
    if (typeof value === 'string' && value.length > filterText) throw new Refusal('QUERY_TOO_WIDE', `${path}：文字最多 ${filterText} 个`, { part: path })
  }
  const leaf = (path: string) => {
    if (++leaves > filterLeaves) throw new Refusal('QUERY_TOO_WIDE', `筛选条件最多 ${filterLeaves} 个（${where}），请拆成几次查询`, { part: path })
  }
  visit(filter ?? undefined, 0, where)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
