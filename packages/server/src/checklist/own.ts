import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { act, type Act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { Checklist, ChecklistItem } from './checklist.entity.js'
import type { Said } from './said.js'
import { SAID } from './said.js'
import { TemplateItem } from './template.entity.js'
import type { Held, NormItem, OwnItem } from './upgradePlan.js'

export const itemsOfList = (em: SqlEntityManager, checklist: string): Promise<ChecklistItem[]> =>
  em.find(ChecklistItem, { checklist }, { orderBy: { seq: 'asc', id: 'asc' } })

/** One act of an enterprise (or of its station, coaching) on one of its lists, in the version it saw. */
export function onChecklist<T>(
  context: Context,
  name: string,
  on: { id: string; version?: number; reason?: string },
  work: (list: Checklist, doing: Act, ctx: SignedIn) => Promise<T>,
): Promise<T> {
  const ctx = entitled(context, Capability.CHECKLIST_TAILOR)
  return act(
    ctx,
    name,
    async (doing) => {
      const list = await doing.em.findOne(Checklist, { id: on.id })
      if (!list) throw notFound('检查清单')
      if (on.version !== undefined && list.version !== on.version) throw conflict()
      if (list.endedOn) throw new Refusal('CHECKLIST_ENDED', `这张清单已于 ${list.endedOn} 停用`)
      return work(list, doing, ctx)
    },
    on.reason,
  )
}

export const needReason = (typed: string, what: string): string => {
  const reason = typed.trim()
  if (!reason) throw new Refusal('MISSING', `请写明${what}`, { field: 'reason' })
  if (reason.length > 200) throw new Refusal('TOO_LONG', `${what}最多 200 个字`, { field: 'reason' })
  return reason
}

/** An item of a list: it stands where its list stands. */
export function newItem(list: Checklist, createdAt: string): ChecklistItem {
  const { enterprise, division, station, workshop, unit, post } = list
  const place = Object.fromEntries(Object.entries({ enterprise, division, station, workshop, unit, post }).filter(([, value]) => value != null))
  return Object.assign(new ChecklistItem(), { checklist: ref(list), ...place, reworded: false, createdAt })
}

/** Items with the norm's items that they were made from, as a plan sees them. */
export async function ownItems(em: SqlEntityManager, items: readonly ChecklistItem[]): Promise<OwnItem[]> {
  const ids = items.flatMap(({ origin }) => (origin ? [origin.id] : []))
  const origins = new Map((await em.find(TemplateItem, { id: { $in: ids } })).map((item) => [item.id, item]))
  return items.map((item) => {
    const { id, seq, reworded, droppedOn, dropReason, dropCause } = item
    const origin = item.origin && origins.get(item.origin.id)
    const dropped = droppedOn == null ? {} : { droppedOn, ...(dropReason ? { dropReason } : {}), ...(dropCause ? { dropCause } : {}) }
    return { ...said(item), id, seq, reworded, ...dropped, ...(origin ? { origin: normItem(origin) } : {}) }
  })
}

export const said = (item: Pick<TemplateItem, Said>): Pick<TemplateItem, Said> =>
  Object.fromEntries(SAID.flatMap((field) => (item[field] == null ? [] : [[field, item[field]]]))) as Pick<TemplateItem, Said>
export const normItem = (item: TemplateItem): NormItem => ({ ...said(item), id: item.id, key: item.key, seq: item.seq })

export const held = (item: ChecklistItem): Held => {
  const { seq, origin, reworded, droppedOn, dropReason, dropCause } = item
  const all = { ...said(item), seq, origin: origin?.id, reworded, droppedOn, dropReason, dropCause }
  return Object.fromEntries(Object.entries(all).map(([field, value]) => [field, value ?? undefined]))
}

export function write(em: SqlEntityManager, item: ChecklistItem, set: Held): void {
  for (const [field, value] of Object.entries(set))
    if (field === 'origin' && value) item.origin = em.getReference(TemplateItem, value as string, { wrapped: true })
    else if (value == null || value === '') delete item[field as 'demand' | 'origin']
    else Object.assign(item, { [field]: value })
}
