import { registerEnumType, Field, Float, ID, InputType, Int } from 'type-graphql'
import type { GraphQLScalarType } from 'graphql'
import { type Datum, dataOfThing, type ThingClass, thingOf } from '../datum.js'
import { DayScalar, InstantScalar } from '../scalars.js'
import { figuresFor } from './figures.js'
import { hasOrder, isDistinguished, isNumber } from './measure.js'

/** The graph's filter and order types of a thing, derived from what its decorators said. */

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
/** Types are made when they are first named, not when the schema asks for them: then it is too late to be known. */
const below = (target: ThingClass, name: string, type: ThingClass, description?: string) => field(target, name, () => type, description)
const field = (target: ThingClass, name: string, graph: () => unknown, description?: string) =>
  Field(graph as Graph, { nullable: true, ...(description ? { description } : {}) })(target.prototype, name)

export const named = (name: string): ThingClass => ({ [name]: class {} })[name] as unknown as ThingClass

/** One class per name, made when first asked for; `fill` may ask for it again. */
const made = new Map<string, ThingClass>()
function input(name: string, description: string | undefined, fill: (made: ThingClass) => void): ThingClass {
  const known = made.get(name)
  if (known) return known
  const type = named(name)
  made.set(name, type)
  fill(type)
  InputType(name, description ? { description } : {})(type)
  return type
}

/** `{eq, ne, in, notIn, …}` over one scalar or enumeration. */
function comparison(name: string, graph: () => unknown, kind: Datum['kind'] | 'number'): ThingClass {
  return input(name, undefined, (type) => {
    for (const op of ['eq', 'ne']) field(type, op, graph)
    for (const op of ['in', 'notIn']) field(type, op, () => [graph()])
    if (kind === 'day' || kind === 'instant' || kind === 'whole' || kind === 'number') {
      for (const op of ['gt', 'gte', 'lt', 'lte']) field(type, op, graph)
      field(type, 'between', () => [graph()], '含两端')
    }
    if (kind === 'text') for (const op of ['contains', 'startsWith']) field(type, op, () => String)
    field(type, 'isNull', () => Boolean)
  })
}
const whole = () => comparison('WholeIs', () => Int, 'whole')
const number = () => comparison('NumberIs', () => Float, 'number')
const prose = () =>
  input('ProseIs', '长文本：只查是否包含', (type) => {
    field(type, 'contains', () => String)
    field(type, 'isNull', () => Boolean)
  })

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
      return whole()
    case 'flag':
      return comparison('FlagIs', () => Boolean, 'flag')
    case 'choice':
      return comparison(`${enumName(datum, target)}Is`, () => datum.enum, 'choice')
    default:
      return datum.max ? comparison('TextIs', () => String, 'text') : prose()
  }
}

export const whereOf = (target: ThingClass): ThingClass =>
  input(`${target.name}Where`, `筛选${thingOf(target).label}`, (type) => {
    for (const name of ['and', 'or']) field(type, name, () => [type])
    field(type, 'not', () => type)
    for (const datum of dataOfThing(target)) {
      if (datum.filter === false) continue
      if (datum.kind === 'many') below(type, datum.name, manyOf(datum.target!()), datum.label)
      else if (datum.kind === 'link' || datum.kind === 'lookup') below(type, datum.name, whereOf(datum.target!()), datum.label)
      else below(type, datum.name, comparisonOf(target, datum), datum.label)
    }
  })

const manyOf = (target: ThingClass): ThingClass =>
  input(`${target.name}Many`, `筛选相关的${thingOf(target).label}`, (type) => {
    for (const [quantor, words] of Object.entries({ some: '至少一条符合', none: '没有一条符合', every: '条条符合' }))
      below(type, quantor, whereOf(target), words)
    below(type, 'aggregate', aggregateIs(target), '按数量、合计、平均等比较')
  })

const aggregateIs = (target: ThingClass): ThingClass =>
  input(`${target.name}AggregateIs`, undefined, (type) => {
    below(type, 'where', whereOf(target), '只算符合的')
    families(target, type)
  })

