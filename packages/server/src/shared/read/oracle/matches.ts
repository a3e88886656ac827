import { datumOf, type Kind, type ThingClass } from '../../datum.js'
import type { Scope } from '../../scope.js'
import { figuresOf } from './figures.js'
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
    return holds(row[name]!, condition, datum.kind)
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
  return bounded(target, where ? rows.filter(fulfils(where)) : rows, bounds, world.today)
}

/** Whether measures of some rows lie where they are wanted: `{count: {gte: 3}, sum: {costFen: {lt: 5}}}`. */
export function bounded(target: ThingClass, rows: Row[], bounds: Condition, today: string): boolean {
  return Object.entries(bounds).every(([measure, wanted]) => {
    if (!wanted) return true
    if (measure === 'count') return holds(rows.length, wanted as Condition)
    const figures = measure === 'figures' ? figuresOf(rows, today) : undefined
    return Object.entries(wanted as Condition).every(([field, is]) => {
      if (!is) return true
      if (figures) return holds(figures[field]!, is as Condition)
      const kind = measure === 'min' || measure === 'max' ? datumOf(target, field)!.kind : 'whole'
      return holds(measured(measure, field, rows), is as Condition, kind)
    })
  })
}

/** One value against `{eq, ne, in, notIn, gt, …}`. Different from something is also what is not known. */
export function holds(value: Value, is: Condition, kind: Kind = 'whole'): boolean {
  return Object.entries(is).every(([op, told]) => {
    if (op === 'isNull') return told === null || (value === null) === told
    const operand = kind === 'instant' ? inFull(told) : told
    if (operand === null) return op === 'eq' ? value === null : op === 'ne' ? value !== null : false
    if (op === 'ne') return value !== operand
    if (op === 'notIn') return !(operand as Value[]).includes(value)
    if (op === 'in') return (operand as Value[]).includes(value)
    if (value === null) return false
    return known(value, op, operand)
  })
}

/** An instant may be told without its milliseconds: it is the same instant. */
const inFull = (told: unknown): unknown => (Array.isArray(told) ? told.map(inFull) : typeof told === 'string' ? new Date(told).toISOString() : told)

function known(value: Exclude<Value, null>, op: string, operand: unknown): boolean {
  const beside = (other: unknown) => comparedAs(value, other as Value)
  switch (op) {
    case 'eq':
      return value === operand
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
