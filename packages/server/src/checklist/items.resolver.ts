import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { Act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { type Checklist, ChecklistItem } from './checklist.entity.js'
import { describeItem } from './describeItem.js'
import { itemsOfList, needReason, newItem, onChecklist } from './own.js'
import { TemplateItem, TemplateItemFacts } from './template.entity.js'
import { DropCause } from './terms.js'
import { isReworded } from './upgradePlan.js'

const ID_ARG = () => ID

/** What an enterprise does to the items of its copy: the link to the norm's item stays whatever it makes of it. */
@Resolver(() => ChecklistItem)
export class ItemsResolver {
  @Mutation(() => ChecklistItem, { description: '增补检查项，排在最后' })
  checklistItemAdd(
    @Ctx() context: Context,
    @Arg('checklist', ID_ARG) id: string,
    @Arg('facts', () => TemplateItemFacts as never) facts: TemplateItemFacts,
  ): Promise<ChecklistItem> {
    return onChecklist(context, 'checklistItemAdd', { id }, async (list, { em }, { now }) => {
      const last = Math.max(0, ...(await itemsOfList(em, id)).map(({ seq }) => seq))
      const item = Object.assign(newItem(list, instant(now)), { seq: last + 1 })
      describeItem(item, facts)
      em.persist(item)
      return item
    })
  }

  @Mutation(() => ChecklistItem, { description: '改写检查项，或改它的责任、频率、整改要求；与规范的关联保留' })
  checklistItemEdit(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => TemplateItemFacts as never) facts: TemplateItemFacts,
  ): Promise<ChecklistItem> {
    return onItem(context, 'checklistItemEdit', { id, version }, async (item, { em }) => {
      needInUse(item)
      describeItem(item, facts)
      const origin = item.origin && (await em.findOneOrFail(TemplateItem, { id: item.origin.id }))
      item.reworded = !!origin && isReworded(item, origin)
    })
  }

  @Mutation(() => ChecklistItem, { description: '删减检查项，须写明原因；已有的检查记录保留' })
  checklistItemDrop(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<ChecklistItem> {
    const reason = needReason(typed, '删减原因')
    return onItem(context, 'checklistItemDrop', { id, version, reason }, (item, _doing, { now }) => {
      needInUse(item)
      Object.assign(item, { droppedOn: dayOf(now), dropReason: reason, dropCause: DropCause.OWN })
    })
  }

  @Mutation(() => ChecklistItem, { description: '恢复删减的检查项' })
  checklistItemRestore(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int) version: number): Promise<ChecklistItem> {
    return onItem(context, 'checklistItemRestore', { id, version }, (item) => {
      if (!item.droppedOn) throw new Refusal('ALREADY', '这一项没有停用')
      delete item.droppedOn
      delete item.dropReason
      delete item.dropCause
    })
  }

  @Mutation(() => [ChecklistItem], { description: '调整检查项的顺序：按给出的先后，没有给出的排在后面' })
  checklistOrder(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('items', () => [ID]) ids: string[],
  ): Promise<ChecklistItem[]> {
    return onChecklist(context, 'checklistOrder', { id, version }, async (_list, { em }) => {
      const items = await itemsOfList(em, id)
      if (ids.some((one) => !items.some((item) => item.id === one))) throw notFound('检查项')
      const place = (item: ChecklistItem) => (ids.includes(item.id) ? ids.indexOf(item.id) : ids.length + item.seq)
      const sorted = [...items].sort((a, b) => place(a) - place(b))
      sorted.forEach((item, i) => (item.seq = i + 1))
      return sorted
    })
  }
}

function needInUse(item: ChecklistItem): void {
  if (item.droppedOn) throw new Refusal('ITEM_DROPPED', `这一项已于 ${item.droppedOn} 停用，请先恢复`)
}

async function onItem(
  context: Context,
  name: string,
  { id, version, reason }: { id: string; version: number; reason?: string },
  work: (item: ChecklistItem, doing: Act, ctx: SignedIn, list: Checklist) => Promise<void> | void,
): Promise<ChecklistItem> {
  const known = context.actor && (await context.em.findOne(ChecklistItem, { id }))
  if (context.actor && !known) throw notFound('检查项')
  return onChecklist(context, name, { id: known?.checklist.id ?? '', ...(reason ? { reason } : {}) }, async (list, doing, ctx) => {
    const item = await doing.em.findOneOrFail(ChecklistItem, { id })
    if (item.version !== version) throw conflict()
    await work(item, doing, ctx, list)
    return item
  })
}
