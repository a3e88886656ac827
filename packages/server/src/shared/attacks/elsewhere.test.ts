import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type App, buildApp } from '../../app.js'
import { Attachment, AttachmentPurpose } from '../../attachment/attachment.entity.js'
import { BoardLink } from '../../board/boardLink.entity.js'
import { readConfig } from '../../config.js'
import { Dossier } from '../../dossier/dossier.entity.js'
import { Enterprise } from '../../enterprise/enterprise.entity.js'
import { Extension } from '../../hazard/extension.entity.js'
import { Hazard } from '../../hazard/hazard.entity.js'
import { Reminder, ReminderKind } from '../../remind/reminder.entity.js'
import { LISTS } from '../../lists.js'
import { RiskStanding } from '../../risk/riskStanding.entity.js'
import { disturbOutside } from '../../testing/disturb.js'
import { type Look, Looks } from '../../testing/looks.js'
import { oneOfEach, type Site, type Wish } from '../../testing/oneOfEach.js'
import { openRandomTown } from '../../testing/randomTown.js'
import { removeStores } from '../../testing/store.js'
import type { Town } from '../../testing/town.js'
import { NO_LIMITS } from '../../testing/twins.js'
import { without } from '../../testing/weaken.js'
import { act } from '../act.js'
import { ref } from '@mikro-orm/core'
import { thingOf } from '../datum.js'
import { addDays } from '../days.js'
import { scopesOf } from '../read/oracle/readers.js'

vi.mock(import('../read/reading.js'), async (load) => (await import('../../testing/weaken.js')).weakReading(await load()))
vi.mock(import('../act.js'), async (load) => (await import('../../testing/weaken.js')).weakAct(await load()))
vi.mock(import('../scope.js'), async (load) => (await import('../../testing/weaken.js')).weakScope(await load()))

/**
 * Nobody can tell what lies outside his scope: everything out there is changed and doubled, and not one answer differs.
 * The looks come from the schema, so that a new field, relation or measure is looked at without anybody thinking of it.
 */
const READERS = ['town', 'industry', 'workshop.tea'] as const
const ASTRAY = ['Division', 'Station', 'Criterion']
const TURNS = 6
const BEFORE = 'asOf: "2026-03-03T00:00:00.000Z"'

let town: Town
let app: App
let looks: { own: Look[]; across: Look[] }

beforeAll(async () => {
  town = await openRandomTown(7, 40)
  await without(['consequences'], () => hangOn(town))
  town.clock.now = new Date('2026-03-05T02:00:00.000Z')
  // Nothing here is about amounts: a look may be as wide as the type it is made from.
  app = await buildApp(town.store, readConfig({ DATA_DIR: '/nowhere' }), () => town.clock.now, NO_LIMITS)
  const made = new Looks(app.door.schema)
  const scoped = LISTS.filter(({ target }) => thingOf(target).scope)
  const open = LISTS.filter(({ target }) => ASTRAY.includes(target.name))
  looks = {
    own: scoped.flatMap(({ name, target }) => [
      ...made.plain(name, target),
      ...(name === 'hazards' ? made.plain(name, target, BEFORE).filter((look) => !/values|groups|order|having/.test(look.name)) : []),
    ]),
    across: [...scoped, ...open].flatMap(({ name, target }) => [
      ...made.across(name, target),
      ...(name === 'enterprises' ? made.across(name, target, BEFORE).filter((look) => /hazards (where|below)/.test(look.name)) : []),
    ]),
  }
})
afterAll(async () => {
  await app.close()
  await town.close()
  await removeStores()
})

const elsewhere = ({ division }: Enterprise): boolean => !division.startsWith('350524106')
const standOf = ({ division, station }: Enterprise) => ({ division, station: station ?? null })

