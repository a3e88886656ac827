import 'reflect-metadata'
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Reference } from '@mikro-orm/core'
import type { GraphQLScalarType } from 'graphql'
import type { Context, Role } from './context.js'
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { DayScalar, InstantScalar } from './scalars.js'

/** Any class that stands for a thing; its prototype carries the data said about it. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- a class of any shape, abstract ones too
export type ThingClass = Function & { prototype: object }

export type Kind = 'id' | 'text' | 'day' | 'instant' | 'whole' | 'flag' | 'choice' | 'link' | 'lookup' | 'many' | 'derived'

/** Who may do one thing with a datum: everybody, nobody, or only these roles. */
export type Switch = boolean | readonly Role[]
export const opens = (one: Switch, role: Role | undefined): boolean => (typeof one === 'boolean' ? one : role !== undefined && one.includes(role))

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
  /** The four switches: to see it, to filter by it, to sort by it, to group by it (and take its lowest, its sum …). */
  read: Switch
  filter: Switch
  sort: Switch
  group: Switch
  enum?: object
  /** The longest text its column takes. */
  max?: number
  target?: () => ThingClass
  /** A lookup: the datum here that holds (or begins with) a code of the target. */
  by?: { name: string; to: string; length?: number }
  /** A to-many relation: the datum over there that points here. */
  from?: string
  /** What the target of a link or lookup calls the things that point at it. */
  many?: { name: string; label: string }
  /** For a derived datum: the data it is computed from and the rule. */
  needs?: string[]
  of?: (row: Record<string, unknown>, context: Context) => unknown
}

export interface Thing {
  target: ThingClass
  name: string
  label: string
  table: string
  /** Which scope columns the row carries; undefined when it carries none. */
  scope?: ScopeColumns
  /** Without scope columns: read by everybody who has signed in, or by nobody through the graph's lists and relations. */
  open: boolean
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
  return [...chain.flat(), ...pointingAt(target)]
}

/** The to-many relations of a thing, from what the links of the others say. */
const pointingAt = (target: ThingClass): Datum[] =>
  !things.has(target)
    ? []
    : allThings().flatMap(({ target: child }) => {
        const own: Datum[] = []
        for (let proto: object | null = child.prototype; proto && proto !== Object.prototype; proto = Object.getPrototypeOf(proto) as object | null)
          own.push(...(dataOf.get(proto) ?? []))
        return own.flatMap((datum): Datum[] =>
          datum.many && datum.target!() === target
            ? [{ ...RELATION, ...datum.many, kind: 'many', nullable: false, target: () => child, from: datum.name }]
            : [],
        )
      })
const RELATION = { personal: false, shown: true, read: true, filter: true, sort: false, group: true } as const
export const datumOf = (target: ThingClass, name: string): Datum | undefined => dataByName(target).get(name)

/** The same data by their names. */
export function dataByName(target: ThingClass): ReadonlyMap<string, Datum> {
  const data = dataOfThing(target)
  let known = named.get(data)
  if (!known) named.set(data, (known = new Map(data.toReversed().map((datum) => [datum.name, datum])))) // of two, the first is meant
  return known
}
const named = new WeakMap<Datum[], Map<string, Datum>>()

type Options = {
  nullable?: boolean
  personal?: boolean
  /** false: a column without a GraphQL side, so that it cannot leak by habit. */
  shown?: boolean
  read?: Switch
  filter?: Switch
  sort?: Switch
  group?: Switch
  index?: boolean
  unique?: boolean
}

/** A text of this length or less is a value: compared, sorted, grouped, and indexed for it. A longer one is read and searched in. */
const VALUE_LENGTH = 255

function remember(prototype: object, datum: Datum): void {
  dataOf.set(prototype, [...(dataOf.get(prototype) ?? []), datum])
}

function say(kind: Kind, label: string, graph: () => unknown, column: object, options: Options & Partial<Datum> = {}): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key)
    const { nullable = false, personal = false, shown = true, unique = false } = options
    const prose = kind === 'text' && !options.max
    const { read = shown, filter = shown && !personal, sort = prose ? false : filter, group = sort } = options
    // What is filtered or sorted by has an index (indexes.test.ts); prose is only searched in, which no index serves.
    const { index = !unique && !prose && (filter !== false || sort !== false) } = options
    const datum: Datum = { name, label, kind, nullable, personal, shown, read, filter, sort, group }
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
  say('text', label, () => String, options.max && options.max <= VALUE_LENGTH ? { type: 'string', length: options.max } : { type: 'text' }, options)
