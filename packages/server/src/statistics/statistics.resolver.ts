import { Arg, Ctx, Field, Float, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Context } from '../shared/context.js'
import { addDays, type Instant, instant } from '../shared/days.js'
import type { PlainRow } from '../shared/read/reader.js'
import { pastOnly } from '../shared/read/listField.js'
import { whereOf } from '../shared/read/inputs.js'
import { readingOf } from '../shared/read/reading.js'
import { type Where, whereSql } from '../shared/read/where.js'
import { Refusal } from '../shared/refusal.js'
import { DayScalar, InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { askerOf } from '../shared/read/ask.js'
import { type Dimension, DIMENSIONS, type Figures, figuresBy, flowByMonth } from './figures.js'

const FigureDimension = Object.fromEntries(DIMENSIONS.map((name) => [name, name]))
registerEnumType(FigureDimension, { name: 'FigureDimension', description: '统计口径：合计、镇、村、站所、行业、月份' })

const rate = { nullable: true, description: '百分比，一位小数；分母为零时为空' }

@ObjectType({ description: '一组隐患的统计（公式见帮助页）', simpleResolvers: true })
class HazardFigures {
  @Field(() => String) key!: string
  @Field(() => String) name!: string
  @Field(() => Int, { description: '发现（已登记，不含作废、移送）' }) found!: number
  @Field(() => Int, { description: '已销号' }) closed!: number
  @Field(() => Int, { description: '未销号' }) open!: number
  @Field(() => Int, { description: '逾期未改' }) overdue!: number
  @Field(() => Int, { description: '已移送' }) transferred!: number
  @Field(() => Int, { description: '重大隐患' }) majorFound!: number
  @Field(() => Int, { description: '重大隐患已销号' }) majorClosed!: number
  @Field(() => Int, { description: '重大隐患未销号' }) majorOpen!: number
  @Field(() => Float, rate) rectificationRate!: number | null
  @Field(() => Float, rate) onTimeRate!: number | null
  @Field(() => Float, rate) firstDeadlineRate!: number | null
  @Field(() => Float, rate) firstPassRate!: number | null
  @Field(() => Float, rate) majorCloseRate!: number | null
  @Field(() => Float, { nullable: true, description: '平均整改天数' }) averageDays!: number | null
  @Field(() => Float, { nullable: true, description: '整改天数中位数' }) medianDays!: number | null
}

@ObjectType({ simpleResolvers: true })
class HazardStatistics {
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => HazardFigures) total!: HazardFigures
  @Field(() => [HazardFigures]) groups!: HazardFigures[]
}

@ObjectType({ simpleResolvers: true })
class MonthFlow {
  @Field(() => String) month!: string
  @Field(() => Int, { description: '当月发现' }) found!: number
  @Field(() => Int, { description: '当月销号' }) closed!: number
}

const EMPTY: Figures = {
  key: '',
  found: 0,
  closed: 0,
  open: 0,
  overdue: 0,
  transferred: 0,
  majorFound: 0,
  majorClosed: 0,
  majorOpen: 0,
  rectificationRate: null,
  onTimeRate: null,
  firstDeadlineRate: null,
  firstPassRate: null,
  majorCloseRate: null,
  averageDays: null,
  medianDays: null,
}

@Resolver()
export class StatisticsResolver {
  @Query(() => HazardStatistics, { description: '隐患统计：整改率、按期率、逾期、平均天数 …' })
  async hazardStatistics(
    @Ctx() context: Context,
    @Arg('by', () => FigureDimension as never) by: Dimension,
    @Arg('where', () => whereOf(Hazard) as never, { nullable: true }) where?: Where,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '当时的情况：按变更记录回到那一刻' }) then?: Instant | null,
  ): Promise<HazardStatistics> {
    const ctx = signedIn(context)
    const { actor, reader, now } = ctx
    const asOf = pastOnly(then, now)
    const reading = readingOf(ctx, asOf)
    const filter = whereSql(Hazard, 't', where, reading)
    const { today } = reading
    const [total] = await figuresBy(reader, actor.scope, 'TOTAL', today, filter, askerOf(ctx), asOf)
    const groups = by === 'TOTAL' ? [] : await figuresBy(reader, actor.scope, by, today, filter, askerOf(ctx), asOf)
    const names = await namesOf(reader, by)
    return { asOf: asOf ?? instant(now), total: { ...(total ?? EMPTY), name: '合计' }, groups: groups.map((group) => ({ ...group, name: names(group.key) })) }
  }

  @Query(() => [MonthFlow], { description: '逐月发现与销号' })
  async hazardFlow(
    @Ctx() context: Context,
    @Arg('from', () => DayScalar, { nullable: true }) from?: string,
    @Arg('to', () => DayScalar, { nullable: true }) to?: string,
    @Arg('where', () => whereOf(Hazard) as never, { nullable: true }) where?: Where,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '当时的情况：按变更记录回到那一刻' }) then?: Instant | null,
  ): Promise<MonthFlow[]> {
    const ctx = signedIn(context)
    const { actor, reader, now } = ctx
    const asOf = pastOnly(then, now)
    const reading = readingOf(ctx, asOf)
    const until = to ?? reading.today
    const since = from ?? `${addDays(until, -330).slice(0, 7)}-01`
    if (since > until) throw new Refusal('BAD_RANGE', '开始日期不能晚于结束日期', { field: 'from' })
    return flowByMonth(reader, actor.scope, since, until, whereSql(Hazard, 't', where, reading), askerOf(ctx), asOf)
  }
}

/** The words for a group's key: a village's name, a station's; a trade and a month speak for themselves. */
async function namesOf(reader: { all(sql: string): Promise<PlainRow[]> }, by: Dimension): Promise<(key: string) => string> {
  const table = by === 'STATION' ? 'station' : by === 'TOWN' || by === 'VILLAGE' ? 'division' : undefined
  if (!table) return (key) => key || '未分配'
  const names = new Map((await reader.all(`select code, name from ${table}`)).map((row) => [row['code'] as string, row['name'] as string]))
  return (key) => names.get(key) ?? (key || '未分配')
}
