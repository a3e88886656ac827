import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { Criterion, CriterionFacts } from './criterion.entity.js'

const LONGEST = 500

/** The clauses follow the standards of the trades: added, put right, and retired when a standard is revised. */
@Resolver(() => Criterion)
export class CriterionEditingResolver {
  @Mutation(() => Criterion, { description: '新增判定条款' })
  criterionCreate(
    @Ctx() context: Context,
    @Arg('code', () => String) typed: string,
    @Arg('facts', () => CriterionFacts as never) facts: CriterionFacts,
  ): Promise<Criterion> {
    const ctx = entitled(context, Capability.REFERENCE)
    const code = typed.trim().toUpperCase()
    if (!/^[A-Z][A-Z0-9-]{1,39}$/.test(code)) throw new Refusal('CRITERION_CODE', '条款代码为 2 至 40 个大写字母、数字或短横，以字母开头', { field: 'code' })
    return act(ctx, 'criterionCreate', async ({ em }) => {
      if (await em.count(Criterion, { code })) throw new Refusal('CRITERION_TAKEN', '这个代码已经有了', { field: 'code' })
      const criterion = Object.assign(new Criterion(), { code, active: true, createdAt: instant(ctx.now) })
      describe(criterion, facts)
      em.persist(criterion)
      return criterion
    })
  }

  @Mutation(() => Criterion, { description: '修改判定条款' })
  criterionEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => CriterionFacts as never) facts: CriterionFacts,
  ): Promise<Criterion> {
    return change(context, 'criterionEdit', { id, version }, (criterion) => describe(criterion, facts))
  }

  @Mutation(() => Criterion, { description: '停用判定条款；已引用它的隐患不变' })
  criterionEnd(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<Criterion> {
    const reason = typed.trim()
    if (!reason) throw new Refusal('MISSING', '请写明停用原因', { field: 'reason' })
    return change(context, 'criterionEnd', { id, version, reason }, (criterion) => void (criterion.active = false))
  }

  @Mutation(() => Criterion, { description: '恢复停用的判定条款' })
  criterionReopen(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Criterion> {
    return change(context, 'criterionReopen', { id, version }, (criterion) => void (criterion.active = true))
  }
}

function change(
  context: Context,
  name: string,
  on: { id: string; version: number; reason?: string },
  work: (criterion: Criterion) => void,
): Promise<Criterion> {
  const ctx = entitled(context, Capability.REFERENCE)
  const load = async (em: SqlEntityManager) => {
    const criterion = await em.findOne(Criterion, { id: on.id })
    if (!criterion) throw notFound('判定条款')
    if (criterion.version !== on.version) throw conflict()
    work(criterion)
    return criterion
  }
  return act(ctx, name, ({ em }) => load(em), on.reason)
}

const NEEDED = { standard: '判定标准', clause: '条款', summary: '内容提要' } as const

function describe(criterion: Criterion, facts: CriterionFacts): void {
  for (const [field, label] of Object.entries(NEEDED) as [keyof typeof NEEDED, string][]) {
    const said = facts[field].trim()
    if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
    if (said.length > LONGEST) throw new Refusal('TOO_LONG', `${label}最多 ${LONGEST} 个字`, { field })
    criterion[field] = said
  }
  const trade = facts.trade?.trim()
  if (trade) criterion.trade = trade
  else delete criterion.trade
  if (facts.validFrom) criterion.validFrom = facts.validFrom
  else delete criterion.validFrom
}
