import { readFileSync } from 'node:fs'
import { ref } from '@mikro-orm/core'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { moveWith } from '../enterprise/move.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { aHazard } from '../hazard/sample.js'
import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { act, type Act } from '../shared/act.js'
import { insertMany, type NewRow } from '../shared/bulk.js'
import { snapshot } from '../shared/entry.js'
import { Refusal } from '../shared/refusal.js'
import { run } from '../shared/run.js'
import { goOn, openRandomTown } from '../testing/randomTown.js'
import { engine, removeStores } from '../testing/store.js'
import type { Town } from '../testing/town.js'
import { recount } from './recount.js'

let town: Town
beforeAll(async () => void (town = await openRandomTown(7, 120)))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const wrong = async () => (await recount(town.store.em(undefined), { repair: false })).wrong
const doing = (work: (doing: Act) => Promise<unknown>) =>
  act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'test' }, 'test', work)

const day = fc.constantFrom('2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2026-03-02')
const facts = fc.record({
  stage: fc.constantFrom(...Object.values(HazardStage)),
  severity: fc.constantFrom(...Object.values(HazardSeverity)),
  division: fc.constantFrom('350524106201', '350524106202', '350524107201'),
  station: fc.constantFrom('INDUSTRY_STATION', 'MARKET_STATION', undefined),
  foundOn: day,
  dueOn: fc.option(day, { nil: undefined }),
  closedAt: fc.option(
    day.map((on) => `${on}T16:00:00.000Z`),
    { nil: undefined },
  ),
})
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never

/** One thing that may happen to hazards inside an act; several make one act. */
interface Deed {
  kind: 'found' | 'imported' | 'changed' | 'removed' | 'moved'
  which: number
  facts: Facts
}
const deed: fc.Arbitrary<Deed> = fc.record({ kind: fc.constantFrom('found', 'imported', 'changed', 'changed', 'removed', 'moved'), which: fc.nat(), facts })
let numbers = 0

async function deeds(acting: Act, list: readonly Deed[]): Promise<void> {
  const { em } = acting
  const firms = await em.find(Enterprise, {}, { orderBy: { id: 'asc' } })
  for (const one of list) {
    const known = await em.find(Hazard, { number: { $like: 'C-%' } }, { orderBy: { number: 'asc' } })
    const made = () => aHazard({ ...(one.facts as Partial<Hazard>), number: `C-${++numbers}`, enterprise: ref(firms[0]!) })
    if (one.kind === 'found') em.persist(made())
    else if (one.kind === 'imported') await insertMany(acting, 'test', Hazard, [newRow(made())])
    else if (one.kind === 'moved') await move(acting, firms[one.which % firms.length]!, one.facts)
    else if (known.length && one.kind === 'removed') em.remove(known[one.which % known.length]!)
    else if (known.length) Object.assign(known[one.which % known.length]!, { dueOn: null, closedAt: null, station: null }, one.facts)
    await em.flush()
    if (one.kind === 'moved') em.clear()
  }
}
const newRow = (hazard: Hazard): NewRow => ({ ...snapshot(Hazard, hazard as never), returns: 0, extensions: 0, photosBefore: 0, photosAfter: 0 })
async function move(acting: Act, firm: Enterprise, { division, station }: Facts): Promise<void> {
  Object.assign(firm, { division, station: station ?? null })
  await acting.em.flush()
  await moveWith(acting, firm, 'test')
}

test('the counts of a random town, and of what became of it, are those of its hazards', async () => {
  expect(await wrong()).toEqual([])
  await goOn(town, 11)
  expect(await wrong()).toEqual([])
})

