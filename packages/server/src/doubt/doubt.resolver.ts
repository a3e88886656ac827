import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, monthOf } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { rejudgeSince } from './again.js'
import { Doubt, DoubtSample } from './doubt.entity.js'
import { drawSample } from './sample.js'
import { INSPECTORS, SampleVerdict } from './terms.js'

export const DOUBTS: ListField = {
  name: 'doubts',
  target: Doubt,
  description: '企业自查和隐患整改的可疑分与理由；企业看不到',
  who: (context) => signedIn(context, ...INSPECTORS),
  fallback: [
    { field: 'score', dir: 'DESC' },
    { field: 'doneOn', dir: 'DESC' },
  ],
}
export const DOUBT_SAMPLES: ListField = {
  name: 'doubtSamples',
  target: DoubtSample,
  description: '抽查名单：每月最可疑的几条，加上随机抽取的几条',
  who: (context) => signedIn(context, ...INSPECTORS),
  fallback: [{ field: 'month', dir: 'DESC' }, { field: 'rank' }],
}

/** 疑似敷衍 and the sample that somebody looks at. */
@Resolver(() => Doubt)
export class DoubtResolver {
  @Query(() => Doubt, { nullable: true, description: '一条隐患（最近一轮整改）或一次检查的可疑分；没有评分或无权查看则为空' })
  async doubtOf(
    @Ctx() context: Context,
    @Arg('hazard', () => ID, { nullable: true }) hazard?: string,
    @Arg('check', () => ID, { nullable: true }) check?: string,
  ): Promise<Doubt | null> {
    const { em } = signedIn(context, ...INSPECTORS)
    if (!hazard && !check) return null
    return em.findOne(Doubt, hazard ? { hazard } : { check: check! }, { orderBy: { round: 'desc' } })
  }

  @Mutation(() => Int, { description: '抽取一个月的抽查名单：站所抽自己的，镇安办抽没有站所的或指定站所的；抽过的不再抽' })
  doubtSampleDraw(
    @Ctx() context: Context,
    @Arg('month', () => String, { description: '月份，如 2026-10' }) month: string,
    @Arg('station', () => String, { nullable: true, description: '站所代码（镇安办）' }) code?: string,
  ): Promise<number> {
    const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION')
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Refusal('MONTH', '月份应写成 2026-10 的样子', { field: 'month' })
    if (month > monthOf(dayOf(ctx.now))) throw new Refusal('MONTH_FUTURE', '这个月还没有到', { field: 'month' })
    const station = ctx.actor.role === 'STATION' ? ctx.actor.station : (code ?? undefined)
    if (ctx.actor.role === 'STATION' && code && code !== station) throw forbidden('只能抽取本站所的名单')
    const of = { town: ctx.actor.scope.division.slice(0, 9), station, month }
    return act(ctx, 'doubtSampleDraw', ({ em }) => drawSample(em, of, ctx.now))
  }

  @Mutation(() => DoubtSample, { description: '登记核查结论：确属敷衍，或没有问题' })
  doubtSampleLook(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('verdict', () => SampleVerdict) verdict: SampleVerdict,
    @Arg('remark', () => String, { description: '现场看到的情况' }) remark: string,
  ): Promise<DoubtSample> {
    const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION')
    return act(ctx, 'doubtSampleLook', async ({ em }) => {
      const sample = await em.findOne(DoubtSample, { id })
      if (!sample) throw notFound('抽查')
      if (sample.version !== version) throw conflict()
      sample.look(ctx.actor, ctx.now, verdict, remark)
      return sample
    })
  }

  @Mutation(() => Int, { description: '按现在的规则重新评分；答复有几条变了' })
  doubtsRejudge(@Ctx() context: Context, @Arg('since', () => DayScalar, { description: '从哪一天起的记录' }) since: string): Promise<number> {
    const ctx = entitled(context, Capability.SETTINGS)
    return rejudgeSince(() => ({ em: ctx.em, actor: ctx.actor, now: ctx.now, request: ctx.request }), ctx.actor.scope.division, since)
  }
}
