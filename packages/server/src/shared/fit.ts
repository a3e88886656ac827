import { dataOfThing, type ThingClass } from './datum.js'
import { Refusal } from './refusal.js'

/** Refuses a text that is longer than its column: the same on both engines, in the user's words and beside the field. */
export function needFit(target: ThingClass, row: Record<string, unknown>): void {
  for (const { name, label, max } of dataOfThing(target)) {
    const value = row[name]
    if (max && typeof value === 'string' && value.length > max) throw new Refusal('TOO_LONG', `${label}最多 ${max} 个字`, { field: name })
  }
}
