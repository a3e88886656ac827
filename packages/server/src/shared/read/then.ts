import type { PlainRow } from './reader.js'

/** On a row of a past instant: when that was, so that what hangs on it is read as of then too. */
export const AS_OF = Symbol('asOf')

/** Marks a row and the rows it leads to. */
export function markThen(row: PlainRow, asOf: string): PlainRow {
  Object.defineProperty(row, AS_OF, { value: asOf })
  for (const value of Object.values(row)) if (value !== null && typeof value === 'object') markThen(value as PlainRow, asOf)
  return row
}
