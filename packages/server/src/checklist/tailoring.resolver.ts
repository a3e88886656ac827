import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { Checklist, ChecklistFacts } from './checklist.entity.js'
import { needReason, onChecklist } from './own.js'
import { makeLists } from './tailor.js'
import { ChecklistLevel } from './terms.js'

const ID_ARG = () => ID

/** An enterprise makes 三张清单 its own; its station coaches and may do it with it (domain.md §1.9). */
@Resolver(() => Checklist)
export class TailoringResolver {
  @Mutation(() => [Checklist], { description: '按本行业现行规范编制三张清单：单位、各车间、各岗位，已有的不重复' })
  checklistsMake(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('startsOn', () => DayScalar, { nullable: true, description: '起用日期，不填为今天' }) startsOn: string | undefined,
  ): Promise<Checklist[]> {
    const ctx = entitled(context, Capability.CHECKLIST_TAILOR)
    return act(ctx, 'checklistsMake', async ({ em }) => {
      const { firm } = await standing(em, enterprise)
      if (firm.closedOn) throw new Refusal('ENTERPRISE_CLOSED', '这家企业已停业或迁出')
      const made = await makeLists(em, firm, startsOn ?? dayOf(ctx.now), instant(ctx.now))
      if (!made.length)
        throw new Refusal('NOTHING_TO_MAKE', firm.trade ? `没有可编制的清单：“${firm.trade}”没有现行的检查清单，或各层级都已编制` : '请先登记企业的行业类别')
      return made
    })
  }

  @Mutation(() => Checklist, { description: '自编一张清单（不依据规范）' })
  checklistAdd(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('level', () => ChecklistLevel) level: ChecklistLevel,
    @Arg('unit', ID_ARG, { nullable: true }) unit: string | undefined,
    @Arg('post', ID_ARG, { nullable: true }) post: string | undefined,
    @Arg('facts', () => ChecklistFacts as never) facts: ChecklistFacts,
  ): Promise<Checklist> {
    const ctx = entitled(context, Capability.CHECKLIST_TAILOR)
    if (level === ChecklistLevel.WORKSHOP && !unit) throw new Refusal('MISSING', '请选择车间（部门）', { field: 'unit' })
    if (level === ChecklistLevel.POST && !post) throw new Refusal('MISSING', '请选择岗位', { field: 'post' })
    const part = level === ChecklistLevel.UNIT ? {} : level === ChecklistLevel.WORKSHOP ? { unit } : { unit, post }
    return act(ctx, 'checklistAdd', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise, part)
      if (firm.closedOn) throw new Refusal('ENTERPRISE_CLOSED', '这家企业已停业或迁出')
      const list = Object.assign(new Checklist(), { ...place, level, createdAt: instant(ctx.now) })
      describe(list, facts)
      em.persist(list)
      return list
    })
  }

  @Mutation(() => Checklist, { description: '修改清单的名称、检查责任、频率、整改要求和起用日期' })
  checklistEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => ChecklistFacts as never) facts: ChecklistFacts,
  ): Promise<Checklist> {
    return onChecklist(context, 'checklistEdit', { id, version }, (list) => {
      describe(list, facts)
      return Promise.resolve(list)
    })
  }

  @Mutation(() => Checklist, { description: '停用清单；检查记录保留' })
  checklistEnd(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<Checklist> {
    const reason = needReason(typed, '停用原因')
    return onChecklist(context, 'checklistEnd', { id, version, reason }, (list, _doing, ctx) => {
      list.endedOn = dayOf(ctx.now)
      return Promise.resolve(list)
    })
  }
}

function describe(list: Checklist, facts: ChecklistFacts): void {
  for (const [field, label] of [['title', '名称'] as const, ['responsible', '检查责任'] as const]) {
    const said = facts[field].trim()
    if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
    list[field] = said
  }
  list.frequency = facts.frequency
  list.startsOn = facts.startsOn
  const demand = facts.demand?.trim()
  if (demand) list.demand = demand
  else delete list.demand
}
