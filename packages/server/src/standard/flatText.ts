const CJK = '\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef'
const BETWEEN = new RegExp(`(?<=[${CJK}])\\s+(?=[${CJK}])`, 'g')

/** A text as it is searched in: letters and digits of any width are one, and a line that ends in the middle of a word goes on. */
export const flat = (text: string): string =>
  text
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (wide) => wide.normalize('NFKC'))
    .replace(/\0/g, '')
    .replace(/\s+/g, ' ')
    .replace(BETWEEN, '')
    .trim()
    .toLowerCase()

/** The pairs of characters in a text, each once. */
export function pairs(text: string): Set<string> {
  const chars = [...text]
  const found = new Set<string>()
  for (let i = 1; i < chars.length; i++) if (chars[i - 1] !== ' ' && chars[i] !== ' ') found.add(chars[i - 1]! + chars[i]!)
  return found
}

/** The words that must all be found. */
export const wordsOf = (query: string): string[] => query.slice(0, 100).split(/\s+/).map(flat).filter(Boolean).slice(0, 5)

export interface Part {
  text: string
  hit: boolean
}
const AROUND = 40

/** Some words around the first place where one of the words stands, cut into what was looked for and what stands between. */
export function snippet(text: string, words: readonly string[]): Part[] {
  const first = Math.min(...words.map((word) => text.indexOf(word)).filter((at) => at >= 0))
  if (!Number.isFinite(first)) return []
  const from = Math.max(0, first - AROUND)
  const to = Math.min(text.length, first + AROUND * 3)
  const parts: Part[] = []
  const add = (part: string, hit: boolean) => void (part && parts.push({ text: part, hit }))
  let at = from
  while (at < to) {
    const next = words.map((word) => ({ word, place: text.indexOf(word, at) })).filter(({ place }) => place >= 0 && place < to)
    const { word, place } = next.sort((a, b) => a.place - b.place || b.word.length - a.word.length)[0] ?? { word: '', place: to }
    add((at === from && from > 0 ? '…' : '') + text.slice(at, place), false)
    if (!word) break
    add(text.slice(place, place + word.length), true)
    at = place + word.length
  }
  if (to < text.length) add('…', false)
  return parts
}

export const timesIn = (text: string, word: string): number => text.split(word).length - 1