/** Rows here, next door and elsewhere, of enterprises that are here and elsewhere, which lead to others here and elsewhere. */
function wishes(all: readonly Enterprise[], enterprises: Record<string, string>): Wish[] {
  const [tea, inn, far] = ['tea', 'inn', 'far'].map((key) => all.find(({ id }) => id === enterprises[key])!) as [Enterprise, Enterprise, Enterprise]
  const others = all.filter((one) => ![tea, inn, far].includes(one))
  const [near, away] = [others.filter((one) => !elsewhere(one)), others.filter(elsewhere)]
  const mine: Site = { firm: tea, at: tea, workshop: '一车间' }
  const next: Site = { firm: tea, at: tea, workshop: '二车间' }
  const whole: Site = { firm: tea, at: tea }
  const there: Site = { firm: far, at: far, workshop: '一车间' }
  const guest: Site = { firm: far, at: tea, workshop: '一车间' }
  const lost: Site = { firm: tea, at: far, workshop: '一车间' }
  const lonely = near.slice(4, 6).map((firm): Site => ({ firm, at: tea, workshop: '一车间' }))
  const door: Site = { firm: inn, at: inn }
  return [
    ...[
      [mine, mine],
      [next, mine],
      [there, mine],
      [mine, next],
      [door, mine],
      [mine, there],
      [whole, mine],
      [next, next],
      [there, there],
    ],
    ...[
      [guest, guest],
      [guest, there],
      [lost, lost],
      [lost, mine],
      [door, door],
      [mine, guest],
      [mine, lost],
      [whole, whole],
    ],
    ...away.slice(0, 6).map((firm): Wish => [{ firm, at: tea }, there]),
    ...near.slice(0, 2).map((firm): Wish => [{ firm, at: far }, mine]),
    // Stands here, and only what stands elsewhere leads to it.
    ...lonely.flatMap((lone): Wish[] => [
      [lone, mine],
      [there, lone],
      [lost, lone],
    ]),
    ...near.slice(2, 4).map((firm): Wish => [{ firm, at: firm }, there]),
  ] as Wish[]
}

/** What hangs on a hazard, on every one, and a few hazards in both workshops of one enterprise. */
async function hangOn({ store, clock, enterprises }: Town): Promise<void> {
  await act({ em: store.em({ division: '' }), actor: undefined, now: clock.now, request: 'hang' }, 'settle', async ({ em }) => {
    const at = { createdAt: '2026-02-01T00:00:00.000Z' }
    const tea = await em.findOneOrFail(Enterprise, { id: enterprises['tea']! })
    const far = await em.findOneOrFail(Enterprise, { id: enterprises['far']! })
    const away = (await em.find(Enterprise, {}, { orderBy: { enteredOn: 'asc', name: 'asc' } })).filter(elsewhere)
    // Here, and all that was found there lies elsewhere.
    const lone = Object.assign(new Enterprise(), { name: '孤样本厂', division: tea.division, station: tea.station, enteredOn: '2026-01-05', ...at })
    const hazards = await em.find(Hazard, {})
    for (const [i, hazard] of hazards.entries()) {
      if (i < 8) Object.assign(hazard, { enterprise: ref(tea), division: tea.division, station: tea.station, workshop: i % 2 ? '一车间' : '二车间' })
      // Here and of an enterprise elsewhere, and the other way round.
      else if (i < 20)
        Object.assign(hazard, { enterprise: ref(i % 2 ? away[(i >> 1) % away.length]! : tea), division: (i % 2 ? tea : far).division, station: tea.station })
      else if (i < 23) Object.assign(hazard, { enterprise: ref(lone), division: far.division })
      const place = { division: hazard.division, ...(hazard.station ? { station: hazard.station } : {}) }
      const owner = { hazard: ref(hazard), enterpriseId: hazard.enterprise.id, ...place, ...at }
      // Some stand here and hang on what lies elsewhere: they must not carry anybody across.
      if (i % 4 === 3) owner.hazard = ref(hazards[(i + 11) % hazards.length]!)
      for (const audience of ['TOWN_OFFICE', 'STATION', 'WORKSHOP'])
        em.persist(
          Object.assign(new Reminder(), { kind: ReminderKind.URGED, record: hazard.id, cause: uuid(), audience, text: '请抓紧', day: '2026-02-01', ...owner }),
        )
      em.persist(Object.assign(new Extension(), { reason: '等配件', fromDueOn: '2026-02-01', toDueOn: '2026-02-03', ...owner }))
      const file = { name: '前.jpg', mime: 'image/jpeg', bytes: 7, sha256: uuid(), uploadedBy: uuid(), purpose: AttachmentPurpose.BEFORE }
      em.persist(Object.assign(new Attachment(), { ...file, ...owner }))
      em.persist(Object.assign(new BoardLink(), { name: '屏', expiresOn: '2026-12-31', createdBy: uuid(), tokenHash: uuid(), ...place, ...at }))
    }
    await em.flush()
    const all = await em.find(Enterprise, {}, { orderBy: { enteredOn: 'asc', name: 'asc', id: 'asc' } })
    // Of the enterprises elsewhere each has ended on a day of its own and has a code.
    for (const [i, firm] of all.filter(elsewhere).entries())
      Object.assign(firm, { closedOn: addDays('2026-01-06', i), uscc: `91350524TEST${String(i).padStart(6, '0')}` })
    // What is counted of an enterprise stands with it in truth; here some of it stands on the other side.
    const outside = new Set(all.filter(elsewhere).map(({ id }) => id))
    for (const target of [RiskStanding, Dossier]) {
      const rows = (await em.find(target as typeof RiskStanding, {})).sort((a, b) => (a.enterprise.id < b.enterprise.id ? -1 : 1))
      for (const [side, to] of [
        [rows.filter(({ enterprise }) => outside.has(enterprise.id)), tea],
        [rows.filter(({ enterprise }) => !outside.has(enterprise.id)), far],
      ] as const)
        for (const [i, row] of side.entries()) if (i % 2 === 0) Object.assign(row, standOf(to))
    }
    await oneOfEach(em, wishes(all, enterprises))
  })
}

