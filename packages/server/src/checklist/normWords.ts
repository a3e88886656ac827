import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Norm } from '../standard/norm.entity.js'
import { keepText } from '../standard/normText.js'
import { Template, TemplateItem } from './template.entity.js'

/** Makes a norm's own words, its items among them, findable; called inside the act that changed them. */
export async function retell(em: SqlEntityManager, norm: Norm): Promise<void> {
  await em.flush()
  const templates = await em.find(Template, { norm: norm.id }, { orderBy: { key: 'asc' } })
  const items = await em.find(TemplateItem, { template: { $in: templates.map(({ id }) => id) } }, { orderBy: { template: 'asc', seq: 'asc' } })
  const said = [
    ...[norm.title, norm.number, norm.issuer, norm.trade, norm.body],
    ...templates.map(({ title }) => title),
    ...items.flatMap(({ section, content, requirement, demand, legalBasis }) => [section, content, requirement, demand, legalBasis]),
  ]
  await keepText(em, norm.id, '', '正文与检查项', said.filter(Boolean).join(' ｜ '))
}
