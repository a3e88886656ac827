import { afterAll, beforeAll, expect, test } from 'vitest'
import { ChecklistLevel } from '../checklist/terms.js'
import { makeList } from '../testing/checklists.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
  await makeList(town, { enterprise: town.enterprises['tea']!, level: ChecklistLevel.WORKSHOP, unit: town.units['tea2']! })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const started = async (who: string) =>
  (
    await town.get<{ enterprises: { aggregate: { figures: { checklistStarted: number } } } }>(
      who,
      '{ enterprises { aggregate { figures { checklistStarted } } } }',
    )
  ).enterprises.aggregate.figures.checklistStarted

test('the head of a workshop is not told by a figure that another workshop has a list', async () => {
  expect(await started('ent.tea')).toBe(1)
  expect(await started('workshop.tea')).toBe(0)
})
