import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { dayOf, instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { currentOf } from '../standard/keeping.js'
import { Norm } from '../standard/norm.entity.js'
import type { Checklist } from './checklist.entity.js'
import { held, itemsOfList, newItem, normItem, ownItems, write } from './own.js'
import { itemsOf, sayAs } from './said.js'
import { Template } from './template.entity.js'
import { ChecklistUpgrade } from './upgrade.entity.js'
import { type Held, planUpgrade, type Step, takeBack, type Undo } from './upgradePlan.js'

export interface Offer {
  from: Template
  to: Template
  norm: Norm
}

/** The newer version that a copy could be carried over to, if there is one. */
export async function offerFor(em: SqlEntityManager, list: Checklist): Promise<Offer | undefined> {
  if (!list.template || list.endedOn) return undefined
  const from = await em.findOneOrFail(Template, { id: list.template.id })
  const own = await em.findOneOrFail(Norm, { id: from.norm.id })
  const norm = await currentOf(em, own.series)
  if (!norm || norm.edition <= own.edition) return undefined
  const to = await em.findOne(Template, { norm: norm.id, key: from.key })
  return to ? { from, to, norm } : undefined
}

export async function planFor(em: SqlEntityManager, list: Checklist, { to, norm }: Offer, day: string, keep: readonly string[] = []): Promise<Step[]> {
  const own = await ownItems(em, await itemsOfList(em, list.id))
  const next = (await itemsOf(em, to.id)).map(normItem)
  return planUpgrade(own, next, day, `规范第 ${norm.edition} 版取消`, new Set(keep))
}

/** What an upgrade follows of a list's own words: only where the enterprise said nothing else. */
const LIST_FIELDS = ['responsible', 'frequency', 'demand'] as const
type ListHeld = Partial<Record<(typeof LIST_FIELDS)[number], unknown>>
interface Kept {
  items: Undo[]
  list: { before: ListHeld; after: ListHeld }
}

/** Carries a copy over and remembers what each field held, inside the act. */
export async function upgrade(em: SqlEntityManager, list: Checklist, offer: Offer, keep: readonly string[], by: string, at: Date): Promise<ChecklistUpgrade> {
  const steps = await planFor(em, list, offer, dayOf(at), keep)
  const items = new Map((await itemsOfList(em, list.id)).map((item) => [item.id, item]))
  const next = new Map((await itemsOf(em, offer.to.id)).map((item) => [item.id, item]))
  const undo = steps.map((step): Undo => {
    const item = step.id ? items.get(step.id)! : sayAs(next.get(step.norm!.id)!, Object.assign(newItem(list, instant(at)), { seq: 0 }))
    const before = held(item)
    write(em, item, step.set)
    if (!step.id) em.persist(item)
    const after = held(item)
    const touched = Object.keys(step.set) as (keyof Held)[]
    const only = (all: Held): Held => Object.fromEntries(touched.map((field) => [field, all[field] ?? null]))
    return { id: item.id, added: !step.id, before: only(before), after: only(after) }
  })
  const kept: Kept = { items: undo, list: followList(list, offer) }
  list.template = ref(offer.to)
  offer.norm.freeze(instant(at))
  const many = (kind: Step['kind']) => steps.filter((step) => step.kind === kind).length
  const { enterprise, division, station, workshop } = list
  const record = Object.assign(new ChecklistUpgrade(), {
    ...{ checklist: ref(list), enterprise, division, fromTemplate: ref(offer.from), toTemplate: ref(offer.to) },
    ...{ added: many('ADDED') + many('RETURNED'), changed: many('CHANGED'), dropped: many('DROPPED'), upgradedBy: by },
    ...{ createdAt: instant(at), undo: JSON.stringify(kept) },
    ...(station ? { station } : {}),
    ...(workshop ? { workshop } : {}),
  })
  em.persist(record)
  return record
}

function followList(list: Checklist, { from, to }: Offer): Kept['list'] {
  const before: ListHeld = {}
  const after: ListHeld = {}
  for (const field of LIST_FIELDS) {
    const [own, was, is] = [list[field] ?? null, from[field] ?? null, to[field] ?? null]
    if (was === is || own !== was) continue
    before[field] = own
    after[field] = is
    put(list, field, is)
  }
  return { before, after }
}

function put(list: Checklist, field: (typeof LIST_FIELDS)[number], value: unknown): void {
  if (value == null) delete list[field as 'demand']
  else Object.assign(list, { [field]: value })
}

/** Takes the last upgrade back: what the enterprise changed since stays, and no item goes. */
export async function downgrade(em: SqlEntityManager, list: Checklist, reason: string, by: string, at: Date): Promise<ChecklistUpgrade> {
  const last = await em.findOne(ChecklistUpgrade, { checklist: list.id, takenBackAt: null }, { orderBy: { createdAt: 'desc', id: 'desc' } })
  if (!last || last.toTemplate.id !== list.template?.id) throw new Refusal('NOTHING_TO_TAKE_BACK', '这张清单没有可以退回的升级')
  const { items: undo, list: own } = JSON.parse(last.undo) as Kept
  const items = await itemsOfList(em, list.id)
  for (const item of items) {
    const one = undo.find(({ id }) => id === item.id)
    if (one) write(em, item, takeBack(held(item), one, dayOf(at), reason))
  }
  for (const field of LIST_FIELDS) if (field in own.after && (list[field] ?? null) === own.after[field]) put(list, field, own.before[field])
  list.template = last.fromTemplate
  Object.assign(last, { takenBackAt: instant(at), takenBackBy: by })
  return last
}
