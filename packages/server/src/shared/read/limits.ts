/** What one filter, order or grouping may ask for. Messages say which part to narrow (graph.md §1a). */
export const READ_LIMITS = { depth: 6, leaves: 100, list: 500, hops: 3, orders: 5, keys: 6, groups: 1_000, values: 1_000, page: 500, offset: 1_000_000 }
export type ReadLimits = typeof READ_LIMITS

let current: ReadLimits = READ_LIMITS
export const limitsOf = (): ReadLimits => current
/** For the tests that show what happens without: a harness without limits must turn them red. */
export const useReadLimits = (limits: ReadLimits): void => void (current = limits)
