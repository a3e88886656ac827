import { words } from '../shared/words'
import { type Measure, measuresOf, type Thing } from './catalog'

export interface MeasureFamily {
  name: string
  label: string
  measures: { path: string; label: string }[]
}

const OPERATIONS = new Set(['sum', 'avg', 'min', 'max', 'countDistinct'])
const text = ({ family, label }: Measure) => (family && OPERATIONS.has(family) ? words.global.t(`question.operation.${family}`, { of: label }) : label)
/** Counts first, then the rates; sums and extremes of single data after them. */
const ORDER = ['count', 'figures', 'sum', 'avg', 'countDistinct', 'min', 'max']
const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)

/** The measures a thing has, by family, as the person who asks reads them. */
export function familiesOf(thing: Thing): MeasureFamily[] {
  const families = new Map<string, MeasureFamily>()
  for (const measure of thing.group ? measuresOf(thing.group) : []) {
    const name = measure.family ?? 'count'
    const key = `question.family.${name}`
    const family = families.get(name) ?? { name, label: words.global.te(key) ? words.global.t(key) : name, measures: [] }
    const said = { path: measure.path, label: text(measure) }
    if (said.path === 'count') family.measures.unshift(said)
    else family.measures.push(said)
    families.set(name, family)
  }
  return [...families.values()].sort((a, b) => rank(a.name) - rank(b.name))
}
