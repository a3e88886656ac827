import { Arg, Ctx, Field, Float, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { RiskColor } from '../risk/terms.js'
import type { Context } from '../shared/context.js'
import { type Instant, instant } from '../shared/days.js'
import { pastOnly } from '../shared/read/listField.js'
import { whereOf } from '../shared/read/inputs.js'
import { readingOf } from '../shared/read/reading.js'
import { TRUE } from '../shared/read/sql.js'
import { type Where, whereSql } from '../shared/read/where.js'
import { InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { type ColorCounts, RISK_DIMENSIONS, type RiskDimension, riskByPlace, together } from './riskByPlace.js'

const Dimension = Object.fromEntries(RISK_DIMENSIONS.map((name) => [name, name]))
registerEnumType(Dimension, { name: 'RiskDimension', description: '四色统计口径：合计、镇、村、站所、行业' })

const share = { nullable: true, description: '百分比，一位小数；分母为零时为空' }

@ObjectType({ description: '四色计数与占比', simpleResolvers: true })
export class FourColors implements ColorCounts {
  @Field(() => Int) red!: number
  @Field(() => Int) orange!: number
  @Field(() => Int) yellow!: number
  @Field(() => Int) blue!: number
  @Field(() => Float, share) redShare!: number | null
  @Field(() => Float, share) orangeShare!: number | null
  @Field(() => Float, share) yellowShare!: number | null
  @Field(() => Float, share) blueShare!: number | null
}

@ObjectType({ description: '一组企业的四色与双控', simpleResolvers: true })
class RiskFigures {
  @Field(() => String) key!: string
  @Field(() => String) name!: string
  @Field(() => RiskColor, { nullable: true, description: '其中颜色最高的企业' }) color!: RiskColor | undefined
  @Field(() => Int, { description: '在册企业' }) firms!: number
  @Field(() => FourColors, { description: '各色企业' }) firmsBy!: ColorCounts
  @Field(() => Int, { description: '还没有颜色的企业' }) firmsNone!: number
  @Field(() => Int, { description: '在用风险点' }) points!: number
  @Field(() => FourColors, { description: '各色风险点' }) pointsBy!: ColorCounts
  @Field(() => Int, { description: '未评价的风险点' }) pointsUnrated!: number
  @Field(() => Int, { description: '双控覆盖企业：有已评价的风险点，且有已销号的隐患' }) covered!: number
  @Field(() => Float, { nullable: true, description: '双控覆盖率；没有在册企业时为空' }) coverageRate!: number | null
}

@ObjectType({ simpleResolvers: true })
class RiskStatistics {
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => RiskFigures) total!: RiskFigures
  @Field(() => [RiskFigures]) groups!: RiskFigures[]
}

@Resolver()
export class RiskStatisticsResolver {
  @Query(() => RiskStatistics, { description: '四色统计：企业和风险点各色数与占比、双控覆盖率，按镇、村、站所、行业' })
  async riskStatistics(
    @Ctx() context: Context,
    @Arg('by', () => Dimension as never) by: RiskDimension,
    @Arg('where', () => whereOf(Enterprise) as never, { nullable: true, description: '哪些企业' }) where?: Where,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '当时的情况：按变更记录回到那一刻' }) then?: Instant | null,
  ): Promise<RiskStatistics> {
    const ctx = signedIn(context)
    const asOf = pastOnly(then, ctx.now)
    const reading = readingOf(ctx, asOf)
    const filter = where ? whereSql(Enterprise, 'e', where, reading) : TRUE
    const groups = await riskByPlace(ctx.reader, reading, by, filter)
    const table = by === 'STATION' ? 'station' : by === 'TOWN' || by === 'VILLAGE' ? 'division' : undefined
    const names = new Map(table ? (await ctx.reader.all(`select code, name from ${table}`)).map((row) => [row['code'], row['name'] as string]) : [])
    return {
      asOf: asOf ?? instant(ctx.now),
      total: { ...together(groups), name: '合计' },
      groups: (by === 'TOTAL' ? [] : groups).map((group) => ({ ...group, name: names.get(group.key) ?? (group.key || '未分配') })),
    }
  }
}