test('a store of an earlier program is counted when it is migrated', async () => {
  const em = town.store.em(undefined)
  const counts = () => Promise.all(['stage', 'day'].map((by) => run(em, `select * from hazard_by_${by}`)))
  const kept = await counts()
  const fill = readFileSync(new URL(`../../migrations/0018-counters.${engine()}.sql`, import.meta.url), 'utf8')
    .split(/;\s*\n/)
    .filter((statement) => statement.startsWith('insert'))
  expect(fill).toHaveLength(2)
  for (const by of ['stage', 'day']) await run(em, `delete from hazard_by_${by}`)
  for (const statement of fill) await run(em, statement)
  expect(await wrong()).toEqual([])
  expect((await counts()).flat().length).toBeLessThanOrEqual(kept.flat().length)
})

test('after any sequence of acts, refused ones among them, the counts are the group-bys', async () => {
  const acts = fc.array(fc.record({ list: fc.array(deed, { minLength: 1, maxLength: 5 }), refused: fc.boolean() }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      for (const { list, refused } of all) {
        const done = doing(async (acting) => {
          await deeds(acting, list)
          if (refused) throw new Refusal('CHANGED_MY_MIND', '不办了')
        })
        if (refused) await expect(done).rejects.toMatchObject({ code: 'CHANGED_MY_MIND' })
        else await done
      }
      expect(await wrong()).toEqual([])
    }),
    { numRuns: 25 },
  )
}, 120_000)

test('many at once, on the same few counts in any order: none waits in a ring, none is lost', async () => {
  const ids = (await town.store.reader.all(`select id from hazard where number like 'R-%' order by number limit 48`)).map((row) => row['id'] as string)
  const stages = [HazardStage.RECTIFYING, HazardStage.CLOSED, HazardStage.VOID]
  // Two hazards an act, neighbours in either order; each act has two of its own.
  const pairs = ids.flatMap((id, i) => (i % 2 ? [] : [i % 4 ? [id, ids[i + 1]!] : [ids[i + 1]!, id]]))
  const close = (pair: string[], i: number): Promise<unknown> =>
    doing(async ({ em }) => {
      for (const id of pair) {
        Object.assign(await em.findOneOrFail(Hazard, { id }), { stage: stages[i % 3], closedAt: '2026-03-01T16:00:00.000Z', dueOn: '2026-03-01' })
        await em.flush()
      }
    }).catch((error: Refusal) => {
      // The colour of one enterprise was moved by two acts at once: the later one is done again.
      if (error.code !== 'CONFLICT') throw error
      return close(pair, i)
    })
  await Promise.all(pairs.map(close))
  expect(await wrong()).toEqual([])
})

test('a count that says something else than the rows is found, named and put right', async () => {
  const em = town.store.em(undefined)
  const [row] = await run(em, `select division, station from hazard_by_stage where stage = 'CLOSED' and hazards > 0 limit 1`)
  await run(em, `update hazard_by_stage set hazards = hazards + 1 where stage = 'CLOSED' and division = ? and station = ?`, [row!['division'], row!['station']])
  await run(em, `delete from hazard_by_day where grain = 'MONTH'`)
  const found = await wrong()
  expect(found.length).toBeGreaterThan(1)
  expect(found.find(({ table }) => table === 'hazard_by_stage')!.key).toEqual(expect.arrayContaining([row!['division'], row!['station'], 'CLOSED']))
  await recount(em, { repair: true })
  expect(await wrong()).toEqual([])
})

test('who repairs while others act waits for them, and they for him: nothing is counted twice', async () => {
  const [one] = await town.store.reader.all(`select id from hazard where number = 'R-60'`)
  const acts = Array.from({ length: 12 }, (_, i) =>
    doing(async ({ em }) => void Object.assign(await em.findOneOrFail(Hazard, { id: one!['id'] as string }), { dueOn: `2026-03-${10 + i}` })).catch(
      (error: unknown) => {
        // Two change the same hazard at once on PostgreSQL: one of them is told so.
        if (engine() === 'sqlite' || (error as Refusal).code !== 'CONFLICT') throw error
      },
    ),
  )
  await Promise.all([...acts, recount(town.store.em(undefined), { repair: true })])
  expect(await wrong()).toEqual([])
})
