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
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|^testing\//.test(path) && LEAKING.test(readFileSync(join(root, path), 'utf8')))
    .map((path) => relative('.', path))
  expect(found.sort()).toEqual([
    'attachment/attach.ts', // one's own files that hang on nothing yet
    'attachment/attachTo.ts', // the same
    'attachment/clearUnattached.ts', // the daily job
    'card/card.resolver.ts', // who scans a card is nobody yet: found by its token, opened by its PIN
    'card/cardPaper.ts', // the card of a token that was opened
    'checklist/normEditing.resolver.ts', // the files of a norm, which is everybody's
    'checklist/own.ts', // items of a template, which is everybody's
    'division/station.resolver.ts', // a station that ends serves no town any more
    'dossier/accident.resolver.ts', // a workshop's accident contradicts its enterprise's zero report
    'dossier/daily.ts', // the daily job
    'dossier/document.resolver.ts', // the version in force of a document that is being reviewed
    'doubt/gather.ts', // judged by the whole record, whoever of the enterprise's people sent it
    'doubt/sample.ts', // the daily job, and a list that is drawn once for a station
    'enterprise/editing.ts', // a credit code stands once in the whole store
    'inspection/calendar.resolver.ts', // a calendar is for all lists
    'inspection/checking.resolver.ts', // photos of a result that was found within the scope
    'inspection/consequences.ts', // a hazard supersedes its enterprise's certificates, whoever reports it
    'inspection/generateTasks.ts', // the daily job
    'inspection/planTasks.ts', // what an enterprise owes, whoever of its people changes a list
    'inspection/submitCheck.ts', // a draft sent twice; another person's is refused
    'public/forgetContacts.ts', // the daily job
    'public/outside.resolver.ts', // who reports is nobody: the enterprise its poster names, the report of its receipt
    'public/public.routes.ts', // the same: a draft sent twice
    'public/send.ts', // the same
    'public/triage.resolver.ts', // photos of a report that was found within the scope
    'remind/inbox.resolver.ts', // reminders that were found within the scope just before
    'remind/remindDaily.ts', // the daily job
    'risk/keepStanding.ts', // how the whole enterprise stands, whoever of its people moved it
    'shared/run.ts', // the one way of a statement inside an act
    'site/restand.ts', // how the whole enterprise stands, whoever of its people moved it
    'visit/fulfil.ts', // a check does its enterprise's visit, whoever was sent
    'visit/planVisits.ts', // what an enterprise is owed, whoever of its people moved its colour
    'visit/runPlan.ts', // the daily job and the office's plan
  ])
})
