import { datumOf, type ThingClass } from '../../datum.js'
import type { Scope } from '../../scope.js'
import { measured } from './measures.js'
import { comparedAs } from './sorted.js'
import type { Row, Value, World } from './world.js'

export type Condition = { [name: string]: unknown }

/** Whether a row fulfils a filter. Nothing is unknown here: what SQL would call unknown is false. */
export function matches(world: World, target: ThingClass, row: Row, where: Condition | null | undefined, scope: Scope): boolean {
  return Object.entries(where ?? {}).every(([name, wanted]) => {
    if (wanted === null || wanted === undefined) return true
    if (name === 'and') return (wanted as Condition[]).every((one) => matches(world, target, row, one, scope))
    if (name === 'or') return !(wanted as Condition[]).length || (wanted as Condition[]).some((one) => matches(world, target, row, one, scope))
    if (name === 'not') return !matches(world, target, row, wanted as Condition, scope)
    const datum = datumOf(target, name)!
    const condition = wanted as Condition
    if (datum.kind === 'link' || datum.kind === 'lookup') {
      const other = world.one(datum, row, scope)
      return other !== null && matches(world, datum.target!(), other, condition, scope)
    }
    if (datum.kind === 'many') return ofMany(world, datum.target!(), world.many(datum, row, scope), condition, scope)
    return holds(row[name]!, condition)
  })
}

interface OfMany {
  some?: Condition | null
  none?: Condition | null
  every?: Condition | null
  aggregate?: ({ where?: Condition | null } & Condition) | null
}

function ofMany(world: World, target: ThingClass, rows: Row[], wanted: OfMany, scope: Scope): boolean {
  const fulfils = (condition: Condition) => (row: Row) => matches(world, target, row, condition, scope)
  if (wanted.some && !rows.some(fulfils(wanted.some))) return false
  if (wanted.none && rows.some(fulfils(wanted.none))) return false
  if (wanted.every && !rows.every(fulfils(wanted.every))) return false
  if (!wanted.aggregate) return true
  const { where, ...bounds } = wanted.aggregate
  return bounded(where ? rows.filter(fulfils(where)) : rows, bounds)
}

/** Whether measures of some rows lie where they are wanted: `{count: {gte: 3}, sum: {costFen: {lt: 5}}}`. */
export function bounded(rows: Row[], bounds: Condition): boolean {
  return Object.entries(bounds).every(([measure, wanted]) => {
    if (!wanted) return true
    if (measure === 'count') return holds(rows.length, wanted as Condition)
    return Object.entries(wanted as Condition).every(([field, is]) => !is || holds(measured(measure, field, rows), is as Condition))
  })
}

/** One value against `{eq, ne, in, notIn, gt, …}`. Different from something is also what is not known. */
export function holds(value: Value, is: Condition): boolean {
  return Object.entries(is).every(([op, operand]) => {
    if (op === 'isNull') return (value === null) === operand
    if (operand === null) return op === 'eq' ? value === null : op === 'ne' ? value !== null : false
    if (op === 'ne') return value !== operand
    if (op === 'notIn') return !(operand as Value[]).includes(value)
    if (value === null) return false
    return known(value, op, operand)
  })
}

function known(value: Exclude<Value, null>, op: string, operand: unknown): boolean {
  const beside = (other: unknown) => comparedAs(value, other as Value)
  switch (op) {
    case 'eq':
      return value === operand
    case 'in':
      return (operand as Value[]).includes(value)
    case 'gt':
      return beside(operand) > 0
    case 'gte':
      return beside(operand) >= 0
    case 'lt':
      return beside(operand) < 0
    case 'lte':
      return beside(operand) <= 0
    case 'between':
      return beside((operand as Value[])[0]) >= 0 && beside((operand as Value[])[1]) <= 0
    case 'contains':
      return folded(value).includes(folded(operand))
    case 'startsWith':
      return folded(value).startsWith(folded(operand))
    default:
      throw new Error(`the oracle knows no ${op}`)
  }
}

/** Capital A to Z are their small ones, and nothing else is. */
export const folded = (text: unknown): string => String(text).replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32))
