import { afterAll, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { act } from '../shared/act.js'
import { instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
afterAll(async () => {
  await town.close()
  await removeStores()
})

test('a table of rules that an earlier version had begin anew with every change begins again when its first entry says', async () => {
  town = await openTown()
  const began = instant(town.clock.now)
  const draft = 'mutation { frequencyDraft { id } }'
  const { id } = (await town.get<{ frequencyDraft: { id: string } }>('town', draft)).frequencyDraft
  const doing = (work: Parameters<typeof act>[2]) => act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'test' }, 'test', work)
  const createdAt = async () => (await town.store.reader.all('select created_at as at from frequency_table where id = ?', [id]))[0]!['at']
  // As it was left: with an entry for each time that it began anew.
  const times = [began, '2026-03-03T02:00:00.000Z', '2026-03-04T02:00:00.000Z']
  const place = { division: '350524106', station: null, enterprise: null, workshop: null }
  for (const [n, at] of times.slice(1).entries())
    await doing(({ em, log }) => {
      log([{ thing: 'FrequencyTable', record: id, act: 'frequencyEdit', diff: { createdAt: [times[n], at] }, ...place, at }])
      return run(em, 'update frequency_table set created_at = ? where id = ?', [at, id])
    })
  expect(await createdAt()).toBe(times[2])
  const file = new URL(`../../migrations/0023-changed-since.${town.store.engine}.sql`, import.meta.url)
  const [repair] = readFileSync(file, 'utf8').match(/^update .*(?=;$)/m)!
  await doing(({ em }) => run(em, repair))
  expect(await createdAt()).toBe(began)
})
