import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import { dayOf, instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { Accident, AccidentFacts } from './accident.entity.js'
import { correct, enter, withdraw } from './recordActs.js'
import { dossierKeeper, dossierReader, needAtWork } from './rights.js'
import { ZeroReport } from './zeroReport.entity.js'

export const ACCIDENTS: ListField = {
  name: 'accidents',
  target: Accident,
  description: '事故台账',
  who: dossierReader,
  fallback: [{ field: 'happenedOn', dir: 'DESC' }],
}

export const ZERO_REPORTS: ListField = {
  name: 'zeroReports',
  target: ZeroReport,
  description: '零事故报告（按月、按年）',
  who: dossierReader,
  fallback: [{ field: 'endsOn', dir: 'DESC' }],
}

/** What is entered of accidents, and of months and years without one. */
@Resolver(() => Accident)
export class AccidentResolver {
  @Mutation(() => Accident, { description: '登记事故' })
  accidentEnter(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('facts', () => AccidentFacts as never) facts: AccidentFacts,
  ): Promise<Accident> {
    return enter(context, 'accidentEnter', Accident, enterprise, facts, settle)
  }

  @Mutation(() => Accident, { description: '更正事故' })
  accidentCorrect(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => AccidentFacts as never) facts: AccidentFacts,
  ): Promise<Accident> {
    return correct(context, 'accidentCorrect', Accident, { id, version }, facts, settle)
  }

  @Mutation(() => Accident, { description: '作废事故，写明原因' })
  accidentVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Accident> {
    return withdraw(context, 'accidentVoid', Accident, { id, version, reason }, settle)
  }

  @Mutation(() => ZeroReport, { description: '零事故报告：这个月（2026-03）或这一年（2026）没有发生事故' })
  zeroReportEnter(@Ctx() context: Context, @Arg('enterprise', () => ID) enterprise: string, @Arg('period', () => String) period: string): Promise<ZeroReport> {
    const ctx = dossierKeeper(context)
    return act(ctx, 'zeroReportEnter', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise)
      needAtWork(firm)
      const report = Object.assign(new ZeroReport(), place, { createdAt: instant(ctx.now), reportedBy: ctx.actor.id })
      report.cover(period.trim(), dayOf(ctx.now))
      if (await em.count(ZeroReport, { enterprise, period: report.period }))
        throw new Refusal('ALREADY', `${report.period} 已经报过零事故`, { field: 'period' })
      const known = await em.count(Accident, { enterprise, voidedOn: null, happenedOn: within(report.period) })
      if (known) throw new Refusal('ACCIDENT_KNOWN', `${report.period} 已登记 ${known} 起事故，不能报零事故`, { field: 'period' })
      em.persist(report)
      return report
    })
  }
}

const within = (period: string) => ({ $gte: period, $lte: `${period}-99` })

/** An accident contradicts the zero reports of its month and year; one that is withdrawn or moved to another day no longer does. */
async function settle(accident: Accident, em: SqlEntityManager): Promise<void> {
  const enterprise = accident.enterprise.id
  const others = await em.find(Accident, { enterprise, voidedOn: null, id: { $ne: accident.id } }, { filters: false })
  const days = [...others, ...(accident.voidedOn ? [] : [accident])].map(({ happenedOn }) => happenedOn)
  for (const report of await em.find(ZeroReport, { enterprise }, { filters: false })) report.contradicted = days.some((day) => day.startsWith(report.period))
}
