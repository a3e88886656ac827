import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HazardStage } from '../hazard/terms.js'
import { alter, hear, listen, liveClient } from '../testing/live.js'
import { inShanghai, remind, twinOf } from '../testing/remind.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let url: string
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
  await twinOf(town, 'industry', 'industry.2')
  for (const key of ['tea', 'inn', 'far']) await alter(town.store, town.hazards[key]!, { stage: HazardStage.RECTIFYING, dueOn: '2026-02-28' })
  town.clock.now = inShanghai('2026-03-02')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const unread = async (who: string) => (await town.get<{ unreadReminders: number }>(who, '{ unreadReminders }')).unreadReminders
const list = async (who: string, args = '') =>
  (
    await town.get<{ reminders: { nodes: { id: string; kind: string; read: boolean; path: string }[] } }>(
      who,
      `{ reminders${args} { nodes { id kind read path } } }`,
    )
  ).reminders.nodes

test('the unread count is live, each hears only of what concerns him, and one’s own reading in another window too', async () => {
  const people = ['industry', 'industry.2', 'market', 'town.far', 'county']
  const clients = await Promise.all(people.map(async (who) => liveClient(url, await town.as(who))))
  const heard = Object.fromEntries(people.map((who, i) => [who, hear<{ unread: number }>(clients[i]!, 'subscription { inboxChanges { unread } }')]))
  for (const who of people) expect(await heard[who]!.count(1)).toEqual([{ unread: 0 }])
  await remind(town)
  expect((await heard['industry']!.count(2)).at(-1)).toEqual({ unread: 1 })
  expect((await heard['industry.2']!.count(2)).at(-1)).toEqual({ unread: 1 })
  expect((await heard['market']!.count(2)).at(-1)).toEqual({ unread: 1 })
  const [one] = await list('industry')
  expect(one).toMatchObject({ kind: 'OVERDUE', read: false, path: `/hazards/${town.hazards['tea']}` })
  await town.get('industry', 'mutation ($ids: [ID!]!) { remindersRead(ids: $ids) }', { ids: [one!.id] })
  expect((await heard['industry']!.count(3)).at(-1)).toEqual({ unread: 0 })
  await pause(400)
  expect(heard['industry.2']!.events).toHaveLength(2)
  // Three days late is reported to the town office at seven only; nobody reads what is the neighbour's.
  expect(heard['town.far']!.events).toEqual([{ unread: 0 }])
  expect(heard['county']!.events).toEqual([{ unread: 0 }])
  await Promise.all(clients.map((client) => client.dispose()))
})

test('a colleague has not read what I have read, and nobody reads for another', async () => {
  expect((await list('industry.2'))[0]!.read).toBe(false)
  expect((await list('industry'))[0]!.read).toBe(true)
  expect(await list('industry', '(unread: true)')).toEqual([])
  const [foreign] = await list('market')
  expect(await town.get('industry', 'mutation ($ids: [ID!]!) { remindersRead(ids: $ids) }', { ids: [foreign!.id] })).toEqual({ remindersRead: 0 })
  expect(await unread('market')).toBe(1)
})

test('all at once', async () => {
  town.clock.now = inShanghai('2026-03-07')
  await remind(town)
  expect(await unread('industry.2')).toBeGreaterThan(1)
  const { remindersReadAll } = await town.get<{ remindersReadAll: number }>('industry.2', 'mutation { remindersReadAll }')
  expect(remindersReadAll).toBeGreaterThan(1)
  expect(await unread('industry.2')).toBe(0)
  expect(await town.get('industry.2', 'mutation { remindersReadAll }')).toEqual({ remindersReadAll: 0 })
})

test('what is a duty cannot be switched off; the rest can, for oneself', async () => {
  const set = (who: string, kind: string, on: boolean) =>
    town.code(who, 'mutation ($k: ReminderKind!, $on: Boolean!) { reminderSwitch(kind: $k, on: $on) { id } }', { k: kind, on })
  for (const duty of [
    'MAJOR_FOUND',
    'DUE_SOON',
    'OVERDUE',
    'STATION_LEADER',
    'TOWN_RED_LIST',
    'TRANSFER_PROPOSED',
    'URGED',
    'REPORT_MISSING',
    'EXTENSION_WAITING',
  ])
    expect(await set('industry', duty, false), duty).toBe('REMINDER_DUTY')
  expect(await set('industry', 'VISIT_DUE', false)).toBeUndefined()
  const { myReminders } = await town.get<{ myReminders: { kinds: { kind: string; on: boolean; duty: boolean }[] } }>(
    'industry',
    '{ myReminders { kinds { kind on duty } } }',
  )
  expect(myReminders.kinds.filter(({ on }) => !on).map(({ kind }) => kind)).toEqual(['VISIT_DUE'])
  expect(await set('industry', 'VISIT_DUE', true)).toBeUndefined()
})

test('each gets one digest a day that sums up what he was told', async () => {
  const digests = async (who: string) =>
    (await town.get<{ reminderDigests: { nodes: { day: string; items: number; text: string }[] } }>(who, '{ reminderDigests { nodes { day items text } } }'))
      .reminderDigests.nodes
  await remind(town)
  expect(await digests('market')).toEqual([
    { day: '2026-03-07', items: 2, text: '报站所负责人 1 条，报镇安办督办 1 条' },
    { day: '2026-03-02', items: 1, text: '逾期 1 条' },
  ])
  expect(await digests('county')).toEqual([])
})
