import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { Division } from '../division/division.entity.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { openPeriod } from './expected.js'
import { heldTown, onSummary } from './load.js'
import { reportRules } from './rules.js'
import { engineOf, figuresOf, lookIn } from './sheet.js'
import { type Below, Summary, type SummaryWords } from './summary.entity.js'
import { SummaryCorrection } from './summaryParts.entity.js'
import { SummaryLevel, SummaryState } from './terms.js'

@InputType({ description: '工作总结里要写的话；没有给的不变，空的清除' })
export class SummaryWordsInput implements SummaryWords {
  @Field(() => String, { nullable: true, description: '典型做法' }) practice?: string | null
  @Field(() => String, { nullable: true, description: '存在问题' }) problems?: string | null
  @Field(() => String, { nullable: true, description: '下一步打算' }) nextPlan?: string | null
  @Field(() => String, { nullable: true, description: '长效机制（年度）' }) mechanism?: string | null
  @Field(() => String, { nullable: true, description: '2.0 版本工作（年度）' }) upgrade?: string | null
  @Field(() => String, { nullable: true, description: '填报人' }) fillerName?: string | null
}
@InputType({ description: '没有报来或没有审核的下级，及原因' })
export class NamedMissing {
  @Field(() => ID) summary!: string
  @Field(() => String, { description: '原因' }) reason!: string
}

@Resolver()
export class SummaryWritingResolver {
  @Mutation(() => Summary, { description: '填写工作总结（随写随存）' })
  summaryWrite(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('words', () => SummaryWordsInput) words: SummaryWordsInput,
  ): Promise<Summary> {
    return onSummary(context, 'summaryWrite', { id, version }, (summary, { actor }) => summary.write(actor, words))
  }

  @Mutation(() => Summary, { description: '报送工作总结：统计数按此刻的事实固定；镇的须下级都已审核，或写明缺的及原因' })
  summarySubmit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('missing', () => [NamedMissing], { nullable: true }) missing: NamedMissing[] = [],
  ): Promise<Summary> {
    return onSummary(context, 'summarySubmit', { id, version }, async (summary, { actor, now }, { em }) => {
      summary.needOwn(actor)
      const below = summary.level === SummaryLevel.TOWN ? await belowOf(em, summary, missing, now) : []
      const asOf = instant(now)
      const figures = JSON.stringify(await figuresOf(lookIn(em), engineOf(em), summary, asOf, now))
      summary.submit(actor, now, { figures, asOf, below })
      const open = await em.findOne(SummaryCorrection, { summary: id, correctedAt: null })
      if (open) Object.assign(open, { correctedAt: asOf, correctedBy: actor.id, asOfAfter: asOf, figuresAfter: figures })
    })
  }
}

/** Everybody below has been accepted, or is named with a reason; nobody is named who has. */
async function belowOf(em: SqlEntityManager, town: Summary, missing: readonly NamedMissing[], now: Date): Promise<Below[]> {
  await heldTown(em, town)
  const { kind, period, division } = town
  const place = await em.findOneOrFail(Division, { code: division })
  await openPeriod(em, place, { kind, period }, now, await reportRules(em))
  const all = await em.find(
    Summary,
    { kind, period, level: { $ne: SummaryLevel.TOWN }, division: { $like: `${division}%` } },
    { orderBy: { level: 'asc', unit: 'asc' } },
  )
  const reasons = new Map(missing.map(({ summary, reason }) => [summary, reason.trim()]))
  const below = all.map((one): Below => {
    const reason = reasons.get(one.id)
    reasons.delete(one.id)
    const { id, unitName, state, late, submittedAt } = one
    const accepted = state === SummaryState.ACCEPTED
    if (accepted && reason !== undefined) throw new Refusal('NOT_MISSING', `“${unitName}”的总结已经审核，不用列为缺报`, { field: 'missing' })
    if (!accepted && (reason ?? '').length < 2)
      throw new Refusal('BELOW_MISSING', `“${unitName}”的总结还没有审核通过，请先审核，或写明缺报原因`, { field: 'missing', unit: unitName })
    return { summary: id, unitName, state, late, submittedAt: submittedAt ?? null, reason: accepted ? null : reason! }
  })
  if (reasons.size) throw new Refusal('NOT_MISSING', '列为缺报的单位里有不属于这个期间的', { field: 'missing' })
  return below
}
