import 'reflect-metadata'
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Reference } from '@mikro-orm/core'
import type { GraphQLScalarType } from 'graphql'
import type { Context } from './context.js'
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { DayScalar, InstantScalar } from './scalars.js'

/** Any class that stands for a thing; its prototype carries the data said about it. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- a class of any shape, abstract ones too
export type ThingClass = Function & { prototype: object }

export type Kind = 'id' | 'text' | 'day' | 'instant' | 'whole' | 'flag' | 'choice' | 'link' | 'derived'

/** What one decorator said about one datum: everything the table, the graph, the filters and the log need to know. */
export interface Datum {
  name: string
  label: string
  kind: Kind
  nullable: boolean
  /** Written into the log as "changed", never in clear (names, phones, informants). */
  personal: boolean
  /** Stands in the graph; a bare column does not. */
  shown: boolean
  filter: boolean
  sort: boolean
  enum?: object
  /** The longest text its column takes. */
  max?: number
  target?: () => ThingClass
  /** For a derived datum: the data it is computed from and the rule. */
  needs?: string[]
  of?: (row: Record<string, unknown>, context: Context) => unknown
}

export interface Thing {
  target: ThingClass
  name: string
  label: string
  table: string
  /** Which scope columns the row carries; undefined for reference data that every signed-in person may read. */
  scope?: ScopeColumns
}
export interface ScopeColumns {
  division?: string
  station?: string
  enterprise?: string
  workshop?: string
}

const dataOf = new Map<object, Datum[]>()
const things = new Map<ThingClass, Thing>()

export const allThings = (): Thing[] => [...things.values()]
export const thingOf = (target: ThingClass): Thing => {
  const thing = things.get(target)
  if (!thing) throw new Error(`${target.name} is not a thing`)
  return thing
}

/** All data of a class, those of its bases first (the paper's order). */
export function dataOfThing(target: ThingClass): Datum[] {
  let known = collected.get(target)
  if (!known || !sealed) collected.set(target, (known = collect(target)))
  return known
}
const collected = new Map<ThingClass, Datum[]>()
let sealed = false
/** Called when every class has said what it is; from then on nothing is collected anew. */
export const sealData = () => void (sealed = true)

function collect(target: ThingClass): Datum[] {
  const chain: Datum[][] = []
  for (let proto: object | null = target.prototype; proto && proto !== Object.prototype; proto = Object.getPrototypeOf(proto) as object | null)
    chain.unshift(dataOf.get(proto) ?? [])
  return chain.flat()
}
export const datumOf = (target: ThingClass, name: string) => dataOfThing(target).find((d) => d.name === name)

type Options = {
  nullable?: boolean
  personal?: boolean
  /** false: a column without a GraphQL side, so that it cannot leak by habit. */
  shown?: boolean
  filter?: boolean
  sort?: boolean
  index?: boolean
  unique?: boolean
}

function remember(prototype: object, datum: Datum): void {
  dataOf.set(prototype, [...(dataOf.get(prototype) ?? []), datum])
}

function say(kind: Kind, label: string, graph: () => unknown, column: object, options: Options & Partial<Datum> = {}): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key)
    const { nullable = false, personal = false, shown = true, index = false, unique = false, filter = shown && !personal, sort = filter } = options
    const datum: Datum = { name, label, kind, nullable, personal, shown, filter, sort }
    if (options.enum) datum.enum = options.enum
    if (options.max) datum.max = options.max
    remember(prototype, datum)
    Property({ nullable, ...column })(prototype, name)
    if (index) Index()(prototype, name as never)
    if (unique) Unique()(prototype, name as never)
    if (shown) Field(graph as () => GraphQLScalarType, { nullable, description: label, simple: true })(prototype, name)
  }
}

export const Text = (label: string, options: Options & { max?: number } = {}) =>
  say('text', label, () => String, options.max && options.max <= 255 ? { type: 'string', length: options.max } : { type: 'text' }, options)
export const Day = (label: string, options: Options = {}) => say('day', label, () => DayScalar, { type: 'string', length: 10 }, options)
export const Instant = (label: string, options: Options = {}) => say('instant', label, () => InstantScalar, { type: 'string', length: 24 }, options)
export const Whole = (label: string, options: Options = {}) => say('whole', label, () => Int, { type: 'integer' }, options)
/** Money in fen. An integer column of 64 bits; the graph shows it as a float because GraphQL's Int ends at 21 million yuan. */
export const Flag = (label: string, options: Options = {}) => say('flag', label, () => Boolean, { type: 'boolean' }, options)
export const Choice = (label: string, values: object, options: Options = {}) =>
  say('choice', label, () => values, { type: 'string', length: 40 }, { ...options, enum: values })
/** The id of another thing, kept without a relation (a person who acted, a code). */
export const Id = (label: string, options: Options = {}) => say('text', label, () => ID, { type: 'string', length: 36 }, options)

/** A relation to one other thing; the graph loads it in batches (relations.ts), null when it lies outside the reader's scope. */
export function Link(
  label: string,
  target: () => ThingClass,
  options: { nullable?: boolean; field?: string; index?: boolean; to?: string; shown?: boolean } = {},
): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key)
    const { nullable = false, index = true, shown = true } = options
    remember(prototype, { name, label, kind: 'link', nullable, personal: false, shown, filter: shown, sort: false, target })
    ManyToOne(target as never, { ref: true, nullable, deleteRule: 'restrict', updateRule: 'no action', index } as never)(prototype as never, name)
    // A row outside the reader's scope comes back as null, so the graph's side is always nullable.
    if (shown) Field(target as unknown as () => GraphQLScalarType, { nullable: true, description: label, simple: true })(prototype, name)
  }
}

/** A datum computed from others wherever the row comes from: an entity or a plain row of the read path. */
export function Derived(label: string, graph: () => unknown, needs: string[], of: Datum['of'], options: { nullable?: boolean } = {}): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key)
    const { nullable = false } = options
    remember(prototype, { name, label, kind: 'derived', nullable, personal: false, shown: true, filter: false, sort: false, needs, of: of! })
    Field(graph as () => GraphQLScalarType, { nullable, description: label, simple: true })(prototype, name)
  }
}

/** The id of every thing: a time-ordered uuid, a string everywhere. */
export const Identity = (): PropertyDecorator => (prototype, key) => {
  const name = String(key)
  remember(prototype, { name, label: '标识', kind: 'id', nullable: false, personal: false, shown: true, filter: true, sort: true })
  PrimaryKey({ type: 'string', length: 36 })(prototype, name)
  Field(() => ID, { simple: true })(prototype, name)
}

/** What a person types in, said once: the columns of the table, the fields of the graph's type and the graph's input. */
export const Facts = (input: string) => (target: ThingClass) => {
  ObjectType(`${input}Facts`, { simpleResolvers: true })(target)
  InputType(input)(target)
}

/** A thing: its table and its type in the graph. */
export const Thing = (label: string, options: { table: string; scope?: ScopeColumns; shown?: boolean }) => (target: ThingClass) => {
  Entity({ tableName: options.table })(target as never)
  if (options.shown !== false) ObjectType(target.name, { description: label, simpleResolvers: true })(target)
  things.set(target, { target, name: target.name, label, table: options.table, ...(options.scope ? { scope: options.scope } : {}) })
}

/** The plain value behind a relation: an entity's reference and a plain row alike. */
export const linkedId = (value: unknown): string | null => {
  if (value == null) return null
  if (typeof value === 'string') return value
  if (Reference.isReference(value)) return (value.unwrap() as { id: string }).id
  return (value as { id: string }).id
}
