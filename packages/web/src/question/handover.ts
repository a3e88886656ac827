import { shallowRef } from 'vue'
import type { Look } from './look'

/** A query on its way from one page of the area to another. */
export interface Handed {
  query: string
  variables?: string
  look?: Look
  /** What it asks, in words: an example's name and explanation. */
  about?: { name: string; description: string }
  /** The question it was saved as, if it was. */
  question?: SavedAs
}
export interface SavedAs {
  id: string
  version: number
  name: string
  mine: boolean
  slug?: string | null
  description?: string | null
}

const waiting = shallowRef<Handed>()
export const hand = (one: Handed) => void (waiting.value = one)
/** Takes what waits, once. */
export function takeHanded(): Handed | undefined {
  const one = waiting.value
  waiting.value = undefined
  return one
}
