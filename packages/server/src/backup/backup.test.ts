import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attachPhotos } from '../attachment/attach.js'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { DiskFiles } from '../attachment/files.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { act } from '../shared/act.js'
import { verifyLog } from '../shared/verify.js'
import { openStore, sqliteFile } from '../store.js'
import { type Bench, bench, jpeg } from '../testing/fileBench.js'
import { emptyStore, engine, removeStores } from '../testing/store.js'
import { backup, type Where } from './backup.js'
import { restore } from './restore.js'
import { openSnapshot } from './snapshot.js'
import { tablesOf } from './tables.js'

let b: Bench
let folder: string
let file: string
let photo: string
const quiet = () => undefined
const filesOf = (where: Where) => new DiskFiles(join(where.dataDir, 'files'))
const whereOf = async (): Promise<Where> => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  return { dataDir, databaseUrl }
}
const bringBack = (where: Where, path: string, replace = false) => restore(where, filesOf(where), path, { replace }, quiet)

/** Every row of every table, as one object to compare. */
async function everything(where: Where): Promise<Record<string, unknown[]>> {
  const store = await openStore(where)
  const tables = tablesOf(store.orm)
  await store.close()
  const snapshot = await openSnapshot({ file: sqliteFile(where), databaseUrl: where.databaseUrl })
  const all: Record<string, unknown[]> = {}
  for (const table of tables) {
    all[table.name] = []
    for await (const rows of snapshot.rows(table)) all[table.name]!.push(...rows)
  }
  await snapshot.close()
  return all
}

beforeAll(async () => {
  b = await bench()
  folder = await mkdtemp(join(tmpdir(), 'anbiao-backup-'))
  const send = async (color: string) =>
    ((await b.send('village', [{ name: '整改前.jpg', bytes: await jpeg(color) }])).json() as { files: { id: string }[] }).files[0]!.id
  photo = await send('#123')
  await send('#456') // sent and never used
  await b.act(b.people['village'], async ({ em }) =>
    attachPhotos(em, await em.findOneOrFail(Hazard, b.hazard.id), [photo], AttachmentPurpose.BEFORE, 0, b.people['village']!),
  )
  file = join(folder, 'whole.tar')
  const made = await backup(b, filesOf(b), file, quiet)
  expect(made).toMatchObject({ files: 1, missing: [] })
})
afterAll(async () => {
  await b.app.close()
  await b.store.close()
  await rm(folder, { recursive: true })
  await removeStores()
})

describe('a backup', () => {
  test('comes back with every row of every table and the bytes of every attachment', async () => {
    const where = await whereOf()
    const done = await bringBack(where, file)
    expect(done).toMatchObject({ files: 1, missing: [], kept: undefined })
    const [was, is] = [await everything(b), await everything(where)]
    expect(is).toEqual(was)
    expect(was['hazard']).toHaveLength(1)
    expect(was['attachment']).toHaveLength(2)
    expect((await readdir(where.dataDir)).filter((name) => name.startsWith('restore-'))).toEqual([])
    const store = await openStore(where)
    expect(await verifyLog(store.reader)).toEqual(await verifyLog(b.store.reader))
    await store.close()
    const [row] = await b.store.reader.all('select sha256 from attachment where id = ?', [photo])
    expect(await filesOf(where).has(row!['sha256'] as string)).toBe(true)
  })

  test('holds every table there is', async () => {
    const catalog =
      engine() === 'sqlite'
        ? "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
        : 'select table_name as name from information_schema.tables where table_schema = current_schema()'
    const names = (await b.store.reader.all(catalog)).map((row) => row['name'] as string)
    expect(
      tablesOf(b.store.orm)
        .map((table) => table.name)
        .sort(),
    ).toEqual(names.filter((name) => name !== 'migration').sort())
  })

  test('is lived in afterwards: the log goes on where it ended', async () => {
    const where = await whereOf()
    await bringBack(where, file)
    const store = await openStore(where)
    await act(
      { ...b.context(undefined), em: store.em({ division: '35' }) },
      'test',
      async ({ em }) => void ((await em.findOneOrFail(Hazard, b.hazard.id)).remark = '恢复以后'),
    )
    await store.close()
    const again = join(folder, 'again.tar')
    await backup(where, filesOf(where), again, quiet)
    const third = await whereOf()
    await bringBack(third, again)
    expect((await everything(third))['change']!.length).toBe((await everything(b))['change']!.length + 1)
  })

  test('made while people work is of one instant', async () => {
    let working = true
    const work = (async () => {
      for (let n = 0; working; n++) {
        await b.act(undefined, async ({ em }) => void ((await em.findOneOrFail(Hazard, b.hazard.id, { filters: false })).remark = `第 ${n} 次`))
        await nextTurn() // SQLite answers without ever leaving the turn, and the backup would wait for ever
      }
    })()
    const path = join(folder, 'busy.tar')
    await backup(b, filesOf(b), path, quiet)
    working = false
    await work
    await bringBack(await whereOf(), path) // refused, were a row of the log missing or the end of the chain another
  })

  test('may only be read by its owner and overwrites nothing', async () => {
    expect((await stat(file)).mode & 0o077).toBe(0)
    await expect(backup(b, filesOf(b), file, quiet)).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect((await readdir(folder)).filter((name) => name.includes('.part-'))).toEqual([])
  })

  test('names the attachments that were lost or damaged, and is complete without them', async () => {
    const where = await whereOf()
    await bringBack(where, file)
    const [sha] = (await everything(where))['attachment']!.flat().filter((value) => /^[0-9a-f]{64}$/.test(String(value))) as [string]
    const path = join(where.dataDir, 'files', sha.slice(0, 2), sha)
    await writeFile(path, 'damaged')
    const without = join(folder, 'without.tar')
    expect(await backup(where, filesOf(where), without, quiet)).toMatchObject({ files: 0, missing: [sha] })
    expect(await bringBack(await whereOf(), without)).toMatchObject({ files: 0, missing: [sha] })
  })

  test.runIf(engine() === 'postgres')('of PostgreSQL comes back on SQLite, and goes from there to PostgreSQL again', async () => {
    const onSqlite: Where = { ...(await whereOf()), databaseUrl: undefined }
    await bringBack(onSqlite, file)
    const path = join(folder, 'from-sqlite.tar')
    await backup(onSqlite, filesOf(onSqlite), path, quiet)
    const back = await whereOf()
    await bringBack(back, path)
    const first = await whereOf()
    await bringBack(first, file)
    expect(await everything(onSqlite)).toEqual(await everything(first))
    expect(await everything(back)).toEqual(await everything(first))
  })
})

