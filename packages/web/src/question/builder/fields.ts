import type { GraphQLInputObjectType } from 'graphql'
import { type FilterField, filterFields } from '../catalog'

/** A datum one can filter by, or the many things one can filter through, reached over to-one links. */
export interface Reached {
  path: string[]
  label: string
  field: FilterField
}
export interface ReachedGroup {
  label: string
  fields: Reached[]
}

/** Own data first, then those of each linked thing under its name; two links far. */
export function reachedFrom(where: GraphQLInputObjectType, own: string, hops = 2): ReachedGroup[] {
  const groups: ReachedGroup[] = []
  const visit = (input: GraphQLInputObjectType, path: string[], label: string): void => {
    const fields = filterFields(input)
    const reached = fields.filter(({ kind }) => kind !== 'one').map((field) => ({ path: [...path, field.name], label: field.label, field }))
    if (reached.length) groups.push({ label, fields: reached })
    if (path.length < hops)
      for (const field of fields) if (field.kind === 'one') visit(field.input, [...path, field.name], path.length ? `${label} · ${field.label}` : field.label)
  }
  visit(where, [], own)
  return groups
}

/** The comparison one most often means: a choice is one of several, a text contains, a day lies between. */
export function usualOperator(operators: readonly string[], type: string, isChoice: boolean): string {
  const wished = isChoice ? ['in'] : type === 'Day' ? ['between'] : type === 'String' ? ['contains', 'eq'] : ['gte', 'eq']
  return wished.find((operator) => operators.includes(operator)) ?? operators[0] ?? 'eq'
}

/** Choices and codes are picked, so that only some comparisons of a text make sense for them. */
export const PICKED = new Set(['eq', 'ne', 'in', 'notIn', 'isNull'])

const DIVISIONS = new Set(['division', 'village', 'town'])
export const pickerOf = (name: string): 'division' | 'station' | undefined => (DIVISIONS.has(name) ? 'division' : name === 'station' ? 'station' : undefined)
