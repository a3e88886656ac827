import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { Attachment } from '../attachment/attachment.entity.js'
import { Post } from '../enterprise/workshop.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardFactor } from '../hazard/terms.js'
import type { Context, SignedIn } from '../shared/context.js'
import { type ThingClass, thingOf } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { FiveSScore } from './fiveSAudit.entity.js'
import { raise } from './raise.js'
import { auditor, doer, witness } from './rights.js'
import { SignTask } from './sign.entity.js'
import { needOpenTask } from './signTask.resolver.js'
import { onRow, type SiteRow, spotOf } from './siteRow.js'
import { SignTaskStage, VIOLATION_NAME } from './terms.js'
import { Violation } from './violation.entity.js'

type Source = SiteRow & { hazard?: unknown }

/** 一键转隐患: text, place and photos are carried over, and each knows the other. */
@Resolver()
export class SiteHazardResolver {
  @Mutation(() => Hazard, { description: '5S低分项转为隐患；文字、部位、照片一并带过去' })
  fiveSScoreToHazard(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Hazard> {
    const ctx = auditor(context)
    return onRow(ctx, 'fiveSScoreToHazard', FiveSScore, '5S检查项', { id, version }, async (score, em) => {
      const item = await score.item.loadOrFail()
      const audit = await score.audit.loadOrFail()
      if (audit.voidedOn) throw new Refusal('ALREADY', '这份审核已经作废')
      if (!score.bad) throw new Refusal('NOT_BAD', '只有低分项才转为隐患')
      return make(em, ctx, FiveSScore, score, {
        description: score.note ? `${score.note}（5S检查项：${item.text}）` : `5S不符合：${item.text}`,
        spot: undefined,
      })
    }) as Promise<Hazard>
  }

  @Mutation(() => Hazard, { description: '三违转为隐患' })
  violationToHazard(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Hazard> {
    const ctx = witness(context)
    return onRow(ctx, 'violationToHazard', Violation, '三违记录', { id, version }, (violation, em) => {
      if (violation.voidedOn) throw new Refusal('ALREADY', '这条三违记录已经作废')
      const description = `${VIOLATION_NAME[violation.kind]}：${violation.what}`
      return make(em, ctx, Violation, violation, { description, spot: violation.spot, factor: HazardFactor.PERSON })
    }) as Promise<Hazard>
  }

  @Mutation(() => Hazard, { description: '现场任务转为隐患，按隐患的期限和复查办理' })
  signTaskToHazard(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Hazard> {
    const ctx = context.actor?.role === 'POST' ? doer(context) : auditor(context)
    return onRow(ctx, 'signTaskToHazard', SignTask, '现场任务', { id, version }, async (task, em) => {
      needOpenTask(task)
      const hazard = await make(em, ctx, SignTask, task, { description: task.what, spot: task.spot })
      Object.assign(task, { stage: SignTaskStage.HAZARD, doneBy: ctx.actor.id, doneOn: dayOf(ctx.now) })
      return hazard
    }) as Promise<Hazard>
  }
}

async function make(
  em: SqlEntityManager,
  ctx: SignedIn,
  target: ThingClass,
  row: Source,
  told: { description: string; spot: string | undefined; factor?: HazardFactor },
): Promise<Hazard> {
  if (row.hazard) throw new Refusal('ALREADY', '已经转为隐患，请在隐患里办理')
  const firm = await row.enterprise.loadOrFail()
  const post = row.post && (await em.findOne(Post, { id: row.post.id }))
  const photos = await em.find(Attachment, { ofThing: thingOf(target).name, ofRecord: row.id })
  const { spot, ...facts } = told
  const place = { place: spotOf(row, spot), ...(row.workshop ? { workshop: row.workshop } : {}), ...(post ? { post: post.name } : {}) }
  const hazard = await raise(em, ctx, firm as never, { ...facts, ...place }, photos)
  row.hazard = ref(hazard)
  return hazard
}