/** Conditions on groups: on any aggregate, whether it is shown or not. */
export const havingOf = (target: ThingClass): ThingClass =>
  input(`${target.name}Having`, `筛选分组后的${thingOf(target).label}`, (type) => {
    for (const name of ['and', 'or']) field(type, name, () => [type])
    field(type, 'not', () => type)
    below(type, 'share', number(), '占全部的百分比')
    families(target, type)
  })

function families(target: ThingClass, type: ThingClass): void {
  const data = dataOfThing(target)
  below(type, 'count', whole())
  const family = (suffix: string, fits: (datum: Datum) => boolean, is: (datum: Datum) => ThingClass) =>
    input(`${target.name}${suffix}`, undefined, (of) => {
      for (const datum of data.filter((one) => one.group !== false && fits(one))) below(of, datum.name, is(datum), datum.label)
    })
  below(type, 'countDistinct', family('DistinctIs', isDistinguished, whole))
  if (data.some((datum) => datum.group !== false && isNumber(datum)))
    for (const name of ['sum', 'avg']) below(type, name, family('NumbersAre', isNumber, number))
  for (const name of ['min', 'max'])
    below(
      type,
      name,
      family('ExtremesAre', hasOrder, (datum) => comparisonOf(target, datum)),
    )
  const figures = figuresFor(target).filter((figure) => figure.of)
  if (figures.length)
    below(
      type,
      'figures',
      input(`${target.name}FiguresAre`, undefined, (of) => {
        for (const figure of figures) below(of, figure.name, figure.kind === 'count' ? whole() : number(), figure.label)
      }),
    )
}

/** One sort key of groups. */
export const groupOrder = (): ThingClass =>
  input('GroupOrder', '分组的排序', (type) => {
    Field(() => String, { description: '答案里的位置，如 count、key.station、figures.onTimeRate' })(type.prototype, 'by')
    Field(() => Direction, { defaultValue: Direction.ASC })(type.prototype, 'dir')
    field(type, 'nulls', () => Nulls)
  })

const fieldEnums = new Map<ThingClass, object>()
/** The data of a thing that can be sorted by. */
export function fieldsEnum(target: ThingClass): object {
  const known = fieldEnums.get(target)
  if (known) return known
  const sortable = dataOfThing(target).filter((datum) => datum.sort !== false)
  const fields = Object.fromEntries(sortable.map(({ name }) => [name, name]))
  fieldEnums.set(target, fields)
  registerEnumType(fields, {
    name: `${target.name}Field`,
    valuesConfig: Object.fromEntries(sortable.map(({ name, label }) => [name, { description: label }])) as never,
  })
  return fields
}

/** One sort key: a field of its own, or a relation's. */
export const orderOf = (target: ThingClass): ThingClass =>
  input(`${target.name}Order`, `${thingOf(target).label}的排序：每项写一个字段，或一个关系`, (type) => {
    const fields = fieldsEnum(target)
    field(type, 'field', () => fields)
    Field(() => Direction, { defaultValue: Direction.ASC })(type.prototype, 'dir')
    field(type, 'nulls', () => Nulls)
    for (const datum of dataOfThing(target)) {
      if (datum.filter === false) continue
      if (datum.kind === 'many') below(type, datum.name, aggregateOrderOf(datum.target!()), datum.label)
      else if (datum.kind === 'link' || datum.kind === 'lookup') below(type, datum.name, orderOf(datum.target!()), datum.label)
    }
  })

const aggregateOrderOf = (target: ThingClass): ThingClass =>
  input(`${target.name}AggregateOrder`, undefined, (type) => {
    const fields = fieldsEnum(target)
    below(type, 'where', whereOf(target), '只算符合的')
    field(type, 'count', () => Boolean)
    for (const name of ['countDistinct', 'sum', 'avg', 'min', 'max']) field(type, name, () => fields)
  })
