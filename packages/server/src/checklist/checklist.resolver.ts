import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { notFound } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Checklist, ChecklistItem } from './checklist.entity.js'
import { ChecklistUpgrade } from './upgrade.entity.js'

export const CHECKLISTS: ListField = {
  name: 'checklists',
  target: Checklist,
  description: '三张清单：企业的单位检查清单、车间检查表册、岗位检查卡片',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'level' }, { field: 'title' }],
}
export const CHECKLIST_ITEMS: ListField = {
  name: 'checklistItems',
  target: ChecklistItem,
  description: '三张清单的检查项，连同已停用的',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'seq' }],
}
export const CHECKLIST_UPGRADES: ListField = {
  name: 'checklistUpgrades',
  target: ChecklistUpgrade,
  description: '清单随规范升级、退回的记录',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt' }],
}

@Resolver(() => Checklist)
export class ChecklistResolver {
  @Query(() => Checklist, { description: '一张检查清单' })
  async checklist(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Checklist> {
    const { em } = signedIn(context, ...READERS)
    const list = await em.findOne(Checklist, { id })
    if (!list) throw notFound('检查清单')
    return list
  }
}
