import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { RiskColor } from '../risk/terms.js'
import { dayOf } from '../shared/days.js'
import type { Store } from '../store.js'
import { copiedDemo, DEMO_NOW as NOW } from '../testing/demo.js'
import { removeStores } from '../testing/store.js'
import { runPlan } from '../visit/runPlan.js'
import { periodOf } from '../visit/slots.js'
import { isWorse, VisitState } from '../visit/terms.js'
import { Visit } from '../visit/visit.entity.js'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 })
const TODAY = dayOf(NOW)

let store: Store
let visits: Visit[]
const everywhere = () => store.em({ division: '' })
beforeAll(async () => {
  store = (await copiedDemo()).store
  visits = await everywhere().find(Visit, {})
})
afterAll(async () => {
  await store.close()
  await removeStores()
})

test('the year’s plan of the demo town has visits made, missed, late, to come and taken back; what is made has its check', () => {
  const of = (state: VisitState) => visits.filter((one) => one.state === state)
  for (const state of Object.values(VisitState)) expect(of(state).length, state).toBeGreaterThan(0)
  expect(of(VisitState.DONE).every(({ check, doneOn }) => check && doneOn! < TODAY)).toBe(true)
  expect(of(VisitState.PLANNED).some(({ plannedTo }) => plannedTo < TODAY)).toBe(true)
  expect(visits.some(({ cause }) => cause.startsWith('升级：'))).toBe(true)
})

test('what is planned was planned for the enterprise’s colour, or is in its part of the year and stands though the colour has changed', async () => {
  const standings = new Map((await everywhere().find(RiskStanding, {})).map((one) => [one.enterprise.id, one.effective]))
  const last = new Map<string, Visit>()
  for (const visit of [...visits].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))) if (visit.color) last.set(visit.enterprise.id, visit)
  expect(last.size).toBeGreaterThan(300)
  const begun = (slot: string) => {
    const period = periodOf(Number(TODAY.slice(0, 4)), slot)
    return !period || period.from <= TODAY
  }
  const wrong = visits.filter(({ state, plannedFrom, enterprise, color, slot }) => {
    const now = standings.get(enterprise.id) ?? RiskColor.YELLOW
    if (state !== VisitState.PLANNED || plannedFrom <= TODAY || !color || color === now) return false
    return isWorse(color, now) && !begun(slot)
  })
  expect(wrong.map(({ enterprise }) => enterprise.id)).toEqual([])
})

test('the daily job finds nothing left to plan', async () => {
  expect(await runPlan({ em: everywhere(), actor: undefined, now: NOW, request: 'test' }, TODAY)).toEqual({ added: 0, cancelled: 0, missed: 0 })
})
