import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../app.js'
import { readConfig } from '../config.js'
import { alter, ends, hear, listen, liveClient, until } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { Hazard } from './hazard.entity.js'
import { aHazard } from './sample.js'
import { HazardStage } from './terms.js'

interface Change {
  seq: string
  reset: boolean
  act: string | null
  stageBefore: string | null
  stageAfter: string | null
  hazard: { id: string; place: string; enterprise: { name: string } | null } | null
}
const CHANGES =
  'subscription ($after: String) { hazardChanges(after: $after) { seq reset act stageBefore stageAfter hazard { id place stage enterprise { name } } } }'

let town: Town
let url: string
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
const place = (text: string, key = 'tea') => alter(town.store, town.hazards[key]!, { place: text })
const seqNow = async () => (await town.get<{ changeSeq: string }>('town', '{ changeSeq }')).changeSeq

test('a change tells the act, the stages and the hazard as it is now, with its enterprise', async () => {
  const client = liveClient(url, await town.as('town'))
  const heard = hear<Change>(client, CHANGES, { after: await seqNow() })
  const dueOn = '2026-03-09'
  const [hazard] = (await town.get<{ hazards: { nodes: { id: string; version: number }[] } }>('industry', '{ hazards { nodes { id version } } }')).hazards.nodes
  await town.get('industry', 'mutation ($id: ID!, $version: Int!, $dueOn: Day!) { hazardNotify(id: $id, version: $version, dueOn: $dueOn) { id } }', {
    ...hazard,
    dueOn,
  })
  const [change] = await heard.count(1)
  expect(change).toMatchObject({
    reset: false,
    act: 'hazardNotify',
    stageBefore: 'REGISTERED',
    stageAfter: 'NOTIFIED',
    hazard: { id: town.hazards['tea'], stage: 'NOTIFIED', enterprise: { name: '金谷样本茶厂' } },
  })
  await client.dispose()
})

test('everybody hears only his own territory, trade and enterprise; who loses a record hears so without seeing it', async () => {
  const after = await seqNow()
  const people = ['town', 'town.far', 'market', 'ent.tea', 'county']
  const clients = await Promise.all(people.map(async (who) => liveClient(url, await town.as(who))))
  const heard = Object.fromEntries(people.map((who, i) => [who, hear<Change>(clients[i]!, CHANGES, { after })]))
  await place('甲', 'tea')
  await place('乙', 'inn')
  await place('丙', 'far')
  await alter(town.store, town.hazards['inn']!, { station: 'INDUSTRY_STATION' })
  for (const [who, many] of Object.entries({ county: 4, town: 3, 'town.far': 1, 'ent.tea': 1, market: 2 })) await heard[who]!.count(many)
  await pause(200)
  const places = (who: string) => heard[who]!.events.map(({ hazard }) => hazard?.place ?? null)
  expect(places('county')).toEqual(['甲', '乙', '丙', '乙'])
  expect(places('town')).toEqual(['甲', '乙', '乙'])
  expect(places('town.far')).toEqual(['丙'])
  expect(places('ent.tea')).toEqual(['甲'])
  expect(heard['market']!.events).toHaveLength(2)
  expect(heard['market']!.events[1]).toMatchObject({ hazard: null })
  await Promise.all(clients.map((client) => client.dispose()))
})

test('W7 no argument names a territory: a subscription takes where to go on from, and nothing else', () => {
  const all = Object.values(town.app.door.schema.getSubscriptionType()!.getFields())
  expect(all.map(({ name }) => name)).toContain('hazardChanges')
  expect(new Set(all.flatMap(({ args }) => args.map(({ name }) => name)))).toEqual(new Set(['after', 'asOf']))
})

test('W7 that a record is gone is heard in its own territory only', async () => {
  const after = await seqNow()
  const people = ['town', 'town.far', 'market', 'county']
  const clients = await Promise.all(people.map(async (who) => liveClient(url, await town.as(who))))
  const heard = Object.fromEntries(people.map((who, i) => [who, hear<Change>(clients[i]!, CHANGES, { after })]))
  await ends(town, async ({ em }) => {
    const { enterprise } = await em.findOneOrFail(Hazard, { id: town.hazards['far']! })
    em.persist(Object.assign(aHazard({ number: 'F-GONE', division: '350524107201', enterprise })))
  })
  await ends(town, async ({ em }) => void em.remove(await em.findOneOrFail(Hazard, { number: 'F-GONE' })))
  await place('最后')
  await Promise.all([heard['town']!.count(1), heard['town.far']!.count(2), heard['county']!.count(3)])
  await pause(200)
  expect(heard['town.far']!.events).toHaveLength(2)
  expect(heard['town.far']!.events.at(-1)).toMatchObject({ hazard: null })
  expect(heard['town']!.events.map(({ hazard }) => hazard?.place)).toEqual(['最后'])
  expect(heard['market']!.events).toEqual([])
  await Promise.all(clients.map((client) => client.dispose()))
})

