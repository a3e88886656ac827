import { SAID, type Said } from './said.js'
import type { TemplateItem } from './template.entity.js'

/** An item as a diff sees it: what it says, and where it stands. */
export type Stated = Pick<TemplateItem, Said> & { key: string; seq: number; sheet: string; sheetTitle: string }

export interface FieldChange {
  field: Said
  before: string | null
  after: string | null
}
export interface ItemChange {
  kind: 'ADDED' | 'CHANGED' | 'MOVED' | 'DROPPED'
  key: string
  content: string
  /** 单位检查清单 第 3 项. */
  from: string | null
  to: string | null
  fields: FieldChange[]
}

const place = (item: Stated): string => `${item.sheetTitle} 第 ${item.seq} 项`
export const plainText = (value: unknown): string | null => (value == null || value === '' ? null : String(value))

export const fieldChanges = (before: Pick<TemplateItem, Said>, after: Pick<TemplateItem, Said>): FieldChange[] =>
  SAID.flatMap((field) => {
    const [was, is] = [plainText(before[field]), plainText(after[field])]
    return was === is ? [] : [{ field, before: was, after: is }]
  })

/** What became of each item from one version to the next; items are the same by their key, wherever they stand. */
export function diffItems(before: readonly Stated[], after: readonly Stated[]): ItemChange[] {
  const old = new Map(before.map((item) => [item.key, item]))
  const now = new Map(after.map((item) => [item.key, item]))
  const stayed = unmoved(before, after)
  const changes = after.flatMap((item): ItemChange[] => {
    const was = old.get(item.key)
    const common = { key: item.key, content: item.content, to: place(item) }
    if (!was) return [{ ...common, kind: 'ADDED', from: null, fields: [] }]
    const fields = fieldChanges(was, item)
    const moved = !stayed.has(item.key)
    if (!fields.length && !moved) return []
    return [{ ...common, kind: fields.length ? 'CHANGED' : 'MOVED', from: place(was), to: moved ? common.to : null, fields }]
  })
  const dropped = before.filter((item) => !now.has(item.key))
  return [
    ...changes,
    ...dropped.map((item): ItemChange => ({ kind: 'DROPPED', key: item.key, content: item.content, from: place(item), to: null, fields: [] })),
  ]
}

/** The items that kept their place: the most of those common to both that stand in the same order on the same sheet. */
function unmoved(before: readonly Stated[], after: readonly Stated[]): Set<string> {
  const kept = new Set<string>()
  const was = new Map(before.map((item, i) => [item.key, { sheet: item.sheet, at: i }]))
  for (const sheet of new Set(after.map((item) => item.sheet))) {
    const common = after.filter((item) => item.sheet === sheet && was.get(item.key)?.sheet === sheet)
    const places = common.map((item) => was.get(item.key)!.at)
    for (const i of longestRise(places)) kept.add(common[i]!.key)
  }
  return kept
}

/** The indexes of a longest rising part. */
function longestRise(values: readonly number[]): number[] {
  const length: number[] = []
  const from: number[] = []
  values.forEach((value, i) => {
    length[i] = 1
    from[i] = -1
    for (let j = 0; j < i; j++) if (values[j]! < value && length[j]! + 1 > length[i]!) [length[i], from[i]] = [length[j]! + 1, j]
  })
  let at = length.indexOf(Math.max(...length))
  const rise: number[] = []
  for (; at >= 0; at = from[at]!) rise.unshift(at)
  return rise
}
