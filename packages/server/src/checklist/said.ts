import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Norm } from '../standard/norm.entity.js'
import { Template, TemplateItem } from './template.entity.js'

/** What an item says, whatever record it stands in. */
export type Said = Exclude<keyof TemplateItem, 'id' | 'version' | 'createdAt' | 'template' | 'key' | 'seq'>
export const SAID: readonly Said[] = [
  ...(['section', 'content', 'requirement', 'method', 'responsible', 'frequency', 'demand'] as const),
  ...(['factor', 'critical', 'severity', 'legalBasis', 'element'] as const),
]

/** Makes one item say what another says. */
export function sayAs<Item extends Pick<TemplateItem, Said>>(from: Pick<TemplateItem, Said>, to: Item): Item {
  for (const field of SAID) say(to, field, from[field])
  return to
}

export function say(to: Partial<Record<Said, unknown>>, field: Said, value: unknown): void {
  if (value == null || value === '') delete to[field]
  else to[field] = value
}

export const itemsOf = (em: SqlEntityManager, template: string): Promise<TemplateItem[]> => em.find(TemplateItem, { template }, { orderBy: { seq: 'asc' } })
export const templatesOf = (em: SqlEntityManager, norm: string): Promise<Template[]> => em.find(Template, { norm }, { orderBy: { level: 'desc', key: 'asc' } })

/** Every key that any version of a norm has used: a key is never given to something else. */
export async function keysOf(em: SqlEntityManager, series: string): Promise<{ sheets: Set<string>; items: Set<string> }> {
  const sheets = await em.find(Template, { norm: { series } })
  const items = await em.find(TemplateItem, { template: { $in: sheets.map(({ id }) => id) } })
  return { sheets: new Set(sheets.map(({ key }) => key)), items: new Set(items.map(({ key }) => key)) }
}

/** The templates of a norm again under its next version, every key with them. */
export async function copyTemplates(em: SqlEntityManager, from: Norm, to: Norm, createdAt: string): Promise<void> {
  for (const old of await templatesOf(em, from.id)) {
    const { key, trade, level, title, appliesTo, responsible, frequency, demand } = old
    const template = Object.assign(new Template(), { key, trade, level, title, responsible, frequency, norm: ref(to), createdAt })
    Object.assign(template, appliesTo ? { appliesTo } : {}, demand ? { demand } : {})
    em.persist(template)
    for (const item of await itemsOf(em, old.id))
      em.persist(sayAs(item, Object.assign(new TemplateItem(), { key: item.key, seq: item.seq, template: ref(template), createdAt })))
  }
}