test('a server that stops between two changes: the reader resumes and hears each once, in order', async () => {
  const config = readConfig({ DATA_DIR: '/nowhere' })
  let app = await buildApp(town.store, config, () => town.clock.now)
  const second = await listen(app)
  const port = Number(new URL(second).port)
  const client = liveClient(second, await town.as('town'))
  const begin = await seqNow()
  const seen: string[] = []
  let stopped = false
  // As a page does it: after each cut it asks again from the last seq it has.
  const reader = (async () => {
    while (!stopped) {
      const heard = hear<Change>(client, CHANGES, { after: seen.at(-1) ?? begin })
      const closes = client.closes.length
      await until(() => stopped || client.closes.length > closes || heard.ended, 20_000)
      heard.stop()
      seen.push(...heard.events.map(({ seq }) => seq))
    }
  })()
  for (let i = 0; i < 60; i++) {
    await place(`第 ${i}`)
    if (i % 20 === 10) {
      await app.close()
      for (let j = 0; j < 5; j++) await place(`无人在线 ${i} ${j}`)
      app = await buildApp(town.store, config, () => town.clock.now)
      await listen(app, port)
    }
  }
  await pause(1_000)
  stopped = true
  await reader
  expect(seen).toEqual(Array.from({ length: 75 }, (_, i) => String(Number(begin) + 1 + i)))
  await client.dispose()
  await app.close()
}, 60_000)

test('a seq that the log does not have is answered with a reset, then followed', async () => {
  const client = liveClient(url, await town.as('town'))
  const heard = hear<Change>(client, CHANGES, { after: '999999' })
  await heard.count(1)
  await place('以后')
  const [reset, next] = await heard.count(2)
  expect(reset).toMatchObject({ reset: true, hazard: null })
  expect(Number(next!.seq)).toBe(Number(reset!.seq) + 1)
  await client.dispose()
})

test('a place in another log, of a backup that was brought back, is answered with a reset though its seq is there; the own one goes on', async () => {
  const NOTED = 'subscription ($after: String) { hazardChanges(after: $after) { seq cursor reset } }'
  interface Noted {
    seq: string
    cursor: string
    reset: boolean
  }
  const other = await openTown()
  const there = liveClient(await listen(other.app), await other.as('town'))
  const theirs = hear<Noted>(there, NOTED, { after: '0' })
  await alter(other.store, other.hazards['tea']!, { place: '别处' })
  const { seq, cursor } = (await theirs.count(2)).at(-1)!
  await there.dispose()
  await other.close()
  expect(Number(seq)).toBeLessThan(Number(await seqNow()))
  const client = liveClient(url, await town.as('town'))
  const foreign = hear<Noted>(client, NOTED, { after: cursor })
  const [reset] = await foreign.count(1)
  expect(reset).toMatchObject({ reset: true, seq: await seqNow() })
  await place('恢复以后')
  const [, next] = await foreign.count(2)
  expect(next).toMatchObject({ reset: false, seq: String(Number(reset!.seq) + 1) })
  const own = hear<Noted>(client, NOTED, { after: reset!.cursor })
  expect(await own.count(1)).toEqual([next])
  for (const after of ['x', '1.2', '-1', '1.zzzzzzzzzzzz']) {
    const refused = hear<Noted>(client, NOTED, { after })
    await until(() => refused.ended)
    expect(JSON.stringify(refused.errors)).toContain('BAD_CURSOR')
  }
  await client.dispose()
})

test('an enterprise sees through its changes only what it sees in its list', async () => {
  const client = liveClient(url, await town.as('ent.tea'))
  const heard = hear<Change>(client, CHANGES, { after: await seqNow() })
  await alter(town.store, town.hazards['tea']!, { stage: HazardStage.VOID })
  const [change] = await heard.count(1)
  expect(change).toMatchObject({ stageAfter: 'VOID', hazard: { id: town.hazards['tea'] } })
  const other = hear<Change>(client, 'subscription { hazardChanges { seq record } }')
  await until(() => other.ended)
  expect(other.errors).not.toEqual([])
  await client.dispose()
})
