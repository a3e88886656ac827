import type { Paper } from '../paper/paper.js'
import type { Reader } from '../shared/read/reader.js'
import { paperOf } from './compose.js'

const AT_ONCE = 50

interface Kept {
  id: string
  title: string
  number: string
  content: string
  signature: string | null
}

/** The papers of these letters in this order, a few rows at a time. Who may see them was asked when they were chosen. */
export async function* papersOf(reader: Reader, ids: readonly string[], signature: (sha256: string) => Promise<Buffer | undefined>): AsyncGenerator<Paper> {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    const rows = await reader.all(`select id, title, number, content, signature from letter where id in (${some.map(() => '?').join(', ')})`, some)
    const found = new Map((rows as unknown as Kept[]).map((row) => [row.id, row]))
    for (const id of some) {
      const letter = found.get(id)
      if (letter) yield paperOf(letter, letter.signature ? await signature(letter.signature) : undefined)
    }
  }
}