describe('a store with something in it', () => {
  test('is left as it is unless it may be replaced', async () => {
    const where = await whereOf()
    await bringBack(where, file)
    const before = await everything(where)
    await expect(bringBack(where, file)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' })
    expect(await everything(where)).toEqual(before)
  })

  test('is not replaced under a running program', async () => {
    const where = await whereOf()
    await bringBack(where, file)
    const running = await openStore(where)
    await running.reader.all('select 1 from hazard')
    await expect(bringBack(where, file, true)).rejects.toMatchObject({ code: 'STORE_IN_USE' })
    await running.close()
  })

  test('is replaced as a whole; on SQLite the former one is kept beside it', async () => {
    const where = await whereOf()
    await bringBack(where, file)
    const before = await everything(where)
    const store = await openStore(where)
    await act(
      { ...b.context(undefined), em: store.em({ division: '35' }) },
      'test',
      async ({ em }) => void ((await em.findOneOrFail(Hazard, b.hazard.id)).remark = '将被替换'),
    )
    await store.close()
    const { kept } = await bringBack(where, file, true)
    expect(await everything(where)).toEqual(before)
    if (engine() === 'postgres') return expect(kept).toBeUndefined()
    const former = new Database(kept!, { readonly: true })
    expect(former.prepare('select remark from hazard').get()).toEqual({ remark: '将被替换' })
    former.close()
  })

  test('with tables but no account and no history counts as empty', async () => {
    const where = await whereOf()
    await (await openStore(where)).close()
    await bringBack(where, file)
    expect((await everything(where))['hazard']).toHaveLength(1)
  })
})

describe('refused, with nothing restored, is', () => {
  const refused = async (path: string, code: string) => {
    const where = await whereOf()
    await expect(bringBack(where, path)).rejects.toMatchObject({ code })
    expect((await readdir(where.dataDir)).filter((name) => name !== 'files')).toEqual([])
    if (!where.databaseUrl) return
    const store = await openStore(where)
    expect(await store.reader.all('select 1 from person union all select 1 from change')).toEqual([])
    await store.close()
  }
  const changed = async (name: string, change: (bytes: Buffer) => Promise<Buffer | void> | Buffer) => {
    const path = join(folder, name)
    await copyFile(file, path)
    const bytes = await change(await readFile(path))
    if (bytes) await writeFile(path, bytes)
    return path
  }

  test('a file that is not there or is something else', async () => {
    await refused(join(folder, 'nowhere.tar'), 'BACKUP_MISSING')
    await refused(await changed('text.tar', () => Buffer.from('这不是备份')), 'BACKUP_BROKEN')
    await refused(await changed('empty.tar', () => Buffer.alloc(0)), 'NOT_A_BACKUP')
  })

  test.each([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])('one that was cut off after %d of it', async (share) => {
    const path = await changed(`cut-${share}.tar`, () => Buffer.alloc(0))
    await copyFile(file, path)
    await truncate(path, Math.floor((await stat(path)).size * share))
    await refused(path, 'BACKUP_BROKEN')
  })

  test('one with a photo of other bytes', async () => {
    await refused(
      await changed('photo.tar', (bytes) => {
        const at = bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff, 0xdb]))
        bytes[at + 40]! ^= 1
        return bytes
      }),
      'BACKUP_BROKEN',
    )
  })

  test('one of a later program', async () => {
    await refused(await changed('later.tar', (bytes) => replaceText(bytes, '"0001-foundation"', '"9001-foundation"')), 'BACKUP_NEWER')
    await refused(await changed('format.tar', (bytes) => replaceText(bytes, '"version": 1', '"version": 2')), 'BACKUP_NEWER')
  })

  test('one whose log was rewritten before it was made', async () => {
    const where: Where = { ...(await whereOf()), databaseUrl: undefined }
    await bringBack(where, file)
    const db = new Database(sqliteFile(where))
    db.exec(`drop trigger change_is_kept; update change set actor = 'somebody else' where seq = 2`)
    db.close()
    const path = join(folder, 'rewritten.tar')
    await backup(where, filesOf(where), path, quiet)
    const into = await whereOf()
    await expect(bringBack(into, path)).rejects.toThrow('第 2 条的校验值与内容不符')
  })
})

/** Same length, so that the entry around it stays whole. */
function replaceText(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.indexOf(from)
  expect(at).toBeGreaterThan(0)
  bytes.write(to, at)
  return bytes
}
