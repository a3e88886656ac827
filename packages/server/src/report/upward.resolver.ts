import { Arg, Ctx, Field, Float, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf, type Instant, instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { InstantScalar } from '../shared/scalars.js'
import { worded } from '../shared/words.js'
import { TABLE_SPLITS, type TableSplit } from './evaluate.js'
import { isPeriod, type Period } from './period.js'
import { summaryReader } from './rights.js'
import { isSigned, Summary } from './summary.entity.js'
import { SummaryKind, SummaryLevel } from './terms.js'
import { type Upward, UPWARD, upward, type UpwardRow } from './upward.js'

const Splits = Object.fromEntries(TABLE_SPLITS.map((name) => [name, name])) as Record<TableSplit, TableSplit>
registerEnumType(Splits, {
  name: 'TableSplit',
  description: '统计表按什么分行',
  valuesConfig: worded<TableSplit>({ TOTAL: '合计', TOWN: '镇', VILLAGE: '村', STATION: '站所', TRADE: '行业' }),
})

@ObjectType({ description: '统计表的一栏', simpleResolvers: true })
class UpwardHead {
  @Field(() => String) key!: string
  @Field(() => String, { nullable: true, description: '上一行表头' }) over!: string | null
  @Field(() => String, { description: '栏名' }) label!: string
  @Field(() => String, { description: '单位' }) unit!: string
}
@ObjectType({ description: '统计表的一行', simpleResolvers: true })
class UpwardLine implements UpwardRow {
  @Field(() => String) key!: string
  @Field(() => String) name!: string
  @Field(() => [Float], { nullable: 'items', description: '逐栏；分母为零、系统不办理的为空' }) values!: (number | null)[]
}
@ObjectType({ description: '上报统计表', simpleResolvers: true })
class UpwardTable {
  @Field(() => InstantScalar, { description: '统计时点' }) asOf!: Instant
  @Field(() => [UpwardHead]) columns!: UpwardHead[]
  @Field(() => [UpwardLine]) rows!: UpwardRow[]
  @Field(() => UpwardLine) total!: UpwardRow
}

/** As it stands in an address: everything is text. */
export interface UpwardAsked {
  kind?: string | undefined
  period?: string | undefined
  by?: string | undefined
  asOf?: string | undefined
}

/** What is asked for, checked. Without an instant: that of the town's own signature for the period, or now. */
export async function asked(ctx: SignedIn, query: UpwardAsked): Promise<{ period: Period; split: TableSplit; asOf: Instant | undefined }> {
  const kind = query.kind === 'YEAR' ? SummaryKind.YEAR : SummaryKind.MONTH
  const period = { kind, period: query.period ?? dayOf(ctx.now).slice(0, kind === SummaryKind.YEAR ? 4 : 7) }
  if (!isPeriod(period)) throw new Refusal('BAD_RANGE', '统计期间不对，请写成 2026-07 或 2026', { field: 'period' })
  const split = TABLE_SPLITS.find((one) => one === query.by) ?? 'STATION'
  const said = query.asOf ? new Date(query.asOf) : undefined
  if (said && Number.isNaN(said.getTime())) throw new Refusal('BAD_FILTER', '时点不对，请写成 2026-07-31T15:59:59.999Z 这样')
  const at = said?.toISOString() ?? (await signedAt(ctx, period))
  return { period, split, asOf: at && at < instant(ctx.now) ? at : undefined }
}

async function signedAt({ em, actor }: SignedIn, period: Period): Promise<Instant | undefined> {
  if (actor.role !== 'TOWN_OFFICE') return undefined
  const own = await em.findOne(Summary, { ...period, level: SummaryLevel.TOWN, division: actor.scope.division })
  return own && isSigned(own) ? own.asOf : undefined
}

@Resolver()
export class UpwardResolver {
  @Query(() => UpwardTable, { description: '上报统计表：排查、整改、重大隐患、治理计划与资金、执法文书，按站所、村、行业' })
  async upwardTable(
    @Ctx() context: Context,
    @Arg('kind', () => SummaryKind) kind: SummaryKind,
    @Arg('period', () => String, { description: '2026-07 或 2026' }) period: string,
    @Arg('by', () => Splits as never) by: TableSplit,
    @Arg('asOf', () => InstantScalar, { nullable: true, description: '当时的情况；不给时，镇的总结已报送的按报送时点，否则现在' }) asOf?: Instant | null,
  ): Promise<UpwardTable> {
    const ctx = summaryReader(context)
    const wanted = await asked(ctx, { kind, period, by, asOf: asOf ?? undefined })
    const table: Upward = await upward(ctx, wanted.period, wanted.split, wanted.asOf)
    return { ...table, columns: UPWARD.map(({ key, over, label, unit }) => ({ key, over: over ?? null, label, unit })) }
  }
}
