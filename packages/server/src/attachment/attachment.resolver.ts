import DataLoader from 'dataloader'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Context, SignedIn } from '../shared/context.js'
import type { PlainRow } from '../shared/read/reader.js'
import { scopeSql } from '../shared/read/reading.js'
import { Attachment } from './attachment.entity.js'
import { filesWhere } from './filesWhere.js'
import { attachedSql } from './owners.js'
import type { ListField } from '../shared/read/listField.js'
import { READERS, signedIn } from '../shared/signedIn.js'

/** A file that hangs on no record yet is its sender's alone and in no list. */
export const ATTACHMENTS: ListField = {
  name: 'attachments',
  target: Attachment,
  description: '附件：照片与文书的清单与统计',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  also: ({ actor }) => attachedSql('t', actor),
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

/** Who sees the hazard sees its photos, wherever they were sent from: the scope is that of the hazard. */
function photosOf(ids: readonly string[], ctx: SignedIn): Promise<PlainRow[][]> {
  const scope = scopeSql(Hazard, 'h', ctx.actor.scope)
  return filesWhere(ctx, ids, {
    owner: 'a.hazard_id',
    from: 'attachment a join hazard h on h.id = a.hazard_id',
    where: { sql: `a.hazard_id in (${ids.map(() => '?').join(', ')}) and ${scope.sql}`, params: [...ids, ...scope.params] },
  })
}
