/** What stands in a cell of a file, and how it is written in a CSV. The reading processes load this as it stands: it imports nothing. */
export type Cell = string | number | null

/** How a value of a column is shown; `words` are those of a choice. */
export interface Form {
  as: 'text' | 'flag' | 'instant' | 'choice'
  words?: Record<string, string>
}

export function cellOf(value: unknown, { as, words }: Form): Cell {
  if (value === null || value === undefined) return null
  if (as === 'flag' || typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (as === 'choice') return (words && Object.hasOwn(words, text) ? words[text] : undefined) ?? text
  return as === 'instant' ? shanghai(text) : text
}

const shanghai = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** What a spreadsheet would calculate instead of showing. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/** Everything that a field may not bear as it stands. */
const SPECIAL = /[",\r\n]|^[\s=+\-@＝＋－＠]|\s$/

/** RFC 4180; a text never becomes a formula, a number stays one. */
export function csvField(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  if (!SPECIAL.test(cell)) return cell
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLines(rows: readonly (readonly unknown[])[], forms: readonly Form[]): string {
  let text = ''
  for (const row of rows) {
    for (let i = 0; i < forms.length; i++) text += i ? `,${csvField(cellOf(row[i], forms[i]!))}` : csvField(cellOf(row[i], forms[i]!))
    text += '\r\n'
  }
  return text
}
