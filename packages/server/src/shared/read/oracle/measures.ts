import type { Row, Value } from './world.js'
import { comparedAs } from './sorted.js'

/** One measure of one field over some rows; of nothing known there is no sum, no mean, no lowest. */
export function measured(measure: string, field: string, rows: Row[]): Value {
  const values = rows.map((row) => row[field]!).filter((value) => value !== null)
  switch (measure) {
    case 'countDistinct':
      return new Set(values).size
    case 'sum':
      return values.length ? total(values as number[]) : null
    case 'avg':
      return values.length ? total(values as number[]) / values.length : null
    case 'min':
      return values.length ? values.reduce((low, value) => (comparedAs(value, low) < 0 ? value : low)) : null
    case 'max':
      return values.length ? values.reduce((high, value) => (comparedAs(value, high) > 0 ? value : high)) : null
    default:
      throw new Error(`the oracle knows no ${measure}`)
  }
}

const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0)

/** Part of a whole in percent, one decimal, half up, in whole numbers only; no whole, no share. */
export const percentOf = (part: number, whole: number): number | null =>
  whole ? Number((BigInt(part) * 2000n + BigInt(whole)) / (BigInt(whole) * 2n)) / 10 : null
