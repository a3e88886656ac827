import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../shared/run.js'
import { sentBy } from './statements.js'
import { engine, removeStores } from './store.js'
import { openTown, type Town } from './town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

test.runIf(engine() === 'sqlite')('a statement that the store keeps tells its rows once, whoever has listened to it before', async () => {
  const ask = () => run(town.store.em(undefined), 'select code from division')
  const told = [await sentBy(town.store, ask), await sentBy(town.store, () => ask().then(ask)), await sentBy(town.store, ask)]
  const rows = (await ask()).length
  expect(told).toEqual([1, 2, 1].map((times) => Array.from({ length: times }, () => ({ sql: 'select code from division', rows }))))
})
