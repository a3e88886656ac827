import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, opendir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

export interface StoredFile {
  bytes: number
  body: Readable
}

/** Where bytes lie. Names are made here from their content, never taken from a sender. */
export interface FileStore {
  /** Keeps the bytes for good once it returns; putting them again only makes them young again. */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** The same for bytes that lie in a file of this machine, which is gone afterwards. */
  putFile(name: string, path: string): Promise<void>
  stream(name: string): Promise<StoredFile | undefined>
  has(name: string): Promise<boolean>
  remove(name: string): Promise<void>
  /** Removes what was last put before a moment and is not among the names that `kept` gives back; tells how many. */
  sweep(before: Date, kept: (names: string[]) => Promise<Set<string>>): Promise<number>
}

export const nameOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
/** The small picture made from another, kept beside it. */
export const thumbNameOf = (name: string): string => `${name}.thumb`
export const originalOf = (name: string): string => name.slice(0, 64)

const NAME = /^([0-9a-f]{64}(\.thumb)?|[0-9a-f-]{36}\.(pdf|docx))$/
const TEMPORARY = 'tmp'
/** How many names are asked about at once in a sweep. */
export const BATCH = 500

export const isName = (name: string): boolean => NAME.test(name)
export function needName(name: string): string {
  if (!isName(name)) throw new Error(`not a name of a stored file: ${name.slice(0, 80)}`)
  return name
}

/** Files in a directory: `ab/abcdef…`, each written aside, synced and then renamed, so that a name is never half a file. */
export class DiskFiles implements FileStore {
  constructor(private readonly directory: string) {}

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(name)
    if (await this.has(name)) {
      const now = new Date()
      return utimes(path, now, now)
    }
    const aside = join(this.directory, TEMPORARY, randomUUID())
    await mkdir(join(this.directory, TEMPORARY), { recursive: true })
    try {
      await writeSynced(aside, bytes)
      await this.putFile(name, aside)
    } catch (error) {
      await rm(aside, { force: true })
      throw error
    }
  }

  /** The file must lie on the same disk. */
  async putFile(name: string, from: string): Promise<void> {
    const path = this.#path(name)
    await mkdir(join(this.directory, name.slice(0, 2)), { recursive: true })
    await rename(from, path)
    await syncDirectory(join(this.directory, name.slice(0, 2)))
  }

  async stream(name: string): Promise<StoredFile | undefined> {
    try {
      const handle = await open(this.#path(name))
      return { bytes: (await handle.stat()).size, body: handle.createReadStream() }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async has(name: string): Promise<boolean> {
    return (await this.#age(this.#path(name))) !== undefined
  }

  remove(name: string): Promise<void> {
    return rm(this.#path(name), { force: true })
  }

  async sweep(before: Date, kept: (names: string[]) => Promise<Set<string>>): Promise<number> {
    let removed = 0
    for (const folder of await this.#folders()) {
      const old: string[] = []
      for await (const file of await opendir(join(this.directory, folder))) {
        const at = await this.#age(join(this.directory, folder, file.name))
        if (at && at < before) old.push(file.name)
      }
      for (let i = 0; i < old.length; i += BATCH) {
        const part = old.slice(i, i + BATCH)
        // What a stopped process left behind has no name yet that anybody could keep.
        const keep = folder === TEMPORARY ? new Set<string>() : await kept(part)
        const gone = part.filter((name) => !keep.has(name))
        for (const name of gone) await rm(join(this.directory, folder, name), { force: true })
        removed += gone.length
      }
    }
    return removed
  }

  async #folders(): Promise<string[]> {
    await mkdir(this.directory, { recursive: true })
    const entries = await readdir(this.directory, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  }

  async #age(path: string): Promise<Date | undefined> {
    try {
      return (await stat(path)).mtime
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  #path(name: string): string {
    return join(this.directory, needName(name).slice(0, 2), name)
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o640)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A new name survives a power cut only once its directory is written; Windows does that itself and opens no directories. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path)
  await handle.sync().finally(() => handle.close())
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'
