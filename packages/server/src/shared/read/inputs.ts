import { registerEnumType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { GraphQLScalarType } from 'graphql'
import { type Datum, dataOfThing, type ThingClass, thingOf } from '../datum.js'
import { DayScalar, InstantScalar } from '../scalars.js'

/** The graph's filter, order and connection types of a thing, derived from what its decorators said. */

export enum Direction {
  ASC = 'ASC',
  DESC = 'DESC',
}
export enum Nulls {
  FIRST = 'FIRST',
  LAST = 'LAST',
}
registerEnumType(Direction, { name: 'Direction', description: '升序、降序' })
registerEnumType(Nulls, { name: 'Nulls', description: '空值排在前面或后面' })

type Graph = () => GraphQLScalarType
const field = (target: ThingClass, name: string, graph: () => unknown, description?: string) =>
  Field(graph as Graph, { nullable: true, ...(description ? { description } : {}) })(target.prototype, name)

const comparisons = new Map<string, ThingClass>()

/** `{eq, ne, in, notIn, …}` over one scalar or enumeration. */
function comparison(name: string, graph: () => unknown, kind: Datum['kind']): ThingClass {
  const known = comparisons.get(name)
  if (known) return known
  const made = named(name)
  for (const op of ['eq', 'ne']) field(made, op, graph)
  for (const op of ['in', 'notIn']) field(made, op, () => [graph()])
  if (kind === 'day' || kind === 'instant' || kind === 'whole') {
    for (const op of ['gt', 'gte', 'lt', 'lte']) field(made, op, graph)
    field(made, 'between', () => [graph()], '含两端')
  }
  if (kind === 'text') for (const op of ['contains', 'startsWith']) field(made, op, () => String)
  field(made, 'isNull', () => Boolean)
  InputType(name)(made)
  comparisons.set(name, made)
  return made
}

const named = (name: string): ThingClass => ({ [name]: class {} })[name] as unknown as ThingClass

const enumNames = new Map<object, string>()
/** The name of an enumeration in the graph: that of its comparison type ends in `Is`. */
const enumName = (datum: Datum, target: ThingClass) =>
  enumNames.get(datum.enum!) ?? remember(datum.enum!, `${target.name}${datum.name[0]!.toUpperCase()}${datum.name.slice(1)}`)
const remember = (values: object, name: string) => (enumNames.set(values, name), name)

function comparisonOf(target: ThingClass, datum: Datum): ThingClass {
  switch (datum.kind) {
    case 'id':
      return comparison('IdIs', () => ID, 'id')
    case 'day':
      return comparison('DayIs', () => DayScalar, 'day')
    case 'instant':
      return comparison('InstantIs', () => InstantScalar, 'instant')
    case 'whole':
      return comparison('WholeIs', () => Int, 'whole')
    case 'flag':
      return comparison('FlagIs', () => Boolean, 'flag')
    case 'choice':
      return comparison(`${enumName(datum, target)}Is`, () => datum.enum, 'choice')
    default:
      return comparison('TextIs', () => String, 'text')
  }
}

const wheres = new Map<ThingClass, ThingClass>()
export function whereOf(target: ThingClass): ThingClass {
  const known = wheres.get(target)
  if (known) return known
  const name = `${target.name}Where`
  const made = named(name)
  wheres.set(target, made)
  field(made, 'and', () => [made])
  field(made, 'or', () => [made])
  field(made, 'not', () => made)
  for (const datum of dataOfThing(target)) {
    if (!datum.filter) continue
    if (datum.kind === 'link') field(made, datum.name, () => whereOf(datum.target!()), datum.label)
    else {
      const is = comparisonOf(target, datum)
      field(made, datum.name, () => is, datum.label)
    }
  }
  InputType(name, { description: `筛选${thingOf(target).label}` })(made)
  return made
}

const orders = new Map<ThingClass, ThingClass>()
export function orderOf(target: ThingClass): ThingClass {
  const known = orders.get(target)
  if (known) return known
  const fields = Object.fromEntries(
    dataOfThing(target)
      .filter((d) => d.sort)
      .map((d) => [d.name, d.name]),
  )
  registerEnumType(fields, { name: `${target.name}Field` })
  const made = named(`${target.name}Order`)
  orders.set(target, made)
  Field((() => fields) as never)(made.prototype, 'field')
  Field(() => Direction, { defaultValue: Direction.ASC })(made.prototype, 'dir')
  field(made, 'nulls', () => Nulls)
  InputType(`${target.name}Order`)(made)
  return made
}

@ObjectType({ simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean
  @Field(() => Boolean) hasPreviousPage!: boolean
  @Field(() => String, { nullable: true }) startCursor!: string | null
  @Field(() => String, { nullable: true }) endCursor!: string | null
}

const connections = new Map<ThingClass, ThingClass>()
/** The Relay connection of a thing; `totalCount` is counted only when asked for. */
export function connectionOf(target: ThingClass): ThingClass {
  const known = connections.get(target)
  if (known) return known
  const edge = named(`${target.name}Edge`)
  Field(() => String, { simple: true })(edge.prototype, 'cursor')
  Field((() => target) as never, { simple: true })(edge.prototype, 'node')
  ObjectType(`${target.name}Edge`)(edge)
  const made = named(`${target.name}Connection`)
  Field((() => [edge]) as never, { simple: true })(made.prototype, 'edges')
  Field((() => [target]) as never, { simple: true })(made.prototype, 'nodes')
  Field(() => PageInfo, { simple: true })(made.prototype, 'pageInfo')
  Field(() => Int, { simple: true, description: '符合条件的总数（要了才数）' })(made.prototype, 'totalCount')
  ObjectType(`${target.name}Connection`)(made)
  connections.set(target, made)
  return made
}
