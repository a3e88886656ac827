import DataLoader from 'dataloader'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dataOfThing } from '../shared/datum.js'
import type { PlainRow } from '../shared/read/reader.js'
import { compileSelection, type Selection } from '../shared/read/select.js'
import { scopeSql } from '../shared/read/where.js'
import { Attachment } from './attachment.entity.js'

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
    .filter((datum) => datum.shown && datum.kind !== 'derived' && datum.kind !== 'link')
    .map((datum) => datum.name),
])

/** Who sees the hazard sees its photos, wherever they were sent from: the scope is that of the hazard. */
async function photosOf(ids: readonly string[], { reader, actor }: SignedIn): Promise<PlainRow[][]> {
  const selection: Selection = { target: Attachment, data: FIELDS, links: new Map() }
  const { columns, shape } = compileSelection(selection, 'a', actor.scope)
  const scope = scopeSql(Hazard, 'h', actor.scope)
  const rows = await reader.all(
    `select a.hazard_id as owner, ${columns.join(', ')} from attachment a join hazard h on h.id = a.hazard_id where a.hazard_id in (${ids.map(() => '?').join(', ')}) and ${scope.sql} order by a.round, a.id`,
    [...ids, ...scope.params],
  )
  const byHazard = new Map<string, PlainRow[]>(ids.map((id) => [id, []]))
  for (const row of rows) byHazard.get(row['owner'] as string)!.push(shape(row))
  return ids.map((id) => byHazard.get(id)!)
}
