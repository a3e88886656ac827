import { spansBetween } from './buckets.js'
import type { Group, GroupKey } from './groups.js'
import type { Value } from './world.js'

/** The keys of groups without a row. */
export type Filled = Value[][]

/** So many groups a gap-filling may come to. */
const MOST = 10_000

/** The spans without a row, between the first and the last met, beside everything else that was met; too many are refused. */
export function gaps(found: Group[], keys: GroupKey[]): Filled | undefined {
  const at = keys.findIndex((key) => key.by && key.by !== 'PHASE')
  const met = found.map((group) => group.keys[at]!).filter((span) => span !== null) as string[]
  if (!met.length) return []
  const spans = spansBetween(
    met.reduce((a, b) => (b < a ? b : a)),
    met.reduce((a, b) => (b > a ? b : a)),
    keys[at]!.by!,
  )
  const others = new Map(found.map((group) => [JSON.stringify(group.keys.filter((_, i) => i !== at)), group.keys]))
  if (spans.length * others.size > MOST) return undefined
  const known = new Set(found.map((group) => JSON.stringify(group.keys)))
  return [...others.values()]
    .flatMap((one) => spans.map((span) => one.map((key, i) => (i === at ? span : key))))
    .filter((one) => !known.has(JSON.stringify(one)))
}
