import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alter, hear, listen, liveClient, until } from '../../testing/live.js'
import { removeStores } from '../../testing/store.js'
import { type Asked } from '../door.js'
import { openTwins, type Twins } from '../../testing/twins.js'

/** W4 of the attack table: what HTTP refuses, the websocket refuses by the same rules. */
let twins: Twins
const urls: { strong: string; weak: string } = { strong: '', weak: '' }
beforeAll(async () => {
  twins = await openTwins()
  urls.strong = await listen(twins.strong)
  urls.weak = await listen(twins.weak)
})
afterAll(async () => {
  await twins.close()
  await removeStores()
})

const times = (n: number, make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i)).join(' ')
const TOO_MUCH: Record<string, Asked> = {
  aliases: { query: `subscription { hazardChanges { hazard { ${times(61, (i) => `a${i}: id`)} } } }` },
  conditions: { query: `subscription { hazardChanges { hazard { ${'id @include(if: true) '.repeat(51)} } } }` },
  tokens: { query: `subscription { hazardChanges { ${'...F '.repeat(2_001)} } } fragment F on HazardChange { seq }` },
  depth: { query: `subscription { hazardChanges { hazard { ${'enterprise { hazards(first: 1) { nodes { '.repeat(5)}id${' } } }'.repeat(5)} } } }` },
  points: {
    query: 'subscription { hazardChanges { hazard { enterprise { hazards(first: 500) { nodes { enterprise { hazards(first: 500) { nodes { id } } } } } } } } }',
  },
  page: { query: 'subscription { hazardChanges { hazard { enterprise { hazards(first: -1) { nodes { id } } } } } }' },
  filter: {
    query: 'subscription ($w: HazardWhere) { hazardChanges { hazard { enterprise { hazards(where: $w) { nodes { id } } } } } }',
    variables: { w: { place: { in: Array.from({ length: 501 }, String) } } },
  },
  fragments: {
    query: `subscription { hazardChanges { ...F0 } } ${times(15, (i) => `fragment F${i} on HazardChange { ...F${i + 1} ...F${i + 1} }`)} fragment F15 on HazardChange { seq }`,
  },
}

/** The first thing one hears: an error's code or words, or that it runs. */
async function heard(url: string, asked: Asked, patience = 400): Promise<string> {
  const client = liveClient(url, await twins.town.as('county'))
  try {
    return await new Promise<string>((resolve) => {
      client.subscribe(asked as never, {
        next: () => resolve('runs'),
        complete: () => resolve('runs'),
        error: (errors) =>
          resolve(
            String((errors as { extensions?: { code: string }; message: string }[])[0]?.extensions?.code ?? (errors as { message: string }[])[0]?.message),
          ),
      })
      setTimeout(() => resolve('runs'), patience)
    })
  } finally {
    await client.dispose()
  }
}

test.each(Object.entries(TOO_MUCH))('W4 too many %s: refused as over HTTP, and let in by the twin without limits', async (_, asked) => {
  const overHttp = twins.refused(twins.strong, asked)
  expect(overHttp).toBeDefined()
  // Refused as soon as it is read, however busy the machine.
  const answer = await heard(urls.strong, asked, 10_000)
  expect(answer).not.toBe('runs')
  if (/^[A-Z_]+$/.test(overHttp!)) expect(answer).toBe(overHttp)
  expect(await heard(urls.weak, asked)).toBe('runs')
})

test('W4 queries and acts do not come this way', async () => {
  for (const query of ['{ hazards { nodes { id } } }', 'mutation { signOut }', 'query { __schema { types { name } } }']) {
    expect(await heard(urls.strong, { query })).toBe('BAD_QUERY')
    expect(await heard(urls.weak, { query })).toBe('BAD_QUERY')
  }
})

test('the first event of a subscription tells what it costs, the others do not', async () => {
  const client = liveClient(urls.strong, await twins.town.as('village'))
  const told: unknown[] = []
  const stop = client.subscribe(
    { query: 'subscription { hazardChanges { seq hazard { id place } } }' },
    { next: (message) => told.push(message.extensions), complete: () => undefined, error: () => undefined },
  )
  const events = hear(client, 'subscription { hazardChanges { seq } }')
  await pause(1_000)
  await alter(twins.town.store, twins.town.hazards['tea']!, { place: '一' })
  await alter(twins.town.store, twins.town.hazards['tea']!, { place: '二' })
  await events.count(2)
  await until(() => told.length === 2)
  expect(told).toEqual([{ cost: { points: 5 } }, undefined])
  stop()
  await client.dispose()
})