export const Day = (label: string, options: Options = {}) => say('day', label, () => DayScalar, { type: 'string', length: 10 }, options)
export const Instant = (label: string, options: Options = {}) => say('instant', label, () => InstantScalar, { type: 'string', length: 24 }, options)
export const Whole = (label: string, options: Options = {}) => say('whole', label, () => Int, { type: 'integer' }, options)
/** Money in fen. An integer column of 64 bits; the graph shows it as a float because GraphQL's Int ends at 21 million yuan. */
export const Flag = (label: string, options: Options = {}) => say('flag', label, () => Boolean, { type: 'boolean' }, options)
export const Choice = (label: string, values: object, options: Options = {}) =>
  say('choice', label, () => values, { type: 'string', length: 40 }, { ...options, enum: values })
/** The id of another thing, kept without a relation (a person who acted, a code). */
export const Id = (label: string, options: Options = {}) => say('text', label, () => ID, { type: 'string', length: 36 }, { max: 36, ...options })

/** A relation to one other thing; the graph loads it in batches (relations.ts), null when it lies outside the reader's scope. */
export function Link(
  label: string,
  target: () => ThingClass,
  options: { nullable?: boolean; index?: boolean; shown?: boolean; many?: Datum['many'] } = {},
): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key)
    const { nullable = false, index = true, shown = true, many } = options
    remember(prototype, {
      ...RELATION,
      name,
      label,
      kind: 'link',
      nullable,
      shown,
      read: shown,
      filter: shown,
      group: shown,
      target,
      ...(many ? { many } : {}),
    })
    ManyToOne(target as never, { ref: true, nullable, deleteRule: 'restrict', updateRule: 'no action', index } as never)(prototype as never, name)
    // A row outside the reader's scope comes back as null, so the graph's side is always nullable.
    if (shown) Field(target as unknown as () => GraphQLScalarType, { nullable: true, description: label, simple: true })(prototype, name)
  }
}

/** A relation by a code instead of an id: no column of its own, the code's (or its first letters) leads to the target. */
export function Lookup(label: string, target: () => ThingClass, by: NonNullable<Datum['by']>, options: { many?: Datum['many'] } = {}): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key)
    remember(prototype, { ...RELATION, name, label, kind: 'lookup', nullable: true, target, by, ...options })
    Field(target as unknown as () => GraphQLScalarType, { nullable: true, description: label, simple: true })(prototype, name)
  }
}

/** A datum computed from others wherever the row comes from: an entity or a plain row of the read path. */
export function Derived(
  label: string,
  graph: () => unknown,
  needs: string[],
  of: Datum['of'],
  options: { nullable?: boolean; read?: Switch } = {},
): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key)
    const { nullable = false, read = true } = options
    remember(prototype, { ...RELATION, name, label, kind: 'derived', nullable, read, filter: false, group: false, needs, of: of! })
    Field(graph as () => GraphQLScalarType, { nullable, description: label, simple: true })(prototype, name)
  }
}

/** The id of every thing: a time-ordered uuid, a string everywhere. */
export const Identity = (): PropertyDecorator => (prototype, key) => {
  const name = String(key)
  remember(prototype, { name, label: '标识', kind: 'id', nullable: false, personal: false, shown: true, read: true, filter: true, sort: true, group: true })
  PrimaryKey({ type: 'string', length: 36 })(prototype, name)
  Field(() => ID, { simple: true })(prototype, name)
}

/** What a person types in, said once: the columns of the table, the fields of the graph's type and the graph's input. */
export const Facts = (input: string) => (target: ThingClass) => {
  ObjectType(`${input}Facts`, { simpleResolvers: true })(target)
  InputType(input)(target)
}

/** A thing: its table, its type in the graph and whose rows they are. 'open': everybody's who has signed in; 'closed': never listed for others by the graph itself. */
export const Thing = (label: string, options: { table: string; scope: ScopeColumns | 'open' | 'closed'; shown?: boolean }) => (target: ThingClass) => {
  Entity({ tableName: options.table })(target as never)
  if (options.shown !== false) ObjectType(target.name, { description: label, simpleResolvers: true })(target)
  const { scope } = options
  things.set(target, { target, name: target.name, label, table: options.table, open: scope === 'open', ...(typeof scope === 'object' ? { scope } : {}) })
}

/** The plain value behind a relation: an entity's reference and a plain row alike. */
export const linkedId = (value: unknown): string | null => {
  if (value == null) return null
  if (typeof value === 'string') return value
  if (Reference.isReference(value)) return (value.unwrap() as { id: string }).id
  return (value as { id: string }).id
}
