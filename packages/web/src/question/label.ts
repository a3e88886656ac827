import { fieldLabel, spelled } from '../shared/fieldLabel'
import { words } from '../shared/words'

/** What the graph itself has no description for: the frame around the data. */
const own = (name: string) => {
  const key = `question.field.${name}`
  return words.global.te(key) ? words.global.t(key) : undefined
}

/** Codes of places are shown as the names of the places. */
const PLACES = new Set(['division', 'station'])

/** How a field is called: the first words of its description in the schema, `隐患清单：筛选、排序 …` → `隐患清单`. */
export function labelOf({ name, description }: { name: string; description?: string | null }): string {
  const said = description?.split(/[：；。\n]/)[0]?.trim()
  const label = own(name) ?? (said ? fieldLabel(name, said) : spelled(name))
  if (!PLACES.has(name)) return label
  const place = label.replace(words.global.t('question.codeMark'), '')
  return place === words.global.t('question.divisionMark') ? words.global.t('question.village') : place
}
