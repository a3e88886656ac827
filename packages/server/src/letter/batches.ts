import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { FileStore } from '../attachment/files.js'
import type { Paper } from '../paper/paper.js'
import { toPdf } from '../paper/pdf.js'
import { toWord } from '../paper/word.js'
import { instant } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { run } from '../shared/run.js'
import type { Scope } from '../shared/scope.js'
import { PaperFormat } from './letterBatch.entity.js'
import { papersOf } from './papers.js'

export interface BatchPlace {
  store: { em(scope: Scope | undefined): SqlEntityManager; reader: Reader }
  /** Where the finished files are kept, where they are written until then, and where the drawn signatures lie. */
  papers: FileStore
  workshop: string
  signature(sha256: string): Promise<Buffer | undefined>
  clock(): Date
  failed(error: unknown): void
}

const HOURS = 24
/** A runner that has said nothing for so long has gone with its process. */
const SILENT_MS = 2 * 60_000
const SAY_EVERY = 20

const lookers = new Set<() => void>()
/** Called after a batch was asked for; other processes see it at their next look. */
export const wakeBatches = (): void => lookers.forEach((look) => look())

export const fileOf = (id: string, format: PaperFormat): string => `${id}.${format.toLowerCase()}`

/** Makes the batches that wait, one after the other, each claimed by one process of the store. */
export function openBatches(place: BatchPlace): { stop(): Promise<void> } {
  let working: Promise<void> = Promise.resolve()
  let waiting = false
  let stopped = false
  const look = () => {
    if (waiting || stopped) return
    waiting = true
    working = working.then(async () => {
      waiting = false
      for (let batch = await claim(place); batch && !stopped; batch = await claim(place)) await make(place, batch, () => stopped)
      await clear(place)
    })
    working = working.catch(place.failed)
  }
  lookers.add(look)
  const timer = setInterval(look, 30_000)
  timer.unref()
  look()
  return {
    stop: async () => {
      stopped = true
      lookers.delete(look)
      clearInterval(timer)
      await working
    },
  }
}

interface Claimed {
  id: string
  format: PaperFormat
  letters: string[]
}

/** Asked for, or left behind by a runner that went. Said twice: of two processes that see it waiting, one takes it. */
const WAITS = "state = 'QUEUED' or (state = 'RUNNING' and moved_at < ?)"

async function claim({ store, clock }: BatchPlace): Promise<Claimed | undefined> {
  const [now, silent] = [instant(clock()), instant(new Date(clock().getTime() - SILENT_MS))]
  const [row] = await run<{ id: string; format: PaperFormat; letters: string }>(
    store.em(undefined),
    `update letter_batch set state = 'RUNNING', done = 0, moved_at = ? where id = (select id from letter_batch
      where ${WAITS} order by id limit 1) and (${WAITS}) returning id, format, letters`,
    [now, silent, silent],
  )
  return row && { id: row.id, format: row.format, letters: row.letters.split(' ') }
}

/** The paper is written aside and gets its name when it is whole; progress is said every few letters, and a cancel heard. */
async function make(place: BatchPlace, batch: Claimed, stopped: () => boolean): Promise<void> {
  const { store, papers, workshop, clock } = place
  // Named anew each time: a runner that was only slow may still be writing its own.
  const aside = join(workshop, `${batch.id}-${randomUUID()}.part`)
  const cancelled = new AbortController()
  async function* counted(): AsyncGenerator<Paper> {
    let done = 0
    for await (const paper of papersOf(store.reader, batch.letters, place.signature)) {
      yield paper
      if (++done % SAY_EVERY && done < batch.letters.length) continue
      if (stopped() || !(await said(place, batch.id, done))) return cancelled.abort()
    }
  }
  try {
    await mkdir(workshop, { recursive: true })
    const print = batch.format === PaperFormat.PDF ? toPdf : toWord
    await pipeline(print(counted()), createWriteStream(aside), { signal: cancelled.signal })
    await papers.putFile(fileOf(batch.id, batch.format), aside)
    await run(store.em(undefined), `update letter_batch set state = 'DONE', moved_at = ? where id = ? and state = 'RUNNING'`, [instant(clock()), batch.id])
  } catch (error) {
    await rm(aside, { force: true })
    if (stopped()) await run(store.em(undefined), `update letter_batch set state = 'QUEUED' where id = ? and state = 'RUNNING'`, [batch.id])
    if (cancelled.signal.aborted) return
    await run(store.em(undefined), `update letter_batch set state = 'FAILED', moved_at = ? where id = ? and state = 'RUNNING'`, [instant(clock()), batch.id])
    place.failed(error)
  }
}

/** False when somebody has cancelled it. */
async function said({ store, clock }: BatchPlace, id: string, done: number): Promise<boolean> {
  const rows = await run(store.em(undefined), `update letter_batch set done = ?, moved_at = ? where id = ? and state = 'RUNNING' returning id`, [
    ...[done, instant(clock()), id],
  ])
  return rows.length > 0
}

/** What was printed yesterday can be printed again. */
async function clear({ papers, workshop, clock }: BatchPlace): Promise<void> {
  const before = new Date(clock().getTime() - HOURS * 3_600_000)
  await papers.sweep(before, () => Promise.resolve(new Set()))
  for (const name of await readdir(workshop).catch(() => [])) {
    const path = join(workshop, name)
    if ((await stat(path)).mtime < before) await rm(path, { force: true })
  }
}
