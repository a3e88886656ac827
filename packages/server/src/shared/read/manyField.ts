import DataLoader from 'dataloader'
import { type GraphQLFieldConfig, GraphQLNonNull, type GraphQLResolveInfo } from 'graphql'
import type { Context, SignedIn } from '../context.js'
import type { Datum, ThingClass } from '../datum.js'
import { signedIn } from '../signedIn.js'
import { type Connection, connectionsOf } from './list.js'
import { type ListArgs, listArgs } from './listField.js'
import type { Order } from './orderKeys.js'
import type { Outputs } from './outputs.js'
import type { PlainRow } from './reader.js'
import { numberOf, Rows } from './rows.js'
import { neededBy } from './select.js'
import { AS_OF } from './then.js'

const loaders = new WeakMap<Context, Map<string, DataLoader<string, Connection>>>()

/** The things that point at a row, for all rows of the level at once: one statement whatever their number. */
export function manyField(above: ThingClass, many: Datum, outputs: Outputs, fallback: readonly Order[]): GraphQLFieldConfig<PlainRow, Context, ListArgs> {
  const child = many.target!()
  const [by] = neededBy(many)
  return {
    type: new GraphQLNonNull(outputs.connection(child)),
    description: many.label,
    args: listArgs(child, outputs),
    resolve: (row, args, context, info) => {
      const ctx = signedIn(context)
      const asOf = row[AS_OF as unknown as string] as string | undefined
      return loaderOf(ctx, info, `${many.name}${asOf ?? ''}`, async (keys) => {
        const rows = new Rows(child, ctx, { where: args.where, asOf }, { above, many, keys })
        const all = await connectionsOf(rows, info, { orderBy: args.orderBy, page: args, fallback })
        return keys.map((key) => all.get(key)!)
      }).load(row[by!] as string)
    },
  }
}

/** Rows of one level meet in one loader: those that were asked the same by the same field. */
export function loaderOf<T>(context: SignedIn, info: GraphQLResolveInfo, what: string, load: (keys: readonly string[]) => Promise<T[]>): DataLoader<string, T> {
  let own = loaders.get(context)
  if (!own) loaders.set(context, (own = new Map()))
  const key = `${what} ${info.fieldNodes.map(numberOf).join()}`
  let loader = own.get(key) as DataLoader<string, T> | undefined
  if (!loader) {
    loader = new DataLoader<string, T>(load, { maxBatchSize: 10_000 })
    own.set(key, loader as unknown as DataLoader<string, Connection>)
  }
  return loader
}
