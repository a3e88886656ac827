import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { type Datum, dataOfThing, type ThingClass, thingOf } from '../shared/datum.js'

/** What the graph offers of a thing, read off the schema: tests that ask everything ask what is there, whoever adds to it. */
export class GraphTypes {
  constructor(private readonly schema: GraphQLSchema) {}

  /** Fields that are values: what a row shows. */
  leaves = (target: ThingClass): string[] =>
    this.#fields(thingOf(target).name)
      .filter((field) => isLeafType(getNamedType(field.type)) && !('args' in field && field.args.some((arg) => isNonNullType(arg.type))))
      .map(({ name }) => name)

  keys = (target: ThingClass): string[] =>
    this.#fields(`${target.name}Key`)
      .filter(({ type }) => isLeafType(getNamedType(type)))
      .map(({ name }) => name)

  filterable = (target: ThingClass): string[] =>
    this.#fields(`${target.name}Where`)
      .filter(({ type }) => getNamedType(type).name.endsWith('Is'))
      .map(({ name }) => name)

  sortable(target: ThingClass): string[] {
    const type = this.schema.getType(`${target.name}Field`)
    return isEnumType(type) ? type.getValues().map(({ name }) => name) : []
  }

  /** Whole numbers, which have a sum. */
  summed = (target: ThingClass): string[] => this.#fields(`${target.name}Numbers`).map(({ name }) => name)

  /** `[family, field]` of every aggregate; a family that is a number itself has no field. */
  measures = (target: ThingClass): [family: string, field?: string][] =>
    this.#fields(`${target.name}Aggregate`).flatMap(({ name, type }): [string, string?][] => {
      const family = getNamedType(type)
      return isObjectType(family) ? Object.keys(family.getFields()).map((field): [string, string] => [name, field]) : [[name]]
    })

  relations(target: ThingClass): Datum[] {
    const shown = new Set(this.#fields(thingOf(target).name).map(({ name }) => name))
    return dataOfThing(target).filter(({ name, kind }) => shown.has(name) && ['link', 'lookup', 'many'].includes(kind))
  }

  #fields(name: string): (GraphQLField<unknown, unknown> | GraphQLInputField)[] {
    const type = this.schema.getType(name)
    return isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : []
  }
}
