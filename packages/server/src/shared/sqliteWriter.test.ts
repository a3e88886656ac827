import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, raw } from '@mikro-orm/core'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Setting } from '../standard/setting.entity.js'
import { openStore, type Store } from '../store.js'
import { act } from './act.js'

let store: Store
const dataDir = mkdtempSync(join(tmpdir(), 'anbiao-writer-'))
// Before the store is opened, which takes the driver's own way of preparing as it finds it.
const prepare = vi.spyOn(Database.prototype, 'prepare')
beforeAll(async () => void (store = await openStore({ dataDir, databaseUrl: undefined })))
afterAll(async () => {
  await store.close()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

test('an act that was done before prepares no statement anew, whatever its values', async () => {
  const doing = <T>(work: Parameters<typeof act<T>>[2]) =>
    act({ em: store.em(undefined), actor: undefined, now: new Date('2026-03-02T02:00:00.000Z'), request: 'test' }, 'settle', work)
  const lifeOf = async (key: string) => {
    await doing(({ em }) => Promise.resolve(void em.persist(Object.assign(new Setting(), { key, value: '1', createdAt: '2026-03-02T02:00:00.000Z' }))))
    await doing(async ({ em }) => void Object.assign(await em.findOneOrFail(Setting, { key }), { value: `${key} = '2'?` }))
    const kept = await doing(async ({ em }) => {
      const setting = await em.findOneOrFail(Setting, { key })
      em.remove(setting)
      return setting
    })
    expect(kept).toMatchObject({ value: `${key} = '2'?`, version: 2 })
  }
  await lifeOf('once')
  prepare.mockClear()
  await lifeOf('twice')
  expect(prepare.mock.calls).toEqual([])
})

test('a value is the same to SQLite whether it is bound or written into the text', async () => {
  const connection = store.orm.em.getConnection()
  const own = (Object.getPrototypeOf(connection) as Connection).execute.bind(connection)
  const values = [null, undefined, true, false, 0, -7, 2 ** 31, Number.MAX_SAFE_INTEGER, 1.5, '', '7', '它是 ? \\? ’ \' "', new Date(0), ['a', 'b'], { a: 1 }]
  for (const value of values) {
    const asked: [string, unknown[]] = Array.isArray(value) ? ['select ? in (?) as v', ['b', value]] : ['select ? as v, typeof(?) as t', [value, value]]
    expect(await connection.execute(...asked)).toEqual(await own(...asked))
  }
  for (const [text, ...given] of [
    ['select ? + ? as v', raw('? + 1', [2]), 3],
    ["select 'a\\?' as q, ? as v", 1],
    ['select ? as ??', 1, 'named'],
    ['select 1 as v limit ? offset ?', 1, 0],
  ] as [string, ...unknown[]][])
    expect(await connection.execute(text, given)).toEqual(await own(text, given))
  expect(await connection.execute('select ? as v', [5], 'get')).toEqual({ v: 5 })
  const changed = ['update setting set value = ? where key = ?', ['1', 'nobody'], 'run'] as const
  expect(await connection.execute(changed[0], [...changed[1]], changed[2])).toEqual(await own(changed[0], [...changed[1]], changed[2]))
})
