import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Float, ID, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { knownLines } from './evaluate.js'
import { LINES } from './lines.js'
import { findSummary } from './load.js'
import { isSigned, Summary } from './summary.entity.js'
import { ChosenPractice, SummaryTarget } from './summaryParts.entity.js'
import { SummaryKind, SummaryLevel } from './terms.js'

const MOST = 1_000_000

/** What the annual summary has besides: targets of the town, and practice picked from the months. */
@Resolver()
export class SummaryYearResolver {
  @Mutation(() => ChosenPractice, { description: '选用典型做法：从本年已报送的月度总结里选进年度总结' })
  practiceChoose(@Ctx() context: Context, @Arg('summary', () => ID) id: string, @Arg('source', () => ID) sourceId: string): Promise<ChosenPractice> {
    const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION', 'VILLAGE')
    return act(ctx, 'practiceChoose', async ({ em }) => {
      const [annual, source] = [await findSummary({ ...ctx, em }, id), await findSummary({ ...ctx, em }, sourceId)]
      needAnnual(ctx.actor, annual)
      if (source.kind !== SummaryKind.MONTH || source.period.slice(0, 4) !== annual.period || !isSigned(source) || !source.practice)
        throw new Refusal('NO_PRACTICE', '只能选用本年已报送、写有典型做法的月度总结')
      if (await em.count(ChosenPractice, { summary: id, source: sourceId })) throw new Refusal('ALREADY', '这份总结的做法已经选用')
      const { division, station } = annual
      const chosen = Object.assign(new ChosenPractice(), {
        ...{ summary: ref(annual), source: ref(source), division, ...(station ? { station } : {}) },
        ...{ practice: source.practice, createdAt: instant(ctx.now) },
      })
      em.persist(chosen)
      return chosen
    })
  }

  @Mutation(() => Summary, { description: '不再选用' })
  practiceDrop(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Summary> {
    const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION', 'VILLAGE')
    return act(ctx, 'practiceDrop', async ({ em }) => {
      const chosen = await em.findOne(ChosenPractice, { id })
      if (!chosen) throw notFound('选用的做法')
      const annual = await findSummary({ ...ctx, em }, chosen.summary.id)
      needAnnual(ctx.actor, annual)
      em.remove(chosen)
      return annual
    })
  }

  @Mutation(() => SummaryTarget, { nullable: true, description: '定年度目标；空的取消' })
  targetSet(
    @Ctx() context: Context,
    @Arg('year', () => Int) year: number,
    @Arg('line', () => String, { description: '指标' }) line: string,
    @Arg('value', () => Float, { nullable: true, description: '目标值，最多一位小数' }) value?: number,
  ): Promise<SummaryTarget | null> {
    const ctx = signedIn(context, 'TOWN_OFFICE')
    const { division } = ctx.actor.scope
    if (!knownLines(LINES).some(({ key }) => key === line)) throw notFound('指标')
    if (year < 2000 || year > 2100) throw new Refusal('YEAR', '请填写正确的年度', { field: 'year' })
    const tenths = tenthsOf(value)
    return act(ctx, 'targetSet', async ({ em }) => {
      const annual = await em.findOne(Summary, { kind: SummaryKind.YEAR, period: String(year), level: SummaryLevel.TOWN, division })
      if (annual && isSigned(annual)) throw new Refusal('WRONG_STAGE', '本年的工作总结已经报送，目标不能再改')
      const known = await em.findOne(SummaryTarget, { division, year, line })
      if (tenths === undefined) {
        if (known) em.remove(known)
        return null
      }
      const target = known ?? Object.assign(new SummaryTarget(), { division, year, line, createdAt: instant(ctx.now) })
      target.tenths = tenths
      em.persist(target)
      return target
    })
  }
}

function tenthsOf(value: number | undefined): number | undefined {
  if (value == null) return undefined
  const tenths = Math.round(value * 10)
  if (tenths < 0 || tenths > MOST || Math.abs(value * 10 - tenths) > 1e-6)
    throw new Refusal('SETTING_RANGE', '目标值应在 0 至 100000 之间，最多一位小数', { field: 'value' })
  return tenths
}

function needAnnual(by: Parameters<Summary['needOwn']>[0], annual: Summary): void {
  annual.needOwn(by)
  if (annual.kind !== SummaryKind.YEAR || isSigned(annual)) throw new Refusal('WRONG_STAGE', '只能在还没有报送的年度总结里选用')
}
