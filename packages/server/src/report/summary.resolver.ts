import { Arg, Ctx, Field, FieldResolver, Float, ID, ObjectType, Query, registerEnumType, Resolver, Root } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import { type Instant, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { InstantScalar } from '../shared/scalars.js'
import { both } from '../shared/read/sql.js'
import { worded } from '../shared/words.js'
import './figures.js'
import { atMost, GROUP_NAME, GROUPS, reached } from './lines.js'
import { findSummary } from './load.js'
import { before, type Period } from './period.js'
import { readable, readableThrough, summaryReader } from './rights.js'
import { figuresOf, type FrozenLine, linesIn, lookFor } from './sheet.js'
import { type Below, isSigned, Summary } from './summary.entity.js'
import { ChosenPractice, SummaryChase, SummaryCorrection, SummaryTarget } from './summaryParts.entity.js'
import { SummaryKind, SummaryLevel, SummaryState } from './terms.js'

export const SUMMARIES: ListField<{ search?: string }> = {
  name: 'summaries',
  target: Summary,
  description: '工作总结：每月、每年各站所、村、镇的报送情况',
  who: summaryReader,
  fallback: [{ field: 'period', dir: 'DESC' }, { field: 'level' }, { field: 'unit' }],
  args: { search: ['String', '报送单位'] },
  also: (ctx, { search }) => both(readable(ctx), searchSql(search, ['unitName'], ctx.reader.engine)),
}
const hanging = (name: string, target: ListField['target'], description: string, ...fallback: ListField['fallback']): ListField => ({
  ...{ name, target, description, fallback, who: summaryReader },
  also: (ctx) => readableThrough(ctx),
})
export const SUMMARY_CORRECTIONS = hanging('summaryCorrections', SummaryCorrection, '总结更正记录：更正前后、原因、办理人', {
  field: 'reopenedAt',
  dir: 'DESC',
})
export const SUMMARY_CHASES = hanging('summaryChases', SummaryChase, '催报记录', { field: 'chasedAt', dir: 'DESC' })
export const CHOSEN_PRACTICES = hanging('chosenPractices', ChosenPractice, '年度总结选用的典型做法', { field: 'createdAt' })
export const SUMMARY_TARGETS: ListField = {
  name: 'summaryTargets',
  target: SummaryTarget,
  description: '年度目标',
  who: summaryReader,
  fallback: [{ field: 'year', dir: 'DESC' }, { field: 'line' }],
}

const Groups = Object.fromEntries(GROUPS.map((name) => [name, name]))
registerEnumType(Groups, { name: 'SummaryPart', description: '工作总结里统计数的分类', valuesConfig: worded(GROUP_NAME) })

@ObjectType({ description: '工作总结的一项统计数', simpleResolvers: true })
export class SummaryLine {
  @Field(() => Groups) group!: string
  @Field(() => String) key!: string
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => String, { description: '单位' }) unit!: string
  @Field(() => Float, { nullable: true, description: '分母为零时为空' }) value!: number | null
  @Field(() => Float, { nullable: true, description: '上一期（报送时）；没有报送时为空' }) before!: number | null
  @Field(() => Float, { nullable: true, description: '年度目标' }) target!: number | null
  @Field(() => Boolean, { description: '目标是至多；否则是至少' }) atMost!: boolean
  @Field(() => Boolean, { nullable: true, description: '目标是否完成；没有目标或没有统计数时为空' }) reached!: boolean | null
}
@ObjectType({ description: '下级的报送情况', simpleResolvers: true })
export class SummaryBelow {
  @Field(() => ID) summary!: string
  @Field(() => String) unitName!: string
  @Field(() => SummaryState) state!: SummaryState
  @Field(() => Boolean) late!: boolean
  @Field(() => InstantScalar, { nullable: true }) submittedAt!: string | null
  @Field(() => String, { nullable: true, description: '列为缺报的原因' }) reason!: string | null
}
@ObjectType({ description: '工作总结的统计数：已报送的是报送时的，没有报送的是现在的', simpleResolvers: true })
export class SummarySheet {
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => Boolean, { description: '已随报送固定' }) frozen!: boolean
  @Field(() => [SummaryLine]) lines!: SummaryLine[]
  @Field(() => [SummaryBelow], { description: '镇的总结：各下级' }) below!: SummaryBelow[]
}

function changedIn({ figuresBefore, figuresAfter }: SummaryCorrection): CorrectedLine[] {
  if (!figuresAfter) return []
  const before = new Map(linesIn(figuresBefore).map(({ key, value }) => [key, value]))
  return linesIn(figuresAfter)
    .map(({ key, label, unit, value }) => ({ key, label, unit, before: before.get(key) ?? null, after: value }))
    .filter((line) => line.before !== line.after)
}

