import { LockMode, ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { type Day, dayOf, instant, monthOf } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Clearance } from './clearance.entity.js'
import { unitOf } from './inspectors.js'
import { ClearanceSpan } from './terms.js'
import { counts, periodOf, resolutionOf, unresolvedOf } from './unresolved.js'

@ObjectType({ description: '清零的情况：一家企业一个周期的隐患', simpleResolvers: true })
class ClearanceOutlook {
  @Field(() => DayScalar) fromOn!: Day
  @Field(() => DayScalar) toOn!: Day
  @Field(() => Boolean, { description: '周期已结束' }) over!: boolean
  @Field(() => Int, { description: '发现隐患' }) found!: number
  @Field(() => Int, { description: '已验收销号' }) closed!: number
  @Field(() => Int, { description: '经批准延期' }) extended!: number
  @Field(() => Int, { description: '挂牌督办' }) listed!: number
  @Field(() => [Hazard], { description: '尚未清零的隐患' }) unresolved!: Hazard[]
}
/** Who signs that a period is clear: whoever answers for the enterprise before the town. */
const ISSUERS = ['TOWN_OFFICE', 'STATION'] as const

@Resolver(() => Clearance)
export class ClearanceResolver {
  @Query(() => Clearance, { description: '一份清零证明' })
  async clearance(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Clearance> {
    const { em } = signedIn(context, ...READERS)
    const clearance = await em.findOne(Clearance, { id })
    if (!clearance) throw notFound('清零证明')
    return clearance
  }

  @Query(() => ClearanceOutlook, { description: '一家企业一个月或一季的隐患是否清零' })
  async clearanceOutlook(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('span', () => ClearanceSpan) span: ClearanceSpan,
    @Arg('fromOn', () => DayScalar) fromOn: Day,
  ): Promise<ClearanceOutlook> {
    const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY', 'ADMIN')
    if (!(await ctx.em.count(Enterprise, { id: enterprise }))) throw notFound('企业')
    return outlook(ctx.em, enterprise, periodOf(span, fromOn), dayOf(ctx.now))
  }

  @Mutation(() => Clearance, { description: '出具清零证明：周期结束，且该周期的隐患都已验收、经批准延期或挂牌' })
  clearanceIssue(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('span', () => ClearanceSpan) span: ClearanceSpan,
    @Arg('fromOn', () => DayScalar) fromOn: Day,
  ): Promise<Clearance> {
    const ctx = signedIn(context, ...ISSUERS)
    const period = periodOf(span, fromOn)
    return act(ctx, 'clearanceIssue', ({ em }) => issue(em, ctx, enterprise, span, period))
  }
}

async function issue(em: SqlEntityManager, ctx: SignedIn, id: string, span: ClearanceSpan, { fromOn, toOn }: { fromOn: Day; toOn: Day }): Promise<Clearance> {
  // Whoever reports a hazard of this enterprise at the same moment comes before or after, never between (consequences.ts).
  const firm = await em.findOne(Enterprise, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!firm) throw new Refusal('NOT_FOUND', notFound('企业').message, { field: 'enterprise' })
  if (await em.count(Clearance, { enterprise: id, fromOn, toOn, supersededAt: null })) throw new Refusal('ALREADY', '这个周期已经出具了清零证明')
  const { over, unresolved, found, closed, extended, listed } = await outlook(em, id, { fromOn, toOn }, dayOf(ctx.now))
  if (!over) throw new Refusal('PERIOD_OPEN', `这个周期到 ${toOn} 才结束`, { field: 'fromOn' })
  if (unresolved.length) {
    const names = unresolved.slice(0, 3).map(({ number }) => number)
    throw new Refusal('NOT_CLEARED', `还有 ${unresolved.length} 条隐患没有清零：${names.join('、')}${unresolved.length > names.length ? ' 等' : ''}`, {
      unresolved: unresolved.length,
    })
  }
  const series = `QL-${monthOf(toOn).replace('-', '')}-${firm.division.slice(6).padEnd(6, '0')}`
  const clearance = Object.assign(new Clearance(), {
    ...{ number: `${series}-${String(await takeNumbers(em, series)).padStart(4, '0')}`, enterprise: ref(firm), division: firm.division },
    ...(firm.station ? { station: firm.station } : {}),
    ...{ span, fromOn, toOn, issuedAt: instant(ctx.now), issuedBy: ctx.actor.id, issuedByUnit: await unitOf(em, ctx.actor, firm) },
    ...{ found, closed, extended, listed, createdAt: instant(ctx.now) },
  })
  em.persist(clearance)
  return clearance
}

async function outlook(em: SqlEntityManager, enterprise: string, { fromOn, toOn }: { fromOn: Day; toOn: Day }, today: Day): Promise<ClearanceOutlook> {
  const hazards = (await em.find(Hazard, { enterprise, foundOn: { $gte: fromOn, $lte: toOn } }, { orderBy: { foundOn: 'asc', number: 'asc' } })).filter(counts)
  const many = (resolution: ReturnType<typeof resolutionOf>) => hazards.filter((hazard) => resolutionOf(hazard, today) === resolution).length
  return {
    ...{ fromOn, toOn, over: today >= toOn, found: hazards.length },
    ...{ closed: many('CLOSED'), extended: many('EXTENDED'), listed: many('LISTED'), unresolved: unresolvedOf(hazards, today) },
  }
}
