import type { Stated } from './diff.js'
import { SAID } from './said.js'
import type { Template, TemplateItem } from './template.entity.js'

/** The items of a template as a diff sees them. */
export const statedOf = (template: Pick<Template, 'key' | 'title'>, items: readonly TemplateItem[]): Stated[] =>
  items.map((item) => ({
    ...(Object.fromEntries(SAID.map((field) => [field, item[field]])) as Pick<TemplateItem, (typeof SAID)[number]>),
    key: item.key,
    seq: item.seq,
    sheet: template.key,
    sheetTitle: template.title,
  }))
