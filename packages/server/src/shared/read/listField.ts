import { type GraphQLFieldConfig, type GraphQLFieldConfigArgumentMap, GraphQLInt, GraphQLNonNull, GraphQLString } from 'graphql'
import type { Context, SignedIn } from '../context.js'
import { type ThingClass, thingOf } from '../datum.js'
import { type Connection, connectionsOf } from './list.js'
import type { Order } from './orderKeys.js'
import type { Outputs } from './outputs.js'
import type { Page } from './page.js'
import { Rows, WHOLE } from './rows.js'
import type { Sql } from './sql.js'
import type { Where } from './where.js'

/** A list at the top of the graph. What it can filter, sort, group and add up follows from the thing; only this is its own. */
export interface ListField<Own = Record<string, never>> {
  name: string
  target: ThingClass
  description: string
  /** Who may ask at all; refuses everybody else. Which rows, the scope decides. */
  who(context: Context): SignedIn
  /** The order when none is asked for. */
  fallback: readonly Order[]
  /** Arguments beside the usual ones, as in the schema: `{ search: ['String', '编号、描述'] }`. */
  args?: Record<keyof Own & string, [type: string, description: string]>
  /** The condition on alias t that they, or the rules of the list, add; as of a past instant when there is one. */
  also?(context: SignedIn, args: Own, asOf?: string): Sql | Promise<Sql>
}

export type ListArgs = Page & { where?: Where | null; orderBy?: Order[] | null; asOf?: string | null }

export const listArgs = (target: ThingClass, outputs: Outputs): GraphQLFieldConfigArgumentMap => {
  const { name } = thingOf(target)
  return {
    where: { type: outputs.input(`${name}Where`) },
    orderBy: { type: outputs.input(`[${name}Order!]`) },
    first: { type: GraphQLInt, description: '取前几条，默认 50，最多 500' },
    after: { type: GraphQLString },
    last: { type: GraphQLInt },
    before: { type: GraphQLString },
    offset: { type: GraphQLInt, description: '跳过几条（翻到第几页用）' },
  }
}

/** The field of the graph that answers a list. */
export function listField(list: ListField, outputs: Outputs): GraphQLFieldConfig<unknown, Context, ListArgs> {
  const own = Object.entries(list.args ?? {}).map(([name, [type, description]]) => [name, { type: outputs.input(type), description }] as const)
  const asOf = { type: outputs.input('Instant'), description: '当时的情况：按变更记录回到那一刻' }
  return {
    type: new GraphQLNonNull(outputs.connection(list.target)),
    description: list.description,
    args: { ...Object.fromEntries(own), ...listArgs(list.target, outputs), ...(isPublic(list.target) ? { asOf } : {}) },
    resolve: async (_root, args, context, info): Promise<Connection> => {
      const ctx = list.who(context)
      const { where, orderBy } = args
      const asOf = pastOnly(args.asOf, ctx.now)
      const rows = new Rows(list.target, ctx, { where, also: await list.also?.(ctx, args as unknown as Record<string, never>, asOf), asOf })
      const all = await connectionsOf(rows, info, { orderBy, page: args, fallback: list.fallback })
      return all.get(WHOLE)!
    },
  }
}

/** Whom a question is shared with is a rule of today: what was open to others then is not shown to them for that. */
const isPublic = (target: ThingClass): boolean => thingOf(target).open || !!thingOf(target).scope

/** Nobody knows how things will stand: the future is now. */
export const pastOnly = (asOf: string | null | undefined, now: Date): string | undefined => (asOf && asOf < now.toISOString() ? asOf : undefined)
