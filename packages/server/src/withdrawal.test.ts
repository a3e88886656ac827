import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccountRole, Person } from './person/person.entity.js'
import { onCommit } from './shared/act.js'
import { headOf } from './shared/follow.js'
import { Asker, type Server, startServer } from './testing/faults.js'
import { alter, ends, hear, listen, liveClient, until } from './testing/live.js'
import { migratedStore, removeStores } from './testing/store.js'
import { told } from './testing/told.js'
import { openTown, type Town } from './testing/town.js'

/** How soon after the commit a socket must be closed, and how often each way is tried: each time at another moment of its second. */
const WITHIN_MS = 1_000
const ROUNDS = 4

let town: Town
let server: Server
let here: string
let asker: Asker
/** When each commit of this process was done. */
const commits = new Map<number, number>()
let off: () => void
let witnessed: string
beforeAll(async () => {
  const where = await migratedStore()
  town = await openTown({}, where)
  town.clock.now = new Date()
  here = await listen(town.app)
  server = await startServer(where)
  asker = new Asker([server])
  witnessed = await asker.signIn('town')
  off = onCommit((seq) => void commits.set(seq, performance.now()))
})
afterAll(async () => {
  off()
  await server.stop()
  await town.close()
  await removeStores()
})

interface Follower {
  /** What came in with the account or the link, and which it is. */
  token: string
  id: string
}
let made = 0
async function somebody(): Promise<Follower> {
  const username = `leaver${++made}`
  let id = ''
  await ends(town, async ({ em }) => {
    const { passwordHash } = await em.findOneOrFail(Person, { username: 'industry' })
    const facts = { role: AccountRole.STATION, division: '350524106', station: 'INDUSTRY_STATION' }
    const person = Object.assign(new Person(), {
      username,
      name: username,
      passwordHash,
      mustChangePassword: false,
      createdAt: '2026-01-05T01:00:00.000Z',
      ...facts,
    })
    em.persist(person)
    id = person.id
  })
  return { token: await asker.signIn(username), id }
}
async function boardLink(): Promise<Follower> {
  const CREATE = 'mutation ($on: Day!) { boardLinkCreate(name: "会议室", division: "350524106", expiresOn: $on) { url link { id } } }'
  const on = new Date(Date.now() + 86_400_000 * 9).toISOString().slice(0, 10)
  const { boardLinkCreate } = await town.get<{ boardLinkCreate: { url: string; link: { id: string } } }>('town', CREATE, { on })
  return { token: boardLinkCreate.url.replace('/board/', ''), id: boardLinkCreate.link.id }
}
const versionOf = async (id: string) => Number((await town.store.reader.all('select version from person where id = ?', [id]))[0]!['version'])
const edit = (facts: object) => async (id: string) =>
  town.get('admin', 'mutation ($id: ID!, $version: Int!, $facts: PersonInput!) { accountEdit(id: $id, version: $version, facts: $facts) { id } }', {
    ...{ id, version: await versionOf(id), facts: { name: '样本', division: '350524106', ...facts } },
  })
const disable = async (id: string) =>
  town.get('admin', 'mutation ($id: ID!, $version: Int!) { accountDisable(id: $id, version: $version, reason: "调离") { id } }', {
    id,
    version: await versionOf(id),
  })
async function revoke(id: string): Promise<void> {
  const [session] = await town.store.reader.all('select id, token_hash as hash from session where person_id = ?', [id])
  const { username } = await town.store.em({ division: '35' }).findOneOrFail(Person, { id })
  await town.get(username, 'mutation ($id: ID!) { sessionRevoke(id: $id) { id } }', { id: session!['id'] })
}

const CHANGES = 'subscription { hazardChanges { seq hazard { place } } }'
const BOARD = 'subscription { board { seq closed } }'
const STEPS = 'subscription { boardChanges { seq step } }'
const revokeLink = (id: string) => town.get('town', 'mutation ($id: ID!) { boardLinkRevoke(id: $id) { id } }', { id })
type Way = [what: string, enter: () => Promise<Follower>, query: string, withdraw: (id: string) => Promise<unknown>]
const WAYS: Way[] = [
  ['another role', somebody, CHANGES, edit({ role: 'TOWN_OFFICE' })],
  ['a smaller territory', somebody, CHANGES, edit({ role: 'VILLAGE', division: '350524106201' })],
  ['another trade, at a board', somebody, BOARD, edit({ role: 'STATION', station: 'MARKET_STATION' })],
  ['an account shut', somebody, CHANGES, disable],
  ['a session revoked', somebody, CHANGES, revoke],
  ['a board link revoked', boardLink, BOARD, revokeLink],
  ['a board link revoked, at a wall told in steps', boardLink, STEPS, revokeLink],
]

/** Somebody works on while it happens: each act would be an event for whoever may still hear. */
async function working<T>(watched: () => Promise<T>): Promise<T> {
  let over = false
  const work = (async () => {
    for (let n = 0; !over; n++) {
      const closed = n % 2 ? { stage: 'CLOSED', closedAt: town.clock.now.toISOString() } : { stage: 'PENDING_REVIEW', closedAt: null }
      await alter(town.store, town.hazards['tea']!, { place: `第 ${n} 次`, ...closed } as never, new Date())
      await pause(15)
    }
  })()
  try {
    return await watched()
  } finally {
    over = true
    await work
  }
}

/** When the act was committed that touched this record last, and the seq under which it stands in the log. */
async function lastTouched(id: string, since: number): Promise<{ seq: number; at: number }> {
  const SQL = `select max(seq) as seq from change where seq > ? and (record = ? or record in (select id from session where person_id = ?))`
  const seq = Number((await town.store.reader.all(SQL, [since, id, id]))[0]!['seq'])
  return { seq, at: commits.get([...commits.keys()].filter((one) => one >= seq).sort((a, b) => a - b)[0]!)! }
}
const head = () => headOf(town.store.reader)

describe.each(['at the process that serves the socket', 'at another process'])('rights that end %s', (where) => {
  const url = () => (where.includes('another') ? server.url : here)
  test.each(WAYS)(
    '%s: nothing is heard that commits after it, and the socket is closed with 4403 within a second of the commit',
    async (what, enter, query, withdraw) => {
      const took: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const { token, id } = await enter()
        const client = liveClient(url(), token, { once: true })
        const heard = hear<{ seq: string }>(client, query)
        const idle = liveClient(url(), token, { once: true, idle: true })
        const witness = liveClient(url(), witnessed, { once: true })
        const others = hear<{ seq: string }>(witness, query)
        await working(async () => {
          await heard.count(2)
          await others.count(1)
          await pause(round * 250)
          const since = await head()
          await withdraw(id)
          const { seq, at } = await lastTouched(id, since)
          await until(() => !!client.closes.length && !!idle.closes.length)
          await until(() => Number(others.events.at(-1)!.seq) > seq)
          expect([client.closes[0], idle.closes[0]]).toEqual([4403, 4403])
          took.push(...[client, idle].map(({ closedAt }) => closedAt[0]! - at))
          expect(heard.events.filter((event) => Number(event.seq) >= seq)).toEqual([])
          expect(Number(others.events.at(-1)!.seq)).toBeGreaterThan(seq)
        })
        await Promise.all([client, idle, witness].map((one) => one.dispose()))
      }
      told(`${what} ${where}: closed after ${took.map((ms) => ms.toFixed(0)).join(', ')} ms`)
      expect(Math.max(...took)).toBeLessThan(WITHIN_MS)
    },
  )
})
