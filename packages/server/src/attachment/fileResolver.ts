import DataLoader from 'dataloader'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import { type ThingClass, thingOf } from '../shared/datum.js'
import { scopeSql } from '../shared/read/reading.js'
import type { PlainRow } from '../shared/read/reader.js'
import { Attachment } from './attachment.entity.js'
import { filesWhere } from './filesWhere.js'

type Files = DataLoader<string, PlainRow[]>

/**
 * A resolver that gives a thing of owners.ts its `files`, oldest first, one statement for all records of an answer.
 * Who sees the record sees its files, wherever they were sent from: the scope is that of the record.
 */
export function fileResolver(target: ThingClass) {
  const loaders = new WeakMap<Context, Files>()
  const { name, table } = thingOf(target)

  const load = async (ids: readonly string[], ctx: SignedIn): Promise<PlainRow[][]> => {
    const scope = scopeSql(target, 'o', ctx.actor.scope)
    const marks = ids.map(() => '?').join(', ')
    return filesWhere(ctx, ids, {
      owner: 'a.of_record',
      from: `attachment a join ${table} o on o.id = a.of_record`,
      where: { sql: `a.of_thing = ? and a.of_record in (${marks}) and ${scope.sql}`, params: [name, ...ids, ...scope.params] },
    })
  }

  @Resolver(() => target as never)
  class FileResolver {
    @FieldResolver(() => [Attachment], { description: '附件，按上传先后' })
    files(@Root() row: { id: string }, @Ctx() context: Context): Promise<PlainRow[]> {
      if (!context.actor) return Promise.resolve([])
      let loader = loaders.get(context)
      if (!loader) loaders.set(context, (loader = new DataLoader((ids) => load(ids, context as SignedIn), { maxBatchSize: 500 })))
      return loader.load(row.id)
    }
  }
  return FileResolver
}
