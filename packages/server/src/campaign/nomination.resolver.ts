import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { v7 as uuid } from 'uuid'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { Division, Station, townOf } from '../division/division.entity.js'
import { standing } from '../enterprise/standing.js'
import { Post } from '../enterprise/workshop.entity.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Campaign } from './campaign.entity.js'
import { loadCampaign } from './office.js'
import { Nomination, Showcase } from './nomination.entity.js'
import { LOOKERS, NominationKind, NominationStage } from './terms.js'

const NOMINATORS = ['STATION', 'TOWN_OFFICE'] as const
const MOST_PHOTOS = 9

/** 标杆企业、示范岗位: nominated by the station, collected by the town office, shown to everybody. */
@Resolver(() => Nomination)
export class NominationResolver {
  @Query(() => Nomination, { description: '一份推荐' })
  async nomination(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Nomination> {
    const nomination = await signedIn(context, ...LOOKERS).em.findOne(Nomination, { id })
    if (!nomination) throw notFound('推荐')
    return nomination
  }

  @FieldResolver(() => Boolean, { description: '我可以修改和上报' })
  mine(@Root() { stage }: Nomination, @Ctx() { actor }: Context): boolean {
    return !!actor && (NOMINATORS as readonly string[]).includes(actor.role) && (stage === NominationStage.DRAFT || stage === NominationStage.RETURNED)
  }

  @Mutation(() => Nomination, { description: '推荐标杆企业或示范岗位（草稿）' })
  nominationCreate(
    @Ctx() context: Context,
    @Arg('campaign', () => ID) campaignId: string,
    @Arg('kind', () => NominationKind) kind: NominationKind,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('title', () => String) title: string,
    @Arg('experience', () => String) experience: string,
    @Arg('unit', () => ID, { nullable: true }) unit?: string | null,
    @Arg('post', () => ID, { nullable: true }) post?: string | null,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[] | null,
  ): Promise<Nomination> {
    const ctx = signedIn(context, ...NOMINATORS)
    return act(ctx, 'nominationCreate', async ({ em }) => {
      const campaign = await loadCampaign(em, ctx.actor, campaignId)
      campaign.needRunning('推荐')
      const { firm, place } = await standing(em, enterprise, { unit, post })
      if (firm.closedOn) throw new Refusal('ENTERPRISE_CLOSED', '该企业已停业或迁出，不能推荐', { field: 'enterprise' })
      if (kind === NominationKind.POST && !place.post) throw new Refusal('MISSING', '示范岗位请选择岗位', { field: 'post' })
      const { workshop: _part, ...where } = place
      if (await em.count(Nomination, { campaign: campaignId, kind, enterprise: firm.id, post: post ?? null }))
        throw new Refusal('NOMINATED', '已经推荐过了，请打开原来的推荐', { field: kind === NominationKind.POST ? 'post' : 'enterprise' })
      const nomination = Object.assign(new Nomination(), { campaign: ref(campaign), kind, ...where, nominatedBy: ctx.actor.id, createdAt: instant(ctx.now) })
      nomination.describe(title, experience)
      em.persist(nomination)
      await takePhotos(em, ctx, nomination, photos ?? [])
      return nomination
    })
  }

  @Mutation(() => Nomination, { description: '修改推荐；新照片加在后面，不要的照片删去' })
  nominationEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('title', () => String) title: string,
    @Arg('experience', () => String) experience: string,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[] | null,
    @Arg('without', () => [ID], { nullable: true, description: '删去的照片' }) without?: string[] | null,
  ): Promise<Nomination> {
    return onNomination(context, 'nominationEdit', { id, version }, async (nomination, em, ctx) => {
      nomination.describe(title, experience)
      await dropPhotos(em, nomination, [...new Set(without ?? [])])
      await takePhotos(em, ctx, nomination, photos ?? [])
    })
  }

