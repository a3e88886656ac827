import { ref } from '@mikro-orm/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '../shared/act.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { Extension } from './extension.entity.js'
import { Hazard } from './hazard.entity.js'
import { Reminder, ReminderKind } from '../remind/reminder.entity.js'

/** A hazard that stood in another workshop, with a reminder and an extension, and was then moved into the reader's own. */
let town: Town
const day = (n: number) => new Date(Date.UTC(2026, 2, n, 2))
const change = (at: Date, name: string, work: (hazard: Hazard) => object[]) =>
  act({ em: town.store.em({ division: '' }), actor: undefined, now: at, request: name }, name, async ({ em }) => {
    em.persist(work(await em.findOneOrFail(Hazard, { id: town.hazards['tea']! })))
  })
beforeAll(async () => {
  town = await openTown()
  await town.as('workshop.tea')
  await change(day(3), 'away', (hazard) => [Object.assign(hazard, { workshop: '二车间' })])
  await change(day(4), 'hang', (hazard) => {
    const place = {
      hazard: ref(hazard),
      division: hazard.division,
      station: hazard.station,
      enterpriseId: town.enterprises['tea'],
      createdAt: day(4).toISOString(),
    }
    return [
      Object.assign(new Reminder(), {
        ...place,
        record: hazard.id,
        kind: ReminderKind.URGED,
        cause: 'x',
        audience: 'WORKSHOP',
        text: '催办',
        day: '2026-03-04',
      }),
      Object.assign(new Extension(), { ...place, reason: '设备未到', fromDueOn: '2026-03-10', toDueOn: '2026-03-20' }),
    ]
  })
  await change(day(6), 'back', (hazard) => [Object.assign(hazard, { workshop: '一车间' })])
  town.clock.now = day(8)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

test.each(['reminders', 'extensions'])('%s of another workshop’s hazard are not to be had as of a day when it was another’s', async (list) => {
  const seen = async (asOf?: Date) =>
    (await town.get<Record<string, { nodes: object[] }>>('workshop.tea', `query ($asOf: Instant) { ${list}(asOf: $asOf) { nodes { id } } }`, { asOf }))[list]!
      .nodes
  expect(await seen()).toHaveLength(1)
  expect(await seen(day(7))).toHaveLength(1)
  expect(await seen(day(5))).toHaveLength(0)
})
