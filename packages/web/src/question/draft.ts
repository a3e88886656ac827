import type { Look } from './look'

/** A comparison: `path` leads over to-one links to a datum of the thing. */
export interface Comparison {
  kind: 'is'
  path: string[]
  operator: string
  value: unknown
}
/** Conditions of which all, any or none hold. */
export interface Conditions {
  kind: 'all' | 'any' | 'none'
  parts: Condition[]
}
/** A condition on the many things that belong to one: its enterprise has any hazard that … */
export interface Many {
  kind: 'many'
  path: string[]
  how: 'some' | 'none' | 'every'
  of: Conditions
}
export type Condition = Comparison | Conditions | Many

export interface Key {
  path: string[]
  /** MONTH, WEEK … of a day or an instant. */
  by?: string
}
export interface Order {
  by: string
  down: boolean
}
/** A measure that the groups shown must have. */
export interface Having {
  measure: string
  operator: string
  value: number | undefined
}

/** A question as somebody puts it together without writing it. */
export interface Draft {
  thing: string
  conditions: Conditions
  /** Groups with figures, or the records themselves. */
  answer: 'GROUPS' | 'ROWS'
  keys: Key[]
  measures: string[]
  columns: string[][]
  having: Having[]
  order: Order[]
  limit: number
  fill: boolean
  look: Look
}

export const MOST_GROUPS = 1000
export const MOST_ROWS = 500
export const MOST_KEYS = 6

export const emptyDraft = (thing = ''): Draft => ({
  thing,
  conditions: { kind: 'all', parts: [] },
  answer: 'GROUPS',
  keys: [],
  measures: ['count'],
  columns: [],
  having: [],
  order: [],
  limit: 100,
  fill: false,
  look: { kind: 'TABLE' },
})

/** The name a key has in the answer: its own, and with its bucket where the same datum is a key twice. */
export function keyName(key: Key, keys: readonly Key[]): string {
  const name = key.path.at(-1) ?? ''
  const twice = keys.filter((other) => other.path.join() === key.path.join()).length > 1
  return twice && key.by ? `${name}_${key.by.toLowerCase()}` : name
}
export const keyPath = (key: Key, keys: readonly Key[]) => ['key', ...key.path.slice(0, -1), keyName(key, keys)].join('.')
