import { type Ref, ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { needTownOpen, onSummary } from './load.js'
import { periodText } from './period.js'
import * as may from './rights.js'
import { isSigned, Summary } from './summary.entity.js'
import { SummaryChase, SummaryCorrection } from './summaryParts.entity.js'

/** What the level above does with a summary. */
@Resolver()
export class SummaryReviewResolver {
  @Mutation(() => Summary, { description: '审核通过' })
  summaryAccept(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Summary> {
    return onSummary(context, 'summaryAccept', { id, version }, (summary, { actor, now }) => summary.accept(actor, now))
  }

  @Mutation(() => Summary, { description: '退回重报' })
  summaryReturn(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String, { description: '退回原因' }) reason: string,
  ): Promise<Summary> {
    return onSummary(
      context,
      'summaryReturn',
      { id, version },
      async (summary, { actor }, { em }) => {
        summary.giveBack(actor, reason, false)
        await needTownOpen(em, summary)
      },
      reason.trim(),
    )
  }

  @Mutation(() => Summary, { description: '重开更正：已审核的由上一级重开，原数留在更正记录里' })
  summaryReopen(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String, { description: '重开原因' }) reason: string,
  ): Promise<Summary> {
    return onSummary(
      context,
      'summaryReopen',
      { id, version },
      async (summary, { actor, now }, { em }) => {
        summary.giveBack(actor, reason, true)
        await needTownOpen(em, summary)
        summary.corrections += 1
        em.persist(correctionOf(summary, actor, now))
      },
      reason.trim(),
    )
  }

  @Mutation(() => Summary, { description: '催报：留下记录' })
  summaryChase(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('words', () => String, { nullable: true, description: '催报内容；不写时用通用的话' }) words?: string,
  ): Promise<Summary> {
    return onSummary(context, 'summaryChase', { id, version }, async (summary, { actor, now }, { em }) => {
      if (!may.judge(actor, summary)) throw forbidden('催报由上一级办理')
      if (isSigned(summary)) throw new Refusal('WRONG_STAGE', '这份总结已经报来，不用催')
      const today = dayOf(now)
      const chased = await em.find(SummaryChase, { summary: id }, { orderBy: { chasedAt: 'desc' }, limit: 1 })
      if (chased[0] && dayOf(chased[0].chasedAt) === today) throw new Refusal('ALREADY', '今天已经催过')
      const said = words?.trim().slice(0, 200) || `请尽快报送${periodText(summary)}工作总结（期限 ${summary.dueOn}）`
      em.persist(
        Object.assign(new SummaryChase(), {
          ...placeOf(summary),
          ...{ words: said, chasedBy: actor.id, chasedByName: actor.name.slice(0, 40), chasedAt: instant(now), createdAt: instant(now) },
        }),
      )
      summary.chases += 1
    })
  }
}

export const placeOf = (summary: Summary): { summary: Ref<Summary>; division: string; station?: string } => ({
  summary: ref(summary),
  division: summary.division,
  ...(summary.station ? { station: summary.station } : {}),
})

export const correctionOf = (
  summary: Summary,
  by: { id: string; name: string },
  now: Date,
  blank: new () => SummaryCorrection = SummaryCorrection,
): SummaryCorrection =>
  Object.assign(new blank(), {
    ...placeOf(summary),
    ...{ reason: summary.returnReason!, reopenedBy: by.id, reopenedByName: by.name.slice(0, 40), reopenedAt: instant(now), createdAt: instant(now) },
    ...{ asOfBefore: summary.asOf!, figuresBefore: summary.figures!, hashBefore: summary.sha256! },
  })
