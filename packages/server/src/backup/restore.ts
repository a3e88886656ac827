import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type FileStore, nameOf } from '../attachment/files.js'
import { SqliteReader } from '../shared/read/sqliteReader.js'
import { Refusal } from '../shared/refusal.js'
import { verifyLog } from '../shared/verify.js'
import { broken, type Contents, type End, type Entry, faultOf, jsonOf, readArchive } from './archive.js'
import type { Where } from './backup.js'
import { openStage, type Stage } from './stage.js'
import type { Say } from './tally.js'
import { targetOf } from './target.js'

export interface Restored {
  /** When the backup was made. */
  at: string
  rows: number
  files: number
  missing: string[]
  /** Where the former store lies now, when one was replaced. */
  kept: string | undefined
}

/** Brings a backup back: built up aside, checked whole, and only then put in the place of what is there. */
export async function restore(
  where: Where,
  files: FileStore,
  path: string,
  { replace = false }: { replace?: boolean },
  say: Say,
  at = new Date(),
): Promise<Restored> {
  const target = targetOf(where, at)
  if (!existsSync(path)) throw new Refusal('BACKUP_MISSING', `没有找到备份文件 ${path}`)
  await target.needFree(replace)
  await mkdir(where.dataDir, { recursive: true })
  const folder = await mkdtemp(join(where.dataDir, 'restore-'))
  let stage: Stage | undefined
  try {
    const entries = readArchive(path)[Symbol.asyncIterator]()
    const contents = await contentsOf(entries)
    say(`备份于 ${contents.at}（${contents.engine}）`)
    stage = await openStage(folder, contents)
    const found = await fill(entries, contents, stage, files, say).catch((error: unknown) => Promise.reject(faultOf(error) as Error))
    const tables = await stage.finish()
    needFiles(stage, found)
    await needWholeLog(stage.file, say)
    stage.close()
    const kept = await target.take(stage.file, tables)
    return { at: contents.at, rows: contents.tables.reduce((sum, { rows }) => sum + rows, 0), files: found.names.size, missing: found.missing, kept }
  } finally {
    stage?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function contentsOf(entries: AsyncIterator<Entry>): Promise<Contents> {
  try {
    const first = await entries.next()
    const contents = !first.done && first.value.name === 'backup.json' ? await jsonOf<Contents>(first.value.body) : undefined
    if (contents?.format !== 'anbiao') throw new Refusal('NOT_A_BACKUP', '这个文件不是本程序的备份')
    if (contents.version !== 1) throw new Refusal('BACKUP_NEWER', '备份由更新的版本写成，请先升级本程序')
    return contents
  } catch (error) {
    throw faultOf(error)
  }
}

interface Found {
  names: Set<string>
  missing: string[]
}

/** The tables go aside, the files to their place at once: under the hash of their bytes they are in nobody's way. */
async function fill(entries: AsyncIterator<Entry>, contents: Contents, stage: Stage, files: FileStore, say: Say): Promise<Found> {
  const wanted = new Map(contents.tables.map(({ name, rows }) => [name, rows]))
  const names = new Set<string>()
  let end: End | undefined
  for (let next = await entries.next(); !next.done; next = await entries.next()) {
    const [, table] = /^tables\/(\w+)\.ndjson\.gz$/.exec(next.value.name) ?? []
    const [, file] = /^files\/([0-9a-f]{64})$/.exec(next.value.name) ?? []
    if (table !== undefined) {
      if ((await stage.load(table, next.value.body, say)) !== wanted.get(table)) throw broken(`表 ${table}`)
      wanted.delete(table)
    } else if (file !== undefined) {
      const bytes = await buffer(next.value.body)
      if (nameOf(bytes) !== file) throw broken(`附件 ${file}`)
      await files.put(file, bytes)
      names.add(file)
    } else if (next.value.name === 'end.json') end = await jsonOf<End>(next.value.body)
  }
  if (!end || wanted.size || end.files !== names.size) throw broken()
  return { names, missing: end.missing }
}

function needFiles(stage: Stage, { names, missing }: Found): void {
  const lost = new Set(missing)
  for (const { sha256 } of stage.query<{ sha256: string }>('select distinct sha256 from attachment where hazard_id is not null or of_record is not null'))
    if (!names.has(sha256) && !lost.has(sha256)) throw broken(`附件 ${sha256}`)
}

async function needWholeLog(file: string, say: Say): Promise<void> {
  const reader = new SqliteReader(file)
  try {
    const { rows, hash, broken: fault } = await verifyLog(reader)
    if (fault) throw broken(`变更记录：${fault.sentence}`)
    say(`  变更记录完好：${rows} 条，链尾 ${hash}`)
  } finally {
    await reader.close()
  }
}
