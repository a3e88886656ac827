import { LockMode } from '@mikro-orm/core'
import { act, type Acting } from '../shared/act.js'
import { instant } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { Attachment } from './attachment.entity.js'
import { type FileStore, originalOf } from './files.js'

const HOURS = 24
const AT_ONCE = 500

/** Once a day: what was uploaded but belongs to nothing after a day goes, and with it every file that no record names. */
export async function clearUnattached(job: Acting, reader: Reader, files: FileStore): Promise<{ records: number; files: number }> {
  const before = new Date(job.now.getTime() - HOURS * 3_600_000)
  let records = 0
  for (;;) {
    const removed = await act(job, 'fileClear', async ({ em }) => {
      // Several processes have the same day: what one of them is about to remove, the others pass over.
      const lockMode = LockMode.PESSIMISTIC_PARTIAL_WRITE
      const old = await em.find(
        Attachment,
        { hazard: null, ofRecord: null, createdAt: { $lt: instant(before) } },
        { filters: false, limit: AT_ONCE, orderBy: { id: 'asc' }, lockMode },
      )
      em.remove(old)
      return old.length
    })
    records += removed
    if (removed < AT_ONCE) break
  }
  return { records, files: await files.sweep(before, (names) => named(reader, names)) }
}

/** Those of the names that a record still needs; a small picture lives as long as the one it was made from. */
async function named(reader: Reader, names: string[]): Promise<Set<string>> {
  const originals = [...new Set(names.map(originalOf))]
  const rows = await reader.all(`select distinct sha256 from attachment where sha256 in (${originals.map(() => '?').join(', ')})`, originals)
  const needed = new Set(rows.map((row) => row['sha256'] as string))
  return new Set(names.filter((name) => needed.has(originalOf(name))))
}
