import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { STANDARD_REQUIREMENTS } from './postFacts.js'
import { PostEvidence, PostRequirement, PostStanding, SiteStanding } from './postStanding.entity.js'
import { restand } from './restand.js'
import { keeper } from './rights.js'
import { needOpen, needOwnWorkshop, needPast, needSaid, onRow } from './siteRow.js'
import { PostEvidenceKind, PostFact } from './terms.js'

const who = (context: Context) => signedIn(context, ...READERS)
export const POST_REQUIREMENTS: ListField = {
  ...{ name: 'postRequirements', target: PostRequirement, description: '岗位达标的条件', who },
  fallback: [{ field: 'createdAt' }],
}
export const POST_EVIDENCES: ListField = {
  ...{ name: 'postEvidences', target: PostEvidence, description: '岗位达标的证明：检查卡、培训、操作规程', who },
  fallback: [{ field: 'heldOn', dir: 'DESC' }],
}
export const POST_STANDINGS: ListField = {
  ...{ name: 'postStandings', target: PostStanding, description: '岗位达标：每个岗位达标与否，差在哪里', who },
  fallback: [{ field: 'workshop' }, { field: 'createdAt' }],
}
export const SITE_STANDINGS: ListField = {
  ...{ name: 'siteStandings', target: SiteStanding, description: '企业现场达标：5S、六有、岗位达标', who },
  fallback: [{ field: 'division' }, { field: 'createdAt' }],
}

@Resolver()
export class PostStandingResolver {
  @Mutation(() => PostEvidence, { description: '登记岗位达标的证明' })
  postEvidenceRecord(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('post', () => ID) post: string,
    @Arg('kind', () => PostEvidenceKind) kind: PostEvidenceKind,
    @Arg('heldOn', () => DayScalar) heldOn: string,
    @Arg('persons', () => Int, { nullable: true }) persons?: number,
    @Arg('note', () => String, { nullable: true }) note?: string,
    @Arg('files', () => [ID], { nullable: true }) files?: string[],
  ): Promise<PostEvidence> {
    const ctx = keeper(context)
    return act(ctx, 'postEvidenceRecord', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise, { post })
      needOpen(firm, ctx.now)
      needOwnWorkshop(ctx.actor, place.workshop)
      needPast(heldOn, ctx.now, 'heldOn')
      if (persons != null && persons < 0) throw new Refusal('HEADCOUNT', '人数不能是负数', { field: 'persons' })
      if (kind === PostEvidenceKind.TRAINED && persons == null) throw new Refusal('MISSING', '请填写培训人数', { field: 'persons' })
      const evidence = Object.assign(new PostEvidence(), place, { kind, heldOn, recordedBy: ctx.actor.id, createdAt: instant(ctx.now) })
      if (persons != null) evidence.persons = persons
      if (note?.trim()) evidence.note = note.trim()
      em.persist(evidence)
      await attachTo(em, PostEvidence, evidence, files ?? [], { purpose: AttachmentPurpose.OTHER, field: 'files' }, ctx.actor)
      await restand(em, ctx.actor, ctx.now, firm)
      return evidence
    })
  }

  @Mutation(() => PostEvidence, { description: '撤回岗位证明（登记有误），写明原因' })
  postEvidenceWithdraw(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<PostEvidence> {
    const ctx = keeper(context)
    const said = needSaid(reason, 'reason', '撤回原因')
    const work = (evidence: PostEvidence) => {
      if (evidence.withdrawnOn) throw new Refusal('ALREADY', '这份证明已经撤回')
      evidence.withdrawnOn = dayOf(ctx.now)
    }
    return onRow(ctx, 'postEvidenceWithdraw', PostEvidence, '岗位证明', { id, version }, work, said)
  }

  @Mutation(() => PostRequirement, { description: '改定岗位达标的一个条件；次日起各岗位按新条件重算' })
  postRequirementSet(
    @Ctx() context: Context,
    @Arg('fact', () => PostFact) fact: PostFact,
    @Arg('version', () => Int) version: number,
    @Arg('active', () => Boolean) active: boolean,
    @Arg('days', () => Int, { nullable: true }) days: number | undefined,
    @Arg('reason', () => String) reason: string,
  ): Promise<PostRequirement> {
    const ctx = entitled(context, Capability.SETTINGS)
    const said = needSaid(reason, 'reason', '修改原因')
    if (days != null && (days < 1 || days > 3650)) throw new Refusal('SETTING_RANGE', '天数应在 1 至 3650 之间', { field: 'days' })
    const work = async ({ em }: Pick<Context, 'em'>) => {
      const kept = await em.findAll(PostRequirement)
      // The first change writes down all of them, so that what counts is on record.
      if (!kept.length) kept.push(...STANDARD_REQUIREMENTS.map((one) => Object.assign(new PostRequirement(), one, { createdAt: instant(ctx.now) })))
      em.persist(kept)
      const requirement = kept.find((one) => one.fact === fact)!
      if ((requirement.version ?? 0) !== version) throw conflict()
      requirement.active = active
      if (days != null) requirement.days = days
      else delete requirement.days
      return requirement
    }
    return act(ctx, 'postRequirementSet', work, said)
  }
}
