import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ref } from '@mikro-orm/core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Enterprise } from '../../enterprise/enterprise.entity.js'
import { Hazard } from '../../hazard/hazard.entity.js'
import { removeStores } from '../../testing/store.js'
import { openTown, type Town } from '../../testing/town.js'
import { without } from '../../testing/weaken.js'
import { act } from '../act.js'
import type { Actor } from '../context.js'

vi.mock(import('../scope.js'), async (load) => (await import('../../testing/weaken.js')).weakScope(await load()))

/** Ways past the scope that an entity manager knows: those that are used keep it, those that do not keep it are not used. */
let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})
const SCOPE = { division: '350524106' }
const officer: Actor = { id: 'officer', name: '样本', role: 'TOWN_OFFICE', scope: SCOPE, mustChangePassword: false }
const acting = () => ({ em: town.store.em(SCOPE), actor: officer, now: town.clock.now, request: 'past' })

const READS: Record<string, () => Promise<unknown>> = {
  find: async () => (await town.store.em(SCOPE).find(Hazard, {}, { orderBy: { id: 'asc' } })).map(({ id }) => id),
  findOne: async () => (await town.store.em(SCOPE).findOne(Hazard, { id: town.hazards['far']! }))?.id,
  count: () => town.store.em(SCOPE).count(Hazard, {}),
  'a filter through a relation': () => town.store.em(SCOPE).count(Hazard, { enterprise: { name: { $like: '%龙门%' } } }),
  'pages by cursor': async () => (await town.store.em(SCOPE).findByCursor(Hazard, { where: {}, first: 9, orderBy: { id: 'asc' } })).totalCount,
  'a relation loaded with its row': async () =>
    (await town.store.em(SCOPE).find(Hazard, {}, { populate: ['enterprise'], orderBy: { id: 'asc' } })).map(({ enterprise }) => enterprise.id),
}
const WRITES: Record<string, () => Promise<unknown>> = {
  'a foreign row by reference': () =>
    act(acting(), 'test', ({ em }) => Promise.resolve(void (em.getReference(Enterprise, town.enterprises['far']!).trade = '换了'))),
  'a row into a foreign place': () =>
    act(acting(), 'test', async ({ em }) => void ((await em.findOneOrFail(Enterprise, { id: town.enterprises['tea']! })).division = '350524107201')),
  'a new row in a foreign place': () =>
    act(acting(), 'test', async ({ em }) => {
      const tea = await em.findOneOrFail(Hazard, { id: town.hazards['tea']! })
      const { description, place, factor, severity, source, manageType, foundOn, foundByRole, stage, createdAt } = tea
      const facts = { description, place, factor, severity, source, manageType, foundOn, foundByRole, stage, createdAt }
      em.persist(Object.assign(new Hazard(), { ...facts, number: 'YH-X', division: '350524107201', enterprise: ref(tea.enterprise.unwrap()) }))
    }),
}

describe('what is read past the graph', () => {
  test.each(Object.entries(READS))('by %s ends at the scope', async (_, read) => {
    const seen = JSON.stringify(await read())
    expect(seen ?? '').not.toContain(town.hazards['far'])
    expect(seen ?? '').not.toContain(town.enterprises['far'])
    expect(await without(['rows'], async () => JSON.stringify(await read()))).not.toBe(seen)
  })
})

describe('what is written past the graph', () => {
  const standing = () => town.store.reader.all('select id, division, trade from enterprise order by id')

  test.each(Object.entries(WRITES))('as %s is refused and leaves nothing', async (_, write) => {
    const before = await standing()
    await expect(write()).rejects.toThrow('不在您的管辖范围内')
    expect(await standing()).toEqual(before)
    expect(await town.store.reader.all("select id from hazard where number = 'YH-X'")).toEqual([])
  })
  test.each(Object.entries(WRITES))('as %s would pass without the check', async (_, write) => {
    const undone = new Error('undone')
    const outcome = await without(['rows'], () => write().then(() => undone)).catch((error: Error) => error)
    expect(outcome).toBe(undone)
  })
})

test('what an entity manager lets through unfiltered stands in few places, each with its reason', () => {
  const root = join(import.meta.dirname, '../..')
  const LEAKING = /createQueryBuilder|getKysely|em\.execute|getReference|filters: false|disableFilter|resultCache/
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && LEAKING.test(readFileSync(join(root, path), 'utf8')))
    .map((path) => relative('.', path))
  expect(found.sort()).toEqual([
    'attachment/attach.ts', // one's own files that hang on nothing yet
    'attachment/clearUnattached.ts', // the daily job
    'division/station.resolver.ts', // a station that ends serves no town any more
    'enterprise/editing.ts', // a credit code stands once in the whole store
    'risk/keepStanding.ts', // a workshop head's act moves the whole enterprise's colour
    'shared/run.ts', // the one way of a statement inside an act
  ])
})
