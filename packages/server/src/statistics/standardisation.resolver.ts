import { Arg, Ctx, Field, Float, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Context } from '../shared/context.js'
import { type Instant, instant } from '../shared/days.js'
import { countOf } from '../shared/read/list.js'
import { pastOnly } from '../shared/read/listField.js'
import { readingOf } from '../shared/read/reading.js'
import { Rows, WHOLE } from '../shared/read/rows.js'
import { whereOf } from '../shared/read/inputs.js'
import type { Where } from '../shared/read/where.js'
import { InstantScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { worded } from '../shared/words.js'
import { type Indicator, indicators, TASKS } from './indicators.js'
import { inScope } from './riskFigures.js'
import { namesFor } from './standardNames.js'
import { noneOf, type Split, SPLITS, type StandardRow, standardRows } from './standardisation.js'

const Splits = Object.fromEntries(SPLITS.map((name) => [name, name])) as Record<Split, Split>
registerEnumType(Splits, {
  name: 'StandardSplit',
  description: '统计口径',
  valuesConfig: worded<Split>({ TOTAL: '合计', TOWN: '镇', VILLAGE: '村', STATION: '站所', TRADE: '行业', COLOR: '颜色', ENTERPRISE: '企业' }),
})
const Tasks = Object.fromEntries(TASKS.map((name) => [name, name]))
registerEnumType(Tasks, {
  name: 'StandardTask',
  description: '重点任务',
  valuesConfig: worded({
    LISTS: '三张清单',
    DOSSIER: '一企一档',
    RISK: '四色风险',
    FREQUENCY: '差异化检查',
    FIVE_S: '5S',
    SIX_HAVES: '六有',
    HAZARD: '隐患治理',
    LETTER: '告知与承诺',
    ASSESSMENT: '年度自评',
    TRAINING: '培训演练',
    REPORT: '月报报送',
  }),
})

@ObjectType({ description: '一项指标', simpleResolvers: true })
class StandardIndicator {
  @Field(() => String) key!: string
  @Field(() => Tasks) task!: string
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => String, { description: '单位：count 个数、rate 百分比、days 天' }) kind!: string
  @Field(() => String, { description: '统计对象' }) population!: string
}
@ObjectType({ description: '一项指标的值', simpleResolvers: true })
class StandardValue {
  @Field(() => String, { description: '哪一项' }) indicator!: string
  @Field(() => Float, { nullable: true, description: '百分比为一位小数；分母为零时为空' }) value!: number | null
  @Field(() => Int, { nullable: true, description: '分子' }) num!: number | null
  @Field(() => Int, { nullable: true, description: '分母' }) den!: number | null
}
@ObjectType({ description: '一行统计', simpleResolvers: true })
class StandardLine {
  @Field(() => String) key!: string
  @Field(() => String) name!: string
  @Field(() => [StandardValue]) values!: StandardRow['values']
}
@ObjectType({ description: '标准化统计：各模块指标', simpleResolvers: true })
class Standardisation {
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => Int, { description: '在册企业数（统计范围）' }) firms!: number
  @Field(() => [StandardIndicator]) indicators!: Indicator[]
  @Field(() => StandardLine) total!: StandardLine
  @Field(() => [StandardLine]) rows!: StandardLine[]
}

@Resolver()
export class StandardisationResolver {
  @Query(() => Standardisation, { description: '标准化统计：各重点任务的指标，按村、站所、行业、颜色、企业分列' })
  standardisation(
    @Ctx() context: Context,
    @Arg('by', () => Splits as never) by: Split,
    @Arg('where', () => whereOf(Enterprise) as never, { nullable: true, description: '只统计这些企业' }) where?: Where,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '当时的情况：按变更记录回到那一刻' }) then?: Instant | null,
  ): Promise<Standardisation> {
    return standardisation(context, by, where, then)
  }
}

export async function standardisation(context: Context, by: Split, where: Where | undefined, then?: Instant | null): Promise<Standardisation> {
  const ctx = signedIn(context, ...READERS)
  const wanted = indicators()
  const asOf = pastOnly(then, ctx.now)
  const [total] = await standardRows(ctx, wanted, 'TOTAL', where, asOf)
  const rows = by === 'TOTAL' ? [] : await standardRows(ctx, wanted, by, where, asOf)
  const name = await namesFor(ctx, by, rows)
  const empty: StandardRow = { key: '', values: wanted.map(noneOf) }
  return {
    ...{ asOf: asOf ?? instant(ctx.now), indicators: wanted },
    firms: (await countOf(new Rows(Enterprise, ctx, { where, also: inScope('t', readingOf(ctx, asOf)), asOf }))).get(WHOLE)!,
    total: { ...(total ?? empty), name: '合计' },
    rows: rows.map((row) => ({ ...row, name: name(row.key) })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}
