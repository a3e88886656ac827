import { Reference } from '@mikro-orm/core'
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql'
import type { Context } from '../context.js'
import { allThings, type Datum, dataOfThing, opens } from '../datum.js'
import { signedIn } from '../signedIn.js'
import { columnNamed } from './column.js'
import { loaderOf } from './manyField.js'
import { rowsKnownBy } from './one.js'
import type { PlainRow } from './reader.js'
import { AS_OF } from './then.js'

type Row = Record<string, unknown>

const plain = new WeakSet<object>()
/** Whether a field shows a datum as the store keeps it, or leads to one other thing: no rule of ours stands in between but who may read it. */
export const isPlainField = (field: object): boolean => plain.has(field)

/**
 * Gives relations and derived data their resolvers, wherever the row comes from: a plain row already carries its
 * joined row, an entity's reference is loaded in a batch with the others of the same answer.
 */
export function attachRelations(schema: GraphQLSchema): GraphQLSchema {
  for (const thing of allThings()) {
    const type = schema.getType(thing.name)
    if (!isObjectType(type)) continue
    const fields = type.getFields()
    const data = dataOfThing(thing.target)
    for (const datum of data) {
      const field = fields[datum.name]
      if (!field) continue
      if (datum.kind === 'link' || datum.kind === 'lookup' || (datum.kind !== 'derived' && datum.kind !== 'many' && !field.resolve)) plain.add(field)
      if (datum.kind === 'link')
        field.resolve = (row: Row) => {
          const value = row[datum.name]
          return Reference.isReference(value) ? value.load({ dataloader: true } as never) : (value ?? null)
        }
      else if (datum.kind === 'lookup') field.resolve = lookup(datum)
      else if (datum.kind === 'derived') field.resolve = (row: Row, _args, context: Context) => datum.of!(row, then(row, context))
      if (tellsOfPeople(datum, data)) hideFromBoards(field)
      if (typeof datum.read !== 'boolean') closeToOthers(field, datum)
    }
  }
  return schema
}

/** What is computed of a row of a past instant is computed as of then. */
const then = (row: Row, context: Context): Context => {
  const asOf = (row as PlainRow)[AS_OF as unknown as string]
  return asOf ? (Object.create(context, { now: { value: new Date(asOf as string) } }) as Context) : context
}

/** By a code: on a plain row the joined row stands already. */
function lookup(datum: Datum): GraphQLField<Row, Context>['resolve'] {
  const { name, to, length } = datum.by!
  const target = datum.target!()
  return (row, _args, context, info) => {
    if (datum.name in row) return row[datum.name]
    const code = row[name]
    if (typeof code !== 'string' || !code) return null
    const ctx = signedIn(context)
    return loaderOf<PlainRow | null>(ctx, info, datum.name, async (codes) => {
      const found = await rowsKnownBy(target, columnNamed(target, to), codes, ctx, info)
      return codes.map((one) => found.get(one) ?? null)
    }).load(length ? code.slice(0, length) : code)
  }
}

const tellsOfPeople = (datum: Datum, data: Datum[]): boolean => datum.personal || data.some((one) => one.personal && datum.needs?.includes(one.name))

/** A board hangs where everybody looks: no names, no phones, not even masked ones (design.md §6). */
function hideFromBoards(field: GraphQLField<Row, Context>): void {
  const show = field.resolve ?? defaultFieldResolver
  field.resolve = (row, args, context, info) => (context.actor?.role === 'BOARD' || context.actor?.role === 'CARD' ? null : show(row, args, context, info))
}

/** What a role may not read comes empty, so that one screen serves all roles; nothing can be found out by it either: it is filtered by nobody. */
function closeToOthers(field: GraphQLField<Row, Context>, datum: Datum): void {
  const show = field.resolve ?? defaultFieldResolver
  field.resolve = (row, args, context, info) => (opens(datum.read, context.actor?.role) ? show(row, args, context, info) : null)
}
