import { afterAll, beforeAll, expect, test } from 'vitest'
import { Setting } from '../standard/setting.entity.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { act, follows } from './act.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Behind all others, whose flush would take it along. */
const LAST = 1_000
const setting = (key: string) => Object.assign(new Setting(), { key, value: '1', createdAt: '2026-03-02T02:00:00.000Z' })
const settle = (name: string) =>
  act({ em: town.store.em(undefined), actor: undefined, now: town.clock.now, request: name }, name, ({ em }) => Promise.resolve(void em.persist(setting(name))))
const kept = async (like: string) => {
  const [rows, entries] = await Promise.all([
    town.store.reader.all('select key from setting where key like ? order by key', [like]),
    town.store.reader.all('select act from change where request like ?', [like]),
  ])
  return { rows: rows.map(({ key }) => key), entries: entries.length }
}

test('what follows of an act stands in its log; one that says it has done nothing, and has, ends the act with nothing written', async () => {
  follows(({ em }, _entries, _acting, name) => {
    if (name.startsWith('told')) return Promise.resolve(void em.persist(setting(`${name} too`)))
    if (name.startsWith('hidden')) em.persist(setting(`${name} too`))
    return undefined
  }, LAST)
  await settle('told')
  expect(await kept('told%')).toEqual({ rows: ['told', 'told too'], entries: 2 })
  await expect(settle('hidden')).rejects.toThrow('a change after the log of hidden was written: Setting')
  expect(await kept('hidden%')).toEqual({ rows: [], entries: 0 })
})

test('no act moves when a record began: it ends with nothing written', async () => {
  await settle('began')
  const later = act({ em: town.store.em(undefined), actor: undefined, now: town.clock.now, request: 'began anew' }, 'anew', async ({ em }) => {
    const one = await em.findOneOrFail(Setting, { key: 'began' })
    one.createdAt = '2026-03-05T02:00:00.000Z'
  })
  await expect(later).rejects.toThrow('anew would have a Setting begin anew')
  expect(await kept('began%')).toEqual({ rows: ['began'], entries: 1 })
})