interface Told {
  data: Record<string, Record<string, unknown> | null> | null
  errors?: { message: string; extensions: { code: string; retryAfter?: number } }[]
}
/** Asked again while the machine says that it is too busy: that tells of other work, not of what lies elsewhere. */
async function answerTo(who: string, query: string): Promise<Told> {
  for (let turn = 0; ; turn++) {
    const answer = await app.fastify.inject({ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${await town.as(who)}` }, payload: { query } })
    const told = answer.json<Told>()
    if (turn === 5 || !told.errors?.some(({ extensions }) => extensions.retryAfter !== undefined)) return told
  }
}

type Facts = Map<string, string>
/** What one reader is told, look by look and name by name. */
async function told(who: string, all: readonly Look[]): Promise<Facts> {
  const facts: Facts = new Map()
  for (const { name, query } of all) {
    const { data, errors } = await answerTo(who, query)
    if (errors) facts.set(name, JSON.stringify(errors))
    for (const [root, below] of Object.entries(data ?? {}))
      if (root !== 'all') facts.set(`${name} ${root}`, JSON.stringify(below))
      else for (const [alias, value] of Object.entries(below ?? {})) facts.set(`${name} ${alias}`, JSON.stringify(value))
  }
  return facts
}
const differing = (a: Facts, b: Facts): string[] => [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key))

describe('what lies outside the scope changes no answer', () => {
  const seen = { rows: new Set<string>(), hops: new Set<string>() }
  const all: Record<'rows' | 'hops', Set<string>> = { rows: new Set(), hops: new Set() }

  test.each(READERS)(
    'to %s',
    async (who) => {
      const scope = (await scopesOf(town))[who]!
      const every = [...looks.own, ...looks.across]
      const before = await told(who, every)
      expect([...before].filter(([, answer]) => answer.includes('"code":"BAD') || answer.includes('INTERNAL'))).toEqual([])
      expect(await without(['consequences'], () => disturbOutside(town, scope))).toBeGreaterThan(20)
      const after = await told(who, every)
      expect(differing(before, after)).toEqual([])
      for (const [part, of] of [
        ['rows', looks.own],
        ['hops', looks.across],
      ] as const) {
        const weak = await without([part], () => told(who, of))
        for (const [name, answer] of weak) if (!answer.includes('FORBIDDEN')) all[part].add(name)
        for (const name of differing(after, weak)) seen[part].add(name)
      }
    },
    600_000,
  )

  test('and every one of these looks would tell, were the scope not compiled into it', async () => {
    // A threshold tells only where some number happens to cross it; of the orders along a relation some do.
    const family = (name: string) => name.replace(/ order(Latest| \w+)?$/, ' order')
    const silent = (part: 'rows' | 'hops') => {
      const told = new Set([...seen[part]].map(family))
      return [...all[part]].filter((name) => !told.has(family(name)) && !/ (sum_|count\d)/.test(name))
    }
    // Of a list with few readers and few rows the first disturbance may leave a page or an extreme as it was: it is given others.
    for (let turn = 0; turn < TURNS && (silent('rows').length || silent('hops').length); turn++)
      for (const who of READERS) {
        const scope = (await scopesOf(town))[who]!
        await without(['consequences'], () => disturbOutside(town, scope))
        for (const [part, of] of [
          ['rows', looks.own],
          ['hops', looks.across],
        ] as const) {
          const left = silent(part)
          const again = of.filter((look) => left.some((name) => name.startsWith(`${look.name} `)))
          const after = await told(who, again)
          for (const name of differing(after, await without([part], () => told(who, again)))) seen[part].add(name)
        }
      }
    expect([...silent('rows'), ...silent('hops')]).toEqual([])
  }, 600_000)
})
