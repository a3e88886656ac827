import { half } from '../shared/sameKey.js'

/** A column that a ledger may have, by the words offices write above it. */
export interface Column<Field extends string = string> {
  field: Field
  /** As our own template names it. */
  label: string
  /** Other names, as written, with blanks between; brackets, stars and width do not count. */
  words: string
  /** Names that are not worth listing one by one; an exact word of another column goes before. */
  like?: RegExp
}

/** `单位名称\n（必填）*` → `单位名称必填`, and without what stands in brackets `单位名称`. */
export function headerWords(text: string): string[] {
  const flat = half(text).replace(/[\s*★☆※#:：]/g, '')
  const bare = flat.replace(/\(.*?\)|\[.*?\]|【.*?】|〔.*?〕|<.*?>/g, '')
  const open = flat.replace(/[()[\]【】〔〕<>]/g, '')
  const plain = [bare, open].map((word) => word.replace(/^(必填|选填)|(必填项?|选填|可不填)$/g, ''))
  return [...new Set([...plain, ...plain.map((word) => word.replace(/[/、,，.·\-—_]/g, ''))])].filter(Boolean)
}

const known = new WeakMap<Column, Set<string>>()
const ownWords = (column: Column): Set<string> => {
  const own = known.get(column) ?? new Set([column.label, ...column.words.split(' ')].flatMap(headerWords))
  known.set(column, own)
  return own
}

/** How surely a header names this column: by its own word, by likeness only, or not at all. */
export function fits(column: Column, words: readonly string[]): 'exact' | 'like' | undefined {
  if (words.some((word) => ownWords(column).has(word))) return 'exact'
  return words.some((word) => word.length <= 16 && column.like?.test(word)) ? 'like' : undefined
}
