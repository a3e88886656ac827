import { Refusal } from '../shared/refusal.js'
import { SAID, say } from './said.js'
import type { TemplateItemFacts } from './template.entity.js'

const LONGEST = 1_000

/** Takes what was typed in about an item, of a norm or of an enterprise's own; blank is cleared. */
export function describeItem(item: TemplateItemFacts, facts: TemplateItemFacts): void {
  if (!facts.content.trim()) throw new Refusal('MISSING', '请填写检查内容', { field: 'content' })
  for (const field of SAID) {
    const value = facts[field]
    const said = typeof value === 'string' ? value.trim() : value
    if (typeof said === 'string' && said.length > LONGEST) throw new Refusal('TOO_LONG', `每一栏最多 ${LONGEST} 个字`, { field })
    say(item, field, said)
  }
}
