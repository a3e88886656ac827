import { ref } from '@mikro-orm/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import { looksAround, sentBy } from '../testing/statements.js'
import { engine, removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import type { Hazard } from './hazard.entity.js'
import { aHazard } from './sample.js'
import { HazardSeverity, HazardSource, HazardStage } from './terms.js'

let town: Town
let n = 0
beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

async function enter(many: number, differs: Partial<Hazard>): Promise<string[]> {
  const ids: string[] = []
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'test' }, 'test', async ({ em }) => {
    const tea = await em.findOneOrFail(Enterprise, { id: town.enterprises['tea']! })
    for (let i = 0; i < many; i++) {
      const hazard = aHazard({ number: `C-${n++}`, enterprise: ref(tea), dueOn: '2026-03-09', photosAfter: 1, ...differs } as Partial<Hazard>)
      em.persist(hazard)
      ids.push(hazard.id)
    }
  })
  return ids
}

const CLOSE = 'mutation ($id: ID!) { hazardClose(id: $id, version: 1, opinion: "整改到位") { stage } }'
const close = (id: string) => town.get<{ hazardClose: { stage: string } }>('industry', CLOSE, { id })
const waiting = (differs: Partial<Hazard> = {}) => enter(1, { stage: HazardStage.PENDING_REVIEW, ...differs } as Partial<Hazard>)
/** A closure of an enterprise as it stands: what it sent, and whether it was one. */
async function closing(differs: Partial<Hazard> = {}) {
  const [id] = await waiting(differs)
  let stage = ''
  const sent = await sentBy(town.store, async () => (stage = (await close(id!)).hazardClose.stage))
  return { stage, sent }
}

// SQLite tells which index a statement goes by; PostgreSQL gets the same statements.
const onSqlite = test.runIf(engine() === 'sqlite')

onSqlite.each([
  ['a general hazard', {}, 'CLOSED'],
  ['a major one, whose first reviewer signs', { severity: HazardSeverity.MAJOR, fixingsApprovedBy: 'somebody' }, 'PENDING_REVIEW'],
] as const)('closing %s sends the same statements and gets as many rows, however many hazards the enterprise has', async (_name, differs, stage) => {
  await close((await waiting())[0]!) // what is looked up once and kept
  const few = await closing(differs as Partial<Hazard>)
  await enter(300, { stage: HazardStage.CLOSED, closedAt: '2026-03-02T02:00:00.000Z' })
  await enter(100, { stage: HazardStage.RECTIFYING })
  const many = await closing(differs as Partial<Hazard>)
  expect(few.stage).toBe(stage)
  expect(many).toEqual(few)
  expect(few.sent.length).toBeGreaterThan(5)
})

onSqlite('a closure looks only at its own hazard', async () => {
  const { sent } = await closing()
  expect(await looksAround(town.store, sent, 'hazard')).toEqual([])
})

onSqlite('the last signature under a major hazard looks at what is late now, not at what there has been', async () => {
  const [id] = await waiting({
    ...{ severity: HazardSeverity.MAJOR, source: HazardSource.STATION_GUIDANCE, fixingsApprovedBy: 'somebody', firstReviewer: 'somebody' },
  } as Partial<Hazard>)
  const sent = await sentBy(town.store, () => close(id!))
  const around = await looksAround(town.store, sent, 'hazard')
  expect(around).toHaveLength(1)
  expect(around[0]).toContain('hazard_severity_stage_due_on_index')
})
