import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { whereOf } from '../shared/read/inputs.js'
import { idsOf } from '../shared/read/list.js'
import type { Where } from '../shared/read/where.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { loadHazard, noticeNumber } from './load.js'
import { Hazard } from './hazard.entity.js'
import { HazardQueue, queueSql } from './queues.js'
import { urge } from './remind.js'
import * as may from './rights.js'
import { hazardRules, type HazardRules } from './rules.js'

const MOST = 500

@InputType({ description: '勾选的几条，或筛选出的全部' })
class HazardSelection {
  @Field(() => [ID], { nullable: true }) ids?: string[]
  @Field(() => whereOf(Hazard) as never, { nullable: true }) where?: Where
  @Field(() => HazardQueue, { nullable: true }) queue?: HazardQueue
}

@ObjectType({ simpleResolvers: true })
class RefusedHazard {
  @Field(() => ID) id!: string
  @Field(() => String, { nullable: true }) number?: string
  @Field(() => String) code!: string
  @Field(() => String) message!: string
}

@ObjectType({ description: '批量办理的结果：办成几条，哪几条没办成、为什么', simpleResolvers: true })
class BulkResult {
  @Field(() => Int) done!: number
  @Field(() => [RefusedHazard]) refused!: RefusedHazard[]
}

/** Acts on many: each row alone, under the very same guards, in an act of its own; a refused row holds up no other. */
@Resolver()
export class BulkResolver {
  @Mutation(() => BulkResult, { description: '批量下达整改通知' })
  hazardsNotify(
    @Ctx() context: Context,
    @Arg('selection', () => HazardSelection) selection: HazardSelection,
    @Arg('dueOn', () => DayScalar, { nullable: true, description: '不填则按默认整改天数' }) dueOn?: string,
    @Arg('demand', () => String, { nullable: true }) demand?: string,
  ): Promise<BulkResult> {
    return each(context, 'hazardNotify', selection, async (hazard, ctx, em, rules) =>
      hazard.notify(ctx.actor, ctx.now, rules, { number: await noticeNumber(em, ctx.now), dueOn: dueOn ?? addDays(dayOf(ctx.now), rules.generalDays), demand }),
    )
  }

  @Mutation(() => BulkResult, { description: '批量催办' })
  hazardsUrge(
    @Ctx() context: Context,
    @Arg('selection', () => HazardSelection) selection: HazardSelection,
    @Arg('text', () => String, { nullable: true }) text?: string,
  ): Promise<BulkResult> {
    return each(context, 'hazardUrge', selection, (hazard, ctx, em) => {
      if (!may.urge(ctx.actor, hazard)) throw forbidden('您不能催办这条隐患')
      urge(em, hazard, ctx.actor, ctx.now, text)
    })
  }

  @Mutation(() => BulkResult, { description: '批量指派整改责任人' })
  hazardsAssign(
    @Ctx() context: Context,
    @Arg('selection', () => HazardSelection) selection: HazardSelection,
    @Arg('responsiblePerson', () => String) responsiblePerson: string,
    @Arg('responsibleDept', () => String, { nullable: true }) responsibleDept?: string,
  ): Promise<BulkResult> {
    return each(context, 'hazardAssign', selection, (hazard, ctx) => hazard.assign(ctx.actor, responsiblePerson, responsibleDept))
  }

  @Mutation(() => BulkResult, { description: '批量复查合格' })
  hazardsClose(
    @Ctx() context: Context,
    @Arg('selection', () => HazardSelection) selection: HazardSelection,
    @Arg('opinion', () => String, { nullable: true }) opinion?: string,
  ): Promise<BulkResult> {
    return each(context, 'hazardClose', selection, (hazard, ctx, _em, rules) => hazard.close(ctx.actor, ctx.now, rules, opinion ?? ''))
  }

  @Mutation(() => BulkResult, { description: '批量受理一般隐患' })
  hazardsRegister(@Ctx() context: Context, @Arg('selection', () => HazardSelection) selection: HazardSelection): Promise<BulkResult> {
    return each(context, 'hazardRegister', selection, (hazard, ctx) => hazard.register(ctx.actor, ctx.now))
  }
}

type One = (hazard: Hazard, ctx: SignedIn, em: SignedIn['em'], rules: HazardRules) => void | Promise<void>

async function each(context: Context, name: string, selection: HazardSelection, one: One): Promise<BulkResult> {
  const ctx = signedIn(context)
  const ids = await selected(ctx, selection)
  const result: BulkResult = { done: 0, refused: [] }
  for (const id of ids) {
    let number: string | undefined
    const em = ctx.em.fork() as SignedIn['em']
    try {
      await act({ ...ctx, em }, name, async ({ em: tx }) => {
        const hazard = await loadHazard(tx, id)
        number = hazard.number
        await one(hazard, ctx, tx, await hazardRules(tx))
      })
      result.done++
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      result.refused.push({ id, ...(number ? { number } : {}), code: error.code, message: error.message })
    }
  }
  return result
}

async function selected(ctx: SignedIn, { ids, where, queue }: HazardSelection): Promise<string[]> {
  if (ids) {
    if (ids.length > MOST) throw new Refusal('TOO_MANY', `一次最多处理 ${MOST} 条`)
    return [...new Set(ids)]
  }
  if (!where && !queue) throw new Refusal('NOTHING_SELECTED', '请先勾选，或给出筛选条件')
  const inQueue = queue ? queueSql(queue, ctx.actor, dayOf(ctx.now), await hazardRules(ctx.em)) : undefined
  return idsOf(Hazard, ctx, where, inQueue, MOST)
}
