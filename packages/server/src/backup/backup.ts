import { createWriteStream } from 'node:fs'
import { access, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type FileStore, nameOf } from '../attachment/files.js'
import type { Config } from '../config.js'
import { instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { openStore, sqliteFile } from '../store.js'
import { type Contents, type End, writeArchive } from './archive.js'
import { openSnapshot, type Snapshot } from './snapshot.js'
import { type Table, tablesOf } from './tables.js'
import { type Say, Tally } from './tally.js'

export type Where = Pick<Config, 'dataDir' | 'databaseUrl'>
export interface Made extends End {
  rows: number
  bytes: number
}

/** Writes everything into one file while the program runs: all tables as of one instant, then the files they name. */
export async function backup(where: Where, files: FileStore, path: string, say: Say, at = new Date()): Promise<Made> {
  if (await exists(path)) throw new Refusal('FILE_EXISTS', `${path} 已经存在，请换一个文件名`)
  const store = await openStore(where)
  const migrations = (await store.orm.migrator.getExecuted()).map((one) => one.name)
  const tables = tablesOf(store.orm)
  await store.close()
  const aside = await mkdtemp(`${path}.part-`)
  const snapshot = await openSnapshot({ file: sqliteFile(where), databaseUrl: where.databaseUrl })
  try {
    const needed = new Set<string>()
    const dumps = []
    for (const table of tables) dumps.push({ table, ...(await dump(snapshot, table, join(aside, table.name), needed, say)) })
    const contents: Contents = {
      format: 'anbiao',
      version: 1,
      at: instant(at),
      engine: where.databaseUrl ? 'postgres' : 'sqlite',
      migrations,
      tables: dumps.map(({ table, rows }) => ({ name: table.name, rows })),
    }
    const archive = writeArchive(join(aside, 'archive'))
    await archive.add('backup.json', json(contents))
    for (const { table, file, bytes } of dumps) await archive.addFile(`tables/${table.name}.ndjson.gz`, file, bytes)
    const end = await copyFiles([...needed].sort(), files, archive.add, say)
    await archive.add('end.json', json(end))
    await archive.end()
    await rename(join(aside, 'archive'), path)
    return { ...end, rows: dumps.reduce((sum, { rows }) => sum + rows, 0), bytes: (await stat(path)).size }
  } finally {
    await snapshot.close()
    await rm(aside, { recursive: true, force: true })
  }
}

/** One table into a file of its own, for a tar must know a size before the bytes. Notes the attachments that belong to something. */
async function dump(snapshot: Snapshot, table: Table, file: string, needed: Set<string>, say: Say): Promise<{ file: string; rows: number; bytes: number }> {
  const names = table.columns.map((column) => column.name)
  const isFile = table.name === 'attachment'
  const sha = names.indexOf('sha256')
  const owners = [names.indexOf('hazard_id'), names.indexOf('of_record')]
  const tally = new Tally(table.name, say)
  async function* lines() {
    yield `${JSON.stringify(names)}\n`
    for await (const batch of snapshot.rows(table)) {
      tally.add(batch.length)
      if (isFile) for (const row of batch) if (owners.some((owner) => row[owner] != null)) needed.add(String(row[sha]))
      if (batch.length) yield `${batch.map((row) => JSON.stringify(row)).join('\n')}\n`
    }
  }
  await pipeline(lines, createGzip({ level: 4 }), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  return { file, rows: tally.done(), bytes: (await stat(file)).size }
}

async function copyFiles(names: string[], files: FileStore, add: (name: string, bytes: Buffer) => Promise<void>, say: Say): Promise<End> {
  const end: End = { files: 0, missing: [] }
  for (const name of names) {
    const stored = await files.stream(name)
    const bytes = stored && (await buffer(stored.body))
    if (!bytes || nameOf(bytes) !== name) end.missing.push(name)
    else {
      await add(`files/${name}`, bytes)
      if (++end.files % 1_000 === 0) say(`  附件：${end.files} / ${names.length} 个`)
    }
  }
  if (names.length) say(`  附件：${end.files} 个`)
  return end
}

const json = (value: object) => Buffer.from(JSON.stringify(value, null, 1))

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
