import { COLUMNS, FIRST_HASH, hashOf, type Row } from './log.js'
import type { Reader } from './read/reader.js'

export interface Broken {
  /** The first row that is missing or does not fit what stands before it. */
  seq: number
  what: 'GAP' | 'HASH' | 'HEAD'
  sentence: string
}
export interface Verified {
  /** Rows found in order, up to the first broken one. */
  rows: number
  /** The hash of the last of them. Kept outside of the store, it shows later whether the whole chain was written anew. */
  hash: string
  broken?: Broken
}

const PROGRESS_EVERY = 20_000

/**
 * Computes the chain anew over the whole log, a row at a time, and names the first row that is not as it was written.
 * What commits meanwhile is no fault: the end is compared with the head as it stood before.
 */
export async function verifyLog(reader: Reader, onProgress: (rows: number, of: number) => void = () => undefined): Promise<Verified> {
  const head = await headOf(reader)
  let [rows, hash] = [0, FIRST_HASH]
  const broken = (what: Broken['what'], seq: number, sentence: string): Verified => ({ rows, hash, broken: { seq, what, sentence } })
  if (head.seq === 0 && head.hash !== FIRST_HASH) return broken('HEAD', 0, '链尾登记的校验值与空记录不符')
  for await (const plain of reader.stream(`select ${COLUMNS.join(', ')} from change order by seq`)) {
    const row = { ...plain, seq: Number(plain['seq']) } as Row
    if (row.seq !== rows + 1) return broken('GAP', rows + 1, missing(rows + 1, row.seq - 1))
    if (hashOf(hash, row) !== row.hash) return broken('HASH', row.seq, `第 ${row.seq} 条的校验值与内容不符：这一条被改过，或前一条连同校验值被换过`)
    if (row.seq === head.seq && row.hash !== head.hash) return broken('HEAD', row.seq, `链尾登记的校验值与第 ${row.seq} 条不符：这一条连同校验值被换过`)
    ;[rows, hash] = [row.seq, row.hash]
    if (rows % PROGRESS_EVERY === 0) onProgress(rows, Math.max(rows, head.seq))
  }
  if (rows < head.seq) return broken('HEAD', rows + 1, missing(rows + 1, head.seq))
  const now = await headOf(reader)
  if (rows > now.seq) return broken('HEAD', now.seq + 1, `链尾登记到第 ${now.seq} 条，记录却有 ${rows} 条`)
  return { rows, hash }
}

const missing = (from: number, to: number) => (from === to ? `缺第 ${from} 条` : `缺第 ${from} 至 ${to} 条`)

async function headOf(reader: Reader): Promise<{ seq: number; hash: string }> {
  const [row] = await reader.all('select seq, hash from chain_head where id = 1')
  if (!row) return { seq: -1, hash: '' } // gone: then every row stands behind the head
  return { seq: Number(row['seq']), hash: String(row['hash']) }
}
