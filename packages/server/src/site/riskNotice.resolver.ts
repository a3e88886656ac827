import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { keeper } from './rights.js'
import { RiskNotice, RiskNoticeFacts } from './riskNotice.entity.js'
import { SignTask } from './sign.entity.js'
import { taskOfState } from './signTasks.js'
import { needOpen, needOwnWorkshop, needPast, needSaid, onRow } from './siteRow.js'
import { addMonths, siteRules } from './siteRules.js'
import { SignState, SignTaskKind, SignTaskStage } from './terms.js'

export const RISK_NOTICES: ListField = {
  name: 'riskNotices',
  target: RiskNotice,
  description: '安全风险公告：公告栏、告知卡、警示牌',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'workshop' }, { field: 'spot' }],
}

/** 安全风险公告制度 (plan, task six): what hangs where, since when, and that somebody looks at it again. */
@Resolver()
export class RiskNoticeResolver {
  @Mutation(() => RiskNotice, { description: '登记风险公告' })
  riskNoticePost(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('unit', () => ID, { nullable: true }) unit: string | undefined,
    @Arg('post', () => ID, { nullable: true }) post: string | undefined,
    @Arg('facts', () => RiskNoticeFacts as never) facts: RiskNoticeFacts,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<RiskNotice> {
    const ctx = keeper(context)
    return act(ctx, 'riskNoticePost', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise, { unit, post })
      needOpen(firm, ctx.now)
      needOwnWorkshop(ctx.actor, place.workshop)
      const notice = Object.assign(new RiskNotice(), place, { createdAt: instant(ctx.now) })
      describe(notice, facts, ctx)
      notice.nextCheckOn = addMonths(notice.sinceOn, (await siteRules(em)).noticeCheckMonths)
      em.persist(notice)
      await attach(em, notice, photos, ctx)
      return notice
    })
  }

  @Mutation(() => RiskNotice, { description: '修改风险公告' })
  riskNoticeEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => RiskNoticeFacts as never) facts: RiskNoticeFacts,
  ): Promise<RiskNotice> {
    const ctx = keeper(context)
    return onRow(ctx, 'riskNoticeEdit', RiskNotice, '风险公告', { id, version }, (notice) => {
      needHanging(notice)
      describe(notice, facts, ctx)
    })
  }

  @Mutation(() => RiskNotice, { description: '检查风险公告；破损或缺失的自动成为待补任务' })
  riskNoticeCheck(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('state', () => SignState) state: SignState,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<RiskNotice> {
    const ctx = keeper(context)
    return onRow(ctx, 'riskNoticeCheck', RiskNotice, '风险公告', { id, version }, async (notice, em) => {
      needHanging(notice)
      const rules = await siteRules(em)
      const today = dayOf(ctx.now)
      Object.assign(notice, { state, checkedOn: today, nextCheckOn: addMonths(today, rules.noticeCheckMonths) })
      await attach(em, notice, photos, ctx)
      await taskOfState(em, ctx, notice, SignTaskKind.NOTICE, rules)
    })
  }

  @Mutation(() => RiskNotice, { description: '撤除风险公告；记录保留' })
  riskNoticeRemove(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<RiskNotice> {
    const ctx = keeper(context)
    const said = needSaid(reason, 'reason', '撤除原因')
    const work = async (notice: RiskNotice, em: SqlEntityManager) => {
      needHanging(notice)
      notice.removedOn = dayOf(ctx.now)
      for (const task of await em.find(SignTask, { notice: id, stage: SignTaskStage.OPEN })) Object.assign(task, { stage: SignTaskStage.VOID, result: said })
    }
    return onRow(ctx, 'riskNoticeRemove', RiskNotice, '风险公告', { id, version }, work, said)
  }
}

function describe(notice: RiskNotice, facts: RiskNoticeFacts, { now }: SignedIn): void {
  const [title, content, spot] = [needSaid(facts.title, 'title', '名称'), needSaid(facts.content, 'content', '公告内容'), needSaid(facts.spot, 'spot', '位置')]
  needPast(facts.sinceOn, now, 'sinceOn')
  Object.assign(notice, { kind: facts.kind, title, content, spot, sinceOn: facts.sinceOn })
}

function needHanging(notice: RiskNotice): void {
  if (notice.removedOn) throw new Refusal('ALREADY', '这份公告已经撤除')
}

async function attach(em: SqlEntityManager, notice: RiskNotice, photos: string[] | undefined, { actor }: SignedIn): Promise<void> {
  await attachTo(em, RiskNotice, notice, photos ?? [], { purpose: AttachmentPurpose.OTHER, field: 'photos', only: 'photo' }, actor)
}
