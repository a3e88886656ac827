import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../shared/run.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { authenticate, hashToken } from './authenticate.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const who = async (token: string) => (await authenticate(town.store.reader, token, town.clock.now))?.actor
const elsewhere = (sql: string, params: unknown[]) => run(town.store.em(undefined), sql, params) // past the acts of this process

test('who asks again is known without asking the store', async () => {
  const token = await town.as('town')
  const { reader } = town.store
  const statements: string[] = []
  const all = reader.all.bind(reader)
  reader.all = (sql, params) => (statements.push(sql), all(sql, params))
  try {
    for (let i = 0; i < 10; i++) expect(await who(token)).toMatchObject({ role: 'TOWN_OFFICE' })
    expect(statements.length).toBeLessThanOrEqual(1)
  } finally {
    reader.all = all
  }
})

test('what is known of one caller cannot be changed for the next', async () => {
  const actor = (await who(await town.as('town')))!
  expect(() => Object.assign(actor, { role: 'ADMIN' })).toThrow()
  expect(() => Object.assign(actor.scope, { division: '' })).toThrow()
})

test('whom this process signs out is out with the very next request', async () => {
  const token = await town.as('industry')
  expect(await who(token)).toBeDefined()
  await town.get('industry', 'mutation { signOut }')
  expect(await who(token)).toBeUndefined()
})

test('a session is over when its time has come, however lately it was used', async () => {
  const token = await town.as('county')
  const [row] = await town.store.reader.all('select expires_at from session where token_hash = ?', [hashToken(token)])
  expect(await who(token)).toBeDefined()
  expect(await authenticate(town.store.reader, token, new Date(Date.parse(row!['expires_at'] as string)))).toBeUndefined()
})

test('what another process revokes or changes is noticed within a second', async () => {
  const token = await town.as('market')
  expect(await who(token)).toMatchObject({ role: 'STATION' })
  await elsewhere(`update person set role = 'VILLAGE' where username = ?`, ['market'])
  await pause(1_000)
  expect(await who(token)).toMatchObject({ role: 'VILLAGE' })
  await elsewhere('update session set ended_at = ? where token_hash = ?', [town.clock.now.toISOString(), hashToken(token)])
  await pause(1_000)
  expect(await who(token)).toBeUndefined()
})

test('a sign-out that commits while the store is being asked is not overlooked afterwards', async () => {
  const token = await town.as('town.far')
  const { reader } = town.store
  const all = reader.all.bind(reader)
  let answer: (() => void) | undefined
  reader.all = async (sql, params) => {
    const rows = await all(sql, params)
    await new Promise<void>((resolve) => (answer = resolve))
    return rows
  }
  await pause(1_000) // what is known of him is too old
  const asked = who(token)
  reader.all = all
  await town.get('town.far', 'mutation { signOut }')
  await expect.poll(() => answer).toBeDefined()
  answer!()
  await asked
  expect(await who(token)).toBeUndefined()
})
