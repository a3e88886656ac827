import { Readable } from 'node:stream'
import { type Cell, csvField } from '../shared/read/csvLine.js'
import type { Column } from './columns.js'

/** With a byte order mark, as Excel and WPS open it. */
export function csvStream(columns: readonly Column[], rows: AsyncIterable<readonly Cell[]>): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield headOf(columns)
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
  return Readable.from(lines(), STREAM)
}

/** The same of lines that are written already. */
export function writtenCsv(columns: readonly Column[], parts: AsyncIterable<{ csv: Uint8Array }>): Readable {
  async function* bytes(): AsyncGenerator<string | Uint8Array> {
    yield headOf(columns)
    for await (const { csv } of parts) yield csv
  }
  return Readable.from(bytes(), STREAM)
}

const STREAM = { objectMode: false, highWaterMark: 65_536 }
const headOf = (columns: readonly Column[]): string => `\ufeff${line(columns.map(({ header }) => header))}`
const line = (cells: readonly Cell[]): string => `${cells.map(csvField).join(',')}\r\n`
