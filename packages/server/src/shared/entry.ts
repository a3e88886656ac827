import { type Datum, dataOfThing, linkedId, type ThingClass, thingOf } from './datum.js'
import type { Entry } from './log.js'
import { type ScopedRow, scopeOf } from './scope.js'

/** A record as an object of its data: an entity, or a copy of one taken before it changed. */
export type DataRow = Record<string, unknown>

const plain = (value: unknown): unknown => (value !== null && typeof value === 'object' ? linkedId(value) : value)
const plainText = (value: unknown): string | null => (value == null ? null : String(plain(value)))

const kept = new Map<ThingClass, Datum[]>()
function keptOf(target: ThingClass): Datum[] {
  let data = kept.get(target)
  if (!data) kept.set(target, (data = dataOfThing(target).filter(({ kind }) => !['derived', 'id', 'lookup', 'many'].includes(kind))))
  return data
}

export const scopeOfRow = (target: ThingClass, row: DataRow): ScopedRow | undefined => scopeOf(target, row, plainText)

/** The data of a record that the log keeps, as they stand now. */
export const snapshot = (target: ThingClass, row: DataRow): DataRow => {
  const copy: DataRow = {}
  for (const { name } of keptOf(target)) copy[name] = plain(row[name] ?? null)
  return copy
}

/**
 * What one write did to one record, as the log keeps it: each datum before and after, a personal one only as changed.
 * Pure, so that an act and a bulk load leave the very same entries. `before` is undefined when the record is new,
 * `after` when it is removed; `touched` narrows to the data that were written.
 */
export function entryOf(target: ThingClass, act: string, before: DataRow | undefined, after: DataRow | undefined, touched?: object): Entry | undefined {
  const diff: Entry['diff'] = {}
  for (const { name, personal } of keptOf(target)) {
    if (touched && !(name in touched)) continue
    const was = plain(before?.[name] ?? null)
    const is = plain(after?.[name] ?? null)
    if (was === is) continue
    diff[name] = personal ? [was == null ? null : '•', is == null ? null : '•'] : [was, is]
  }
  if (!Object.keys(diff).length) return undefined
  const row = (after ?? before)!
  const scope = scopeOfRow(target, row)
  return {
    thing: thingOf(target).name,
    record: String(row['id']),
    act,
    diff,
    division: scope?.division ?? null,
    station: scope?.station ?? null,
    enterprise: scope?.enterprise ?? null,
    workshop: scope?.workshop ?? null,
  }
}
