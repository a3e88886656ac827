import type { GraphQLEnumType, GraphQLObjectType } from 'graphql'
import { allThings, type Datum, dataOfThing } from '../shared/datum.js'

/** The word of a choice: the graph's own description of the value, which is where the words of every enumeration stand. */
export const wordOf = (type: GraphQLEnumType, value: unknown): string => type.getValue(String(value))?.description ?? String(value)

const byThing = new Map<string, Map<string, Datum>>()
function dataNamed(type: string): Map<string, Datum> | undefined {
  let data = byThing.get(type)
  if (data) return data
  // Measures have words of their own: how many are overdue is not whether one is.
  if (type.endsWith('Measures')) return undefined
  // HazardKey, HazardSum … speak of a hazard's data; the longest name that fits is the thing meant.
  const thing = allThings()
    .filter(({ name }) => type.startsWith(name))
    .sort((a, b) => b.name.length - a.name.length)[0]
  if (!thing) return undefined
  byThing.set(type, (data = new Map(dataOfThing(thing.target).map((datum) => [datum.name, datum]))))
  return data
}

/** What the graph's types themselves are too general to say. */
const PLAIN: Record<string, string> = {
  __typename: '类型',
  id: '标识',
  version: '版本',
  totalCount: '总数',
  count: '数量',
  share: '占比（%）',
  sum: '合计',
  avg: '平均',
  min: '最小',
  max: '最大',
  countDistinct: '不同值',
  nodes: '记录',
  value: '值',
}
/** Levels that say nothing beside what stands below them. */
const SILENT = new Set(['key', 'figures', 'aggregate', 'groups', 'nodes', 'edges', 'node'])

/** The heading of a field: the datum's label, else the first words of the graph's description, else its name. */
export function labelOf(parent: GraphQLObjectType, name: string): string {
  if (SILENT.has(name) && !dataNamed(parent.name)?.get(name)?.shown) return ''
  const datum = dataNamed(parent.name)?.get(name)
  if (datum && name !== 'id') return datum.label
  const plain = PLAIN[name]
  if (plain) return plain
  const { description } = parent.getFields()[name] ?? {}
  const said = description?.split(/[（(：:；;，,。]/)[0]?.trim()
  return said || name
}

/** How wide a column of it should stand on paper: as wide as most of its texts are, prose in several lines. */
export function widthOf(parent: GraphQLObjectType, name: string): number | undefined {
  const datum = dataNamed(parent.name)?.get(name)
  if (datum?.kind === 'text' && !datum.max) return 40
  if (datum?.kind === 'instant') return 20
  if (datum?.kind === 'day') return 13
  return name === 'name' || name === 'title' || name === 'number' ? 26 : undefined
}
