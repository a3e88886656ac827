import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { extract, type Header, pack } from 'tar-stream'
import { Refusal } from '../shared/refusal.js'

/**
 * A backup is one tar file: `backup.json` says what it holds, `tables/<name>.ndjson.gz` every row of a table behind a
 * first line with its columns, `files/<sha256>` every attachment, and `end.json` that nothing was cut off behind it.
 */
export interface Contents {
  format: 'anbiao'
  version: 1
  at: string
  engine: string
  /** The migrations that had made the tables: a later program restores them as they were and migrates from there. */
  migrations: string[]
  tables: { name: string; rows: number }[]
}
export interface End {
  files: number
  /** Attachments whose bytes were lost or damaged before the backup was made. */
  missing: string[]
}

export interface ArchiveWriter {
  add(name: string, bytes: Buffer): Promise<void>
  addFile(name: string, path: string, size: number): Promise<void>
  end(): Promise<void>
}

export function writeArchive(path: string): ArchiveWriter {
  const tar = pack()
  const written = pipeline(tar as unknown as Readable, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
  // A full disk ends the entry that waits for it, too.
  const lasting = <T>(work: Promise<T>) => Promise.race([work, written.then(() => work)])
  const header = (name: string, size: number): Partial<Header> & { name: string } => ({ name, size, mode: 0o600, type: 'file' })
  return {
    add: (name, bytes) =>
      lasting(new Promise<void>((done, failed) => tar.entry(header(name, bytes.length), bytes, (error) => (error ? failed(error) : done())))),
    addFile: (name, file, size) => lasting(pipeline(createReadStream(file), tar.entry(header(name, size)))),
    async end() {
      tar.finalize()
      await written
    },
  }
}

export interface Entry {
  name: string
  body: Readable
}

/** The entries in their order; each body is read to its end before the next. */
export async function* readArchive(path: string): AsyncIterable<Entry> {
  await needEnd(path)
  const tar = extract()
  const source = createReadStream(path)
  source.on('error', (error) => tar.destroy(error))
  source.pipe(tar)
  try {
    for await (const entry of tar) {
      yield { name: entry.header.name, body: entry as unknown as Readable }
      entry.resume()
    }
  } finally {
    source.destroy()
  }
}

/** A whole archive ends in two blocks of zeros; one that was cut off is told before it is read, for some cuts leave the reader waiting. */
async function needEnd(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (!size) return
    const end = Buffer.alloc(Math.min(END, size), 1)
    await file.read(end, 0, end.length, size - end.length)
    if (end.length < END || end.some((byte) => byte !== 0)) throw broken()
  } finally {
    await file.close()
  }
}
const END = 1024

export const jsonOf = async <T>(body: Readable): Promise<T> => JSON.parse((await buffer(body)).toString()) as T

export const broken = (what = '') => new Refusal('BACKUP_BROKEN', `备份文件不完整或已损坏${what && `（${what}）`}，没有恢复任何内容，请换另一份备份`)

/** A full or failing disk is what it is; whatever else goes wrong while a backup is read is the backup's fault. */
export function faultOf(error: unknown, what = ''): unknown {
  const code = String((error as { code?: unknown }).code ?? '')
  return error instanceof Refusal || /^(E[A-Z]+|SQLITE_(FULL|IOERR|READONLY)\w*)$/.test(code) ? error : broken(what)
}
