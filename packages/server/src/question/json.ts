import { Readable } from 'node:stream'
import type { Row } from './answer.js'

/** The graph's own answer, `{"data":{"hazards":{"nodes":[…]}}}`, written row by row. */
export function jsonStream(path: readonly string[], rows: AsyncIterable<readonly Row[]>): Readable {
  async function* parts(): AsyncGenerator<string> {
    yield `{"data":${path.map((step) => `{${JSON.stringify(step)}:`).join('')}[`
    let first = true
    for await (const some of rows) {
      if (!some.length) continue
      yield `${first ? '' : ','}${some.map((row) => JSON.stringify(row)).join(',')}`
      first = false
    }
    yield `]${'}'.repeat(path.length)}}`
  }
  return Readable.from(parts(), { objectMode: false, highWaterMark: 65_536 })
}
