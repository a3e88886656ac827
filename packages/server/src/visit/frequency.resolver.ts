import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { Division } from '../division/division.entity.js'
import { CheckKind } from '../inspection/terms.js'
import { RiskColor } from '../risk/terms.js'
import { type Act, act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { addDays, dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, forbidden, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { worded } from '../shared/words.js'
import { diffOf, type RuleChange, type RuleDiff } from './diff.js'
import { FrequencyRule, FrequencyTable, FrequencyTableFacts } from './frequency.entity.js'
import { firmIds } from './firmIds.js'
import { planVisits } from './planVisits.js'
import { needSound } from './rules.js'
import { type RuleLine, SHIPPED, SHIPPED_TABLE } from './shipped.js'
import { FrequencyState } from './terms.js'

export const FREQUENCY_TABLES: ListField = {
  name: 'frequencyTables',
  target: FrequencyTable,
  description: '差异化检查规则表（各版）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'division' }, { field: 'edition', dir: 'DESC' }],
}
export const FREQUENCY_RULES: ListField = {
  name: 'frequencyRules',
  target: FrequencyRule,
  description: '差异化检查规则（行业 × 颜色 × 检查类型）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'kind' }, { field: 'color' }],
}

@InputType({ description: '一条差异化检查规则' })
class FrequencyRuleInput implements RuleLine {
  @Field(() => String, { nullable: true, description: '行业；空为各行业' }) trade?: string | null
  @Field(() => RiskColor) color!: RiskColor
  @Field(() => CheckKind) kind!: CheckKind
  @Field(() => Int, { description: '每年至少' }) minPerYear!: number
  @Field(() => Int, { nullable: true, description: '每年至多（只限执法检查）；空为不限' }) maxPerYear?: number | null
  @Field(() => String, { nullable: true, description: '检查重点' }) focus?: string | null
}

const RuleChanges = { ADDED: 'ADDED', CHANGED: 'CHANGED', REMOVED: 'REMOVED' } as const
registerEnumType(RuleChanges, { name: 'RuleChange', description: '规则的变化', valuesConfig: worded({ ADDED: '新增', CHANGED: '修改', REMOVED: '取消' }) })

@ObjectType({ description: '两版规则的一处不同', simpleResolvers: true })
class FrequencyDifference implements RuleDiff {
  @Field(() => RuleChanges) change!: RuleChange
  @Field(() => String, { description: '哪一条' }) what!: string
  @Field(() => String, { description: '怎样变了' }) words!: string
}

const TOWN = 9
const rulesOf = (em: SqlEntityManager, table: string) => em.find(FrequencyRule, { table }, { orderBy: { id: 'asc' } })

@Resolver(() => FrequencyTable)
export class FrequencyResolver {
  @Query(() => [FrequencyDifference], { description: '这一版与前一版（或指定一版）的不同' })
  async frequencyDiff(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('against', () => ID, { nullable: true, description: '与哪一版比；不填为前一版' }) against?: string,
  ): Promise<FrequencyDifference[]> {
    const { em } = signedIn(context, ...READERS)
    const table = await em.findOne(FrequencyTable, { id })
    if (!table) throw notFound('规则表')
    const other = await em.findOne(FrequencyTable, against ? { id: against } : { division: table.division, edition: table.edition - 1 })
    if (against && !other) throw notFound('规则表')
    return diffOf(other ? await rulesOf(em, other.id) : [], await rulesOf(em, table.id))
  }

  @Mutation(() => FrequencyTable, { description: '起草新一版规则：内容照上一版（没有则照出厂值）' })
  frequencyDraft(
    @Ctx() context: Context,
    @Arg('division', () => String, { nullable: true, description: '镇（区划代码）；不填为本镇' }) division?: string,
  ): Promise<FrequencyTable> {
    const ctx = entitled(context, Capability.REFERENCE)
    return act(ctx, 'frequencyDraft', async ({ em }) => {
      const town = await townFor(em, ctx, division)
      const last = await em.findOne(FrequencyTable, { division: town }, { orderBy: { edition: 'desc' } })
      if (last?.state === FrequencyState.DRAFT) throw new Refusal('ALREADY', `第 ${last.edition} 版还是草稿，请先发布它`)
      const table = Object.assign(new FrequencyTable(), {
        ...{ division: town, edition: (last?.edition ?? 0) + 1, state: FrequencyState.DRAFT, createdAt: instant(ctx.now) },
        ...{ validFrom: addDays(dayOf(ctx.now), 1), ...(last ? settingsOf(last) : SHIPPED_TABLE) },
      })
      em.persist(table)
      write(em, table, last ? await rulesOf(em, last.id) : SHIPPED, ctx.now)
      return table
    })
  }

  @Mutation(() => FrequencyTable, { description: '修改草稿：生效日期、依据、时间窗，以及全部规则' })
  frequencyEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => FrequencyTableFacts as never) facts: FrequencyTableFacts,
    @Arg('rules', () => [FrequencyRuleInput]) rules: FrequencyRuleInput[],
  ): Promise<FrequencyTable> {
    return onTable(context, 'frequencyEdit', { id, version }, async (table, { em }, { now }) => {
      table.needDraft()
      table.describe(facts)
      needSound(rules)
      table.editedAt = instant(now)
      for (const rule of await rulesOf(em, table.id)) em.remove(rule)
      write(em, table, rules, now)
    })
  }

  @Mutation(() => FrequencyTable, { description: '发布：自生效日期起，以后的检查按这一版排' })
  frequencyPublish(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<FrequencyTable> {
    return onTable(context, 'frequencyPublish', { id, version }, async (table, doing, { actor, now }) => {
      table.needDraft()
      const today = dayOf(now)
      if (table.validFrom < today) throw new Refusal('DAY_PAST', '生效日期不能早于今天：已经过去的检查不再改变', { field: 'validFrom' })
      const rules = await rulesOf(doing.em, table.id)
      if (!rules.length) throw new Refusal('MISSING', '请至少写一条规则', { field: 'rules' })
      needSound(rules)
      Object.assign(table, { state: FrequencyState.PUBLISHED, publishedBy: actor.id, publishedAt: instant(now) })
      await doing.em.flush()
      if (table.validFrom > today) return
      await planVisits(doing, 'frequencyPublish', { enterprises: await firmIds(doing.em, table.division), day: today }, now)
    })
  }

  @Mutation(() => Boolean, { description: '丢弃草稿' })
  async frequencyDiscard(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<boolean> {
    await onTable(context, 'frequencyDiscard', { id, version }, async (table, { em }) => {
      table.needDraft()
      for (const rule of await rulesOf(em, table.id)) em.remove(rule)
      await em.flush()
      em.remove(table)
    })
    return true
  }
}

async function townFor(em: SqlEntityManager, { actor }: SignedIn, asked: string | undefined): Promise<string> {
  const town = asked ?? actor.scope.division
  if (!town.startsWith(actor.scope.division)) throw forbidden('这不是您的镇')
  if (town.length !== TOWN || !(await em.count(Division, { code: town }))) throw new Refusal('DIVISION_CODE', '请选择一个镇', { field: 'division' })
  return town
}

const settingsOf = ({ windowDays, graceDays, unratedAs }: FrequencyTable) => ({ windowDays, graceDays, ...(unratedAs ? { unratedAs } : {}) })

function write(em: SqlEntityManager, table: FrequencyTable, rules: readonly RuleLine[], now: Date): void {
  for (const { trade, color, kind, minPerYear, maxPerYear, focus } of rules)
    em.persist(
      Object.assign(new FrequencyRule(), {
        ...{ table: ref(table), color, kind, minPerYear, createdAt: instant(now) },
        ...(trade?.trim() ? { trade: trade.trim() } : {}),
        ...(maxPerYear == null ? {} : { maxPerYear }),
        ...(focus?.trim() ? { focus: focus.trim() } : {}),
      }),
    )
}

function onTable(
  context: Context,
  name: string,
  on: { id: string; version: number },
  work: (table: FrequencyTable, doing: Act, ctx: SignedIn) => Promise<void>,
): Promise<FrequencyTable> {
  const ctx = entitled(context, Capability.REFERENCE)
  return act(ctx, name, async (doing) => {
    const table = await doing.em.findOne(FrequencyTable, { id: on.id })
    if (!table || !table.division.startsWith(ctx.actor.scope.division)) throw notFound('规则表')
    if (table.version !== on.version) throw conflict()
    await work(table, doing, ctx)
    return table
  })
}
