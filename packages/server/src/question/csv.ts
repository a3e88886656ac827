import { Readable } from 'node:stream'
import type { Cell, Column } from './columns.js'

/** What a spreadsheet would calculate instead of showing. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** RFC 4180 with a byte order mark, as Excel and WPS open it; a text never becomes a formula, a number stays one. */
export function csvStream(columns: readonly Column[], rows: AsyncIterable<readonly Cell[]>): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${line(columns.map(({ header }) => header))}`
    let some = ''
    for await (const row of rows) {
      some += line(row)
      if (some.length > 32_768) {
        yield some
        some = ''
      }
    }
    if (some) yield some
  }
  return Readable.from(lines(), { objectMode: false, highWaterMark: 65_536 })
}

const line = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`

function field(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
