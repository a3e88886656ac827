import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { DiskFiles } from '../attachment/files.js'
import type * as Migrations from '../migrations/migrations.js'
import { act } from '../shared/act.js'
import { Setting } from '../standard/setting.entity.js'
import { openStore } from '../store.js'
import { emptyStore, removeStores } from '../testing/store.js'
import { backup } from './backup.js'
import { restore } from './restore.js'

const program = vi.hoisted(() => ({ isLater: false }))
vi.mock('../migrations/migrations.js', async (original) => {
  const { migrationsFor } = await original<typeof Migrations>()
  const { Migration } = await import('@mikro-orm/migrations')
  class Later extends Migration {
    override up(): void {
      this.addSql("update setting set value = '14' where value = '7'")
    }
  }
  return { migrationsFor: (engine: 'sqlite' | 'postgres') => [...migrationsFor(engine), ...(program.isLater ? [{ name: '9999-later', class: Later }] : [])] }
})
afterAll(removeStores)

const place = async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  return { where: { dataDir, databaseUrl }, files: new DiskFiles(join(dataDir, 'files')) }
}

test('a backup of an earlier program comes back as it was and is migrated; one of a later program is refused', async () => {
  const earlier = await place()
  const store = await openStore(earlier.where)
  await act({ em: store.em(undefined), actor: undefined, now: new Date(), request: 'test' }, 'test', ({ em }) =>
    Promise.resolve(void em.persist(Object.assign(new Setting(), { key: 'generalDays', value: '7', createdAt: '2026-03-01T00:00:00.000Z' }))),
  )
  await store.close()
  const file = join(earlier.where.dataDir, 'earlier.tar')
  await backup(earlier.where, earlier.files, file, () => undefined)

  program.isLater = true
  const later = await place()
  await restore(later.where, later.files, file, {}, () => undefined)
  const migrated = await openStore(later.where)
  expect(await migrated.reader.all('select value from setting')).toEqual([{ value: '14' }])
  expect(await migrated.reader.all('select name from migration order by name desc limit 1')).toEqual([{ name: '9999-later' }])
  await migrated.close()
  const fromLater = join(later.where.dataDir, 'later.tar')
  await backup(later.where, later.files, fromLater, () => undefined)

  program.isLater = false
  const third = await place()
  await expect(restore(third.where, third.files, fromLater, {}, () => undefined)).rejects.toMatchObject({ code: 'BACKUP_NEWER' })
  await expect(backup(later.where, later.files, join(later.where.dataDir, 'x.tar'), () => undefined)).rejects.toMatchObject({ code: 'STORE_NEWER' })
})