  @Mutation(() => Nomination, { description: '上报镇安办' })
  nominationSubmit(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Nomination> {
    return onNomination(context, 'nominationSubmit', { id, version }, (nomination, _em, { now }) => nomination.submit(now))
  }

  @Mutation(() => Nomination, { description: '镇安办审核：采用并公布，或写明原因退回' })
  nominationDecide(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('accepted', () => Boolean) accepted: boolean,
    @Arg('remark', () => String, { nullable: true }) remark?: string | null,
  ): Promise<Nomination> {
    return onNomination(context, 'nominationDecide', { id, version }, async (nomination, em, { actor, now }) => {
      nomination.decide(actor, now, accepted, remark ?? '')
      if (accepted) await publish(em, nomination, now)
    })
  }
}

function onNomination(
  context: Context,
  name: string,
  { id, version }: { id: string; version: number },
  work: (nomination: Nomination, em: SqlEntityManager, ctx: SignedIn) => void | Promise<void>,
): Promise<Nomination> {
  const ctx = signedIn(context, ...NOMINATORS)
  return act(ctx, name, async ({ em }) => {
    const nomination = await em.findOne(Nomination, { id })
    if (!nomination) throw notFound('推荐')
    if (nomination.version !== version) throw conflict()
    const campaign = await em.findOneOrFail(Campaign, { id: nomination.campaign.id })
    campaign.needRunning('办理推荐')
    await work(nomination, em, ctx)
    return nomination
  })
}

async function takePhotos(em: SqlEntityManager, { actor }: SignedIn, nomination: Nomination, ids: readonly string[]): Promise<void> {
  if (nomination.photos + ids.length > MOST_PHOTOS) throw new Refusal('TOO_MANY_PHOTOS', `最多 ${MOST_PHOTOS} 张照片`, { field: 'photos' })
  const given = await attachTo(em, Nomination, nomination, ids, { purpose: AttachmentPurpose.EVIDENCE, field: 'photos', only: 'photo' }, actor)
  nomination.photos += given.length
}

async function dropPhotos(em: SqlEntityManager, nomination: Nomination, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  const own = await em.find(Attachment, { id: { $in: [...ids] }, ofThing: 'Nomination', ofRecord: nomination.id })
  if (own.length < ids.length) throw new Refusal('NOT_FOUND', notFound('照片').message, { field: 'photos' })
  em.remove(own)
  nomination.photos -= own.length
}

/** The published copy has photos of its own: the same bytes, seen by everybody who has signed in. */
async function publish(em: SqlEntityManager, nomination: Nomination, now: Date): Promise<void> {
  const { firm } = await standing(em, nomination.enterprise.id)
  const village = await em.findOne(Division, { code: firm.division })
  const station = firm.station ? await em.findOne(Station, { code: firm.station }) : undefined
  const post = nomination.post ? await em.findOne(Post, { id: nomination.post.id }) : undefined
  const showcase = Showcase.of(nomination, now, {
    ...{ division: townOf(firm.division), enterpriseName: firm.name, villageName: village?.name ?? firm.division, nomination: ref(nomination) },
    ...(station ? { stationName: station.name } : {}),
    ...(firm.trade ? { trade: firm.trade } : {}),
    ...(post ? { postName: `${post.workshop} ${post.name}` } : {}),
  })
  em.persist(showcase)
  const photos = await em.find(Attachment, { ofThing: 'Nomination', ofRecord: nomination.id }, { orderBy: { createdAt: 'asc', id: 'asc' } })
  for (const { name, mime, bytes, width, height, sha256, uploadedBy } of photos)
    em.persist(
      Object.assign(new Attachment(), {
        ...{ id: uuid(), ofThing: 'Showcase', ofRecord: showcase.id, purpose: AttachmentPurpose.EVIDENCE, division: firm.division, createdAt: instant(now) },
        ...{ name, mime, bytes, sha256, uploadedBy, ...(width == null ? {} : { width }), ...(height == null ? {} : { height }) },
        ...(firm.station ? { station: firm.station } : {}),
        enterpriseId: firm.id,
      }),
    )
}
