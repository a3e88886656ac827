import DataLoader from 'dataloader'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dataOfThing } from '../shared/datum.js'
import type { PlainRow } from '../shared/read/reader.js'
import { compileSelection, type Selection } from '../shared/read/select.js'
import { readingOf, scopeSql } from '../shared/read/reading.js'
import { Attachment } from './attachment.entity.js'
import type { ListField } from '../shared/read/listField.js'
import { sql } from '../shared/read/sql.js'
import { READERS, signedIn } from '../shared/signedIn.js'

/** A file that hangs on no record yet is its sender's alone and in no list. */
export const ATTACHMENTS: ListField = {
  name: 'attachments',
  target: Attachment,
  description: '附件：照片与文书的清单与统计',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  also: ({ actor }) => sql`exists (select 1 from hazard ah where ah.id = t.hazard_id and ${scopeSql(Hazard, 'ah', actor.scope)})`,
}

type Photos = DataLoader<string, PlainRow[]>
const loaders = new WeakMap<Context, Photos>()

@Resolver(() => Hazard)
export class HazardPhotosResolver {
  @FieldResolver(() => [Attachment], { description: '照片与文书，按整改轮次、上传先后' })
  photos(@Root() hazard: { id: string }, @Ctx() context: Context): Promise<PlainRow[]> {
    if (!context.actor) return Promise.resolve([])
    let loader = loaders.get(context)
    if (!loader) loaders.set(context, (loader = new DataLoader((ids) => photosOf(ids, context as SignedIn), { maxBatchSize: 500 })))
    return loader.load(hazard.id)
  }
}

const FIELDS = new Set([
  'version',
  ...dataOfThing(Attachment)
    .filter(({ shown, kind }) => shown && !['derived', 'link', 'lookup', 'many'].includes(kind))
    .map((datum) => datum.name),
])

/** Who sees the hazard sees its photos, wherever they were sent from: the scope is that of the hazard. */
async function photosOf(ids: readonly string[], ctx: SignedIn): Promise<PlainRow[][]> {
  const { reader, actor } = ctx
  const selection: Selection = { target: Attachment, data: FIELDS, links: new Map() }
  const { columns, shape } = compileSelection(selection, 'a', readingOf(ctx))
  const scope = scopeSql(Hazard, 'h', actor.scope)
  const rows = await reader.all(
    `select a.hazard_id as owner, ${columns.join(', ')} from attachment a join hazard h on h.id = a.hazard_id where a.hazard_id in (${ids.map(() => '?').join(', ')}) and ${scope.sql} order by a.round, a.id`,
    [...ids, ...scope.params],
  )
  const byHazard = new Map<string, PlainRow[]>(ids.map((id) => [id, []]))
  for (const row of rows) byHazard.get(row['owner'] as string)!.push(shape(row))
  return ids.map((id) => byHazard.get(id)!)
}
