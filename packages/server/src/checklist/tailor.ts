import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { placeOf } from '../enterprise/standing.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { inDivision } from '../shared/scope.js'
import { CURRENT, Norm, NormKind } from '../standard/norm.entity.js'
import { Checklist } from './checklist.entity.js'
import { newItem } from './own.js'
import { itemsOf, sayAs, templatesOf } from './said.js'
import { Template } from './template.entity.js'
import { ChecklistLevel } from './terms.js'

const { UNIT, WORKSHOP, POST } = ChecklistLevel

/** The norms of a trade that hold where an enterprise stands, the nearest authority's first. */
export async function normsFor(em: SqlEntityManager, firm: Pick<Enterprise, 'trade' | 'division'>): Promise<Norm[]> {
  if (!firm.trade) return []
  const norms = await em.find(Norm, { trade: firm.trade, kind: NormKind.INSPECTION_CHECKLIST, status: { $in: [...CURRENT] } }, { orderBy: { series: 'asc' } })
  return norms.filter((norm) => inDivision(firm.division, norm.division)).sort((a, b) => b.division.length - a.division.length)
}

/** A part of the enterprise that a list can be made for. */
interface Part {
  level: ChecklistLevel
  unit?: Workshop
  post?: Post
  name: string
}

const applies = (template: Template, name: string): boolean => words(template).some((word) => name.includes(word))
const words = (template: Template): string[] => (template.appliesTo ?? '').split(/[、，,;；\s]+/).filter(Boolean)

/** A post or workshop takes the templates that name it; where none does, those that name nobody. */
export function templatesFor(part: Part, templates: readonly Template[]): Template[] {
  const level = templates.filter((template) => template.level === part.level)
  const named = level.filter((template) => applies(template, part.name))
  return named.length ? named : level.filter((template) => !words(template).length)
}

/** Every list that the enterprise's norms offer and it does not have yet; its norms are frozen from now on. */
export async function makeLists(em: SqlEntityManager, firm: Enterprise, startsOn: string, createdAt: string): Promise<Checklist[]> {
  const units = await em.find(Workshop, { enterprise: firm.id, endedOn: null }, { orderBy: { name: 'asc' } })
  const posts = await em.find(Post, { enterprise: firm.id, endedOn: null }, { orderBy: { workshop: 'asc', name: 'asc' } })
  const parts: Part[] = [
    { level: UNIT, name: firm.name },
    ...units.map((unit) => ({ level: WORKSHOP, unit, name: unit.name })),
    ...posts.map((post) => ({ level: POST, unit: units.find(({ id }) => id === post.unit.id)!, post, name: post.name })),
  ]
  const there = await em.find(Checklist, { enterprise: firm.id, endedOn: null })
  const used = await em.find(Template, { id: { $in: there.flatMap(({ template }) => (template ? [template.id] : [])) } })
  const keyOf = (list: Checklist) => used.find(({ id }) => id === list.template?.id)?.key
  const made: Checklist[] = []
  for (const norm of await normsFor(em, firm)) {
    const templates = await templatesOf(em, norm.id)
    for (const part of parts)
      for (const template of templatesFor(part, templates)) {
        const has = there.some((list) => keyOf(list) === template.key && list.unit?.id === part.unit?.id && list.post?.id === part.post?.id)
        if (!has) made.push(await makeList(em, firm, part, template, startsOn, createdAt))
      }
    if (made.some((list) => templates.some(({ id }) => id === list.template!.id))) norm.freeze(createdAt)
  }
  return made
}

async function makeList(em: SqlEntityManager, firm: Enterprise, part: Part, template: Template, startsOn: string, createdAt: string): Promise<Checklist> {
  const { responsible, frequency, demand } = template
  const list = Object.assign(new Checklist(), {
    ...placeOf(firm, part.unit, part.post),
    ...{ level: part.level, title: titleOf(part), responsible, frequency, startsOn, template: ref(template), createdAt },
    ...(demand ? { demand } : {}),
  })
  em.persist(list)
  for (const item of await itemsOf(em, template.id)) em.persist(sayAs(item, Object.assign(newItem(list, createdAt), { seq: item.seq, origin: ref(item) })))
  return list
}

const TITLE: Record<ChecklistLevel, string> = { UNIT: '安全生产检查清单', WORKSHOP: '安全检查表册', POST: '安全检查卡片' }
/** 杀青车间安全检查表册. */
export const titleOf = (part: Pick<Part, 'level' | 'name'>): string => (part.level === UNIT ? '本单位安全生产检查清单' : `${part.name}${TITLE[part.level]}`)