@ObjectType({ description: '更正的一项', simpleResolvers: true })
export class CorrectedLine {
  @Field(() => String) key!: string
  @Field(() => String) label!: string
  @Field(() => String) unit!: string
  @Field(() => Float, { nullable: true, description: '更正前' }) before!: number | null
  @Field(() => Float, { nullable: true, description: '更正后' }) after!: number | null
}
@ObjectType({ description: '一次更正：原因、办理人、前后不同的统计数', simpleResolvers: true })
export class Corrected {
  @Field(() => String) reason!: string
  @Field(() => String, { description: '重开人' }) reopenedByName!: string
  @Field(() => InstantScalar) reopenedAt!: string
  @Field(() => InstantScalar, { description: '更正前统计时点' }) asOfBefore!: string
  @Field(() => InstantScalar, { nullable: true, description: '更正后统计时点；还没有重报时为空' }) asOfAfter!: string | null
  @Field(() => [CorrectedLine], { description: '前后不同的；还没有重报时为空' }) changed!: CorrectedLine[]
}

/** What stands on the page: frozen when signed, live before, anew as of an instant when that is asked for. */
export async function sheetOf(ctx: SignedIn, summary: Summary, asOf?: Instant): Promise<SummarySheet> {
  const { now, em } = ctx
  const kept = isSigned(summary) && !asOf
  const at = kept ? summary.asOf! : asOf && asOf < instant(now) ? asOf : instant(now)
  const lines = kept ? linesIn(summary.figures) : await figuresOf(lookFor(ctx), ctx.reader.engine, summary, at, now)
  const { level, division, unit } = summary
  const last = await em.findOne(Summary, { level, division, unit, ...before(summary as Period) })
  const beside = last && isSigned(last) ? linesIn(last.figures) : []
  const targets =
    summary.kind === SummaryKind.YEAR && level === SummaryLevel.TOWN ? await em.find(SummaryTarget, { division, year: Number(summary.period) }) : []
  return { asOf: at, frozen: kept, lines: lines.map(shown(beside, targets)), below: await belowNow(ctx, summary, kept) }
}

const shown =
  (beside: readonly FrozenLine[], targets: readonly SummaryTarget[]) =>
  (line: FrozenLine): SummaryLine => {
    const { key, value } = line
    const tenths = targets.find((one) => one.line === key)?.tenths
    const target = tenths === undefined ? null : tenths / 10
    return { ...line, before: beside.find((one) => one.key === key)?.value ?? null, target, atMost: atMost(key), reached: reached(key, value, target) }
  }

async function belowNow({ em, actor }: SignedIn, summary: Summary, kept: boolean): Promise<SummaryBelow[]> {
  if (summary.level !== SummaryLevel.TOWN) return []
  if (kept) return JSON.parse(summary.below ?? '[]') as Below[]
  if (actor.role === 'COUNTY') return []
  const { kind, period, division } = summary
  const all = await em.find(
    Summary,
    { kind, period, level: { $ne: SummaryLevel.TOWN }, division: { $like: `${division}%` } },
    { orderBy: { level: 'asc', unit: 'asc' } },
  )
  return all.map(({ id, unitName, state, late, submittedAt }) => ({ summary: id, unitName, state, late, submittedAt: submittedAt ?? null, reason: null }))
}

@Resolver(() => Summary)
export class SummaryResolver {
  @Query(() => Summary, { description: '一份工作总结' })
  summary(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Summary> {
    return findSummary(summaryReader(context), id)
  }

  @Query(() => SummarySheet, { description: '工作总结的统计数，旁边是上一期的；给了时点的，按变更记录算到那一刻' })
  async summarySheet(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '按那一刻的事实重算，用来核对' }) asOf?: Instant,
  ): Promise<SummarySheet> {
    const ctx = summaryReader(context)
    return sheetOf(ctx, await findSummary(ctx, id), asOf)
  }

  @FieldResolver(() => [Corrected], { description: '更正记录，新的在前' })
  async corrected(@Ctx() context: Context, @Root() { id }: Summary): Promise<Corrected[]> {
    const { em } = summaryReader(context)
    const all = await em.find(SummaryCorrection, { summary: id }, { orderBy: { reopenedAt: 'desc' } })
    return all.map((one) => ({ ...one, asOfAfter: one.asOfAfter ?? null, changed: changedIn(one) }))
  }
}
