import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../shared/refusal.js'
import { Criterion } from '../standard/criterion.entity.js'
import { actsOf, HazardAct } from './acts.js'
import type { Hazard } from './hazard.entity.js'
import { DEFAULT_RULES as rules } from './rules.js'
import { aHazard, at, somebody } from './sample.js'
import { HazardSeverity, HazardSource, HazardStage, NEXT } from './terms.js'

const ROLES = ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST', 'COUNTY', 'ADMIN', 'BOARD'] as const
const clause = new Criterion()
const fixings = { responsiblePerson: '甲', responsibleDept: '乙', measures: '丙', fundFen: 0, milestones: '丁', emergencyPlan: '戊' }

/** Half of the steps take the way on that somebody is offered, so that histories get far; the others try anything. */
function aimed(hazard: Hazard, one: Step): Step {
  if (!one.onward) return one
  const ways = ROLES.flatMap((role) =>
    actsOf(somebody(`p${one.who}`, role), hazard)
      .filter((act) => !ASIDE.includes(act))
      .map((act) => ({ act, role })),
  )
  return ways.length ? { ...one, ...ways[one.pick % ways.length]!, photos: 1 } : one
}
const ASIDE = [HazardAct.VOID, HazardAct.TRANSFER, HazardAct.URGE, HazardAct.REGRADE, HazardAct.LIST]

type Step = { act: HazardAct; who: number; role: (typeof ROLES)[number]; day: number; photos: number; onward: boolean; pick: number }
const step = fc.record({
  act: fc.constantFrom(...Object.values(HazardAct).filter((act) => act !== HazardAct.URGE)),
  who: fc.nat(5),
  role: fc.constantFrom(...ROLES),
  day: fc.nat(40),
  photos: fc.nat(1),
  onward: fc.boolean(),
  pick: fc.nat(30),
})
const start = fc.record({
  severity: fc.constantFrom(...Object.values(HazardSeverity)),
  source: fc.constantFrom(...Object.values(HazardSource)),
  foundByRole: fc.constantFrom('TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST'),
  interimMeasure: fc.constantFrom('停用', ''),
  photosBefore: fc.nat(1),
  station: fc.constantFrom('INDUSTRY_STATION', undefined),
})

function take(hazard: Hazard, { act, who, role, day, photos }: Step): void {
  const by = somebody(`p${who}`, role)
  const now = at(`2026-03-${String(2 + (day % 28)).padStart(2, '0')}`)
  const due = '2026-03-31'
  switch (act as Exclude<HazardAct, HazardAct.URGE>) {
    case HazardAct.REGISTER:
      return hazard.register(by, now, day % 2 ? clause : undefined)
    case HazardAct.NOTIFY:
      return hazard.notify(by, now, rules, { number: 'ZG', dueOn: due })
    case HazardAct.FIX_ON_SPOT:
      return hazard.fixOnSpot(by, now, { result: '改', photos })
    case HazardAct.ASSIGN:
      return hazard.assign(by, '甲', undefined)
    case HazardAct.PLAN:
      Object.assign(hazard, day % 3 ? fixings : {})
      return hazard.plan(by, now)
    case HazardAct.APPROVE_PLAN:
      return hazard.approvePlan(by)
    case HazardAct.ACCEPT:
      return hazard.accept(by, now)
    case HazardAct.SUBMIT:
      return hazard.submit(by, now, { result: '改', photos })
    case HazardAct.CLOSE:
      return hazard.close(by, now, rules, '')
    case HazardAct.RETURN:
      return hazard.return(by, now, rules, '不合格', due)
    case HazardAct.ASK_EXTENSION:
      return hazard.askExtension(by, now, rules, due)
    case HazardAct.REGRADE:
      return hazard.regrade(by, day % 2 ? HazardSeverity.MAJOR : HazardSeverity.GENERAL, '核定', clause, '停用')
    case HazardAct.LIST:
      return hazard.list(by, now, 'GP')
    case HazardAct.TRANSFER:
      return hazard.transfer(by, now, '县局', 'H')
    case HazardAct.VOID:
      return hazard.void(by, '误报')
  }
}

const shown = (hazard: Hazard) => ({ ...hazard }) as Record<string, unknown>
/** The five fixings are typed in before the plan is asked for. */
const without = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([key, value]) => !(key in fixings) && value !== undefined && key !== 'enterprise'))

/** Everything that must be true of a hazard that is closed, read off the history that led there. */
function closedByTheRules(hazard: Hazard, fixers: Set<string>, passed: string[]): void {
  const needed = hazard.severity === HazardSeverity.MAJOR || hazard.source === HazardSource.ENFORCEMENT ? 2 : 1
  expect(new Set(passed).size).toBeGreaterThanOrEqual(needed)
  for (const reviewer of passed) expect(fixers.has(reviewer)).toBe(false)
  expect(hazard.photosAfter).toBeGreaterThan(0)
  expect(hazard.result).toBeTruthy()
  expect(hazard.closedAt && hazard.submittedAt && hazard.registeredAt).toBeTruthy()
  if (hazard.severity === HazardSeverity.MAJOR) expect([hazard.severityConfirmedBy, hazard.fixingsApprovedBy, hazard.interimMeasure].every(Boolean)).toBe(true)
  expect(!!hazard.listedAt && !hazard.delistedAt).toBe(false)
}

test('no sequence of acts by any mix of accounts and roles reaches CLOSED without the guards', () => {
  let closed = 0
  fc.assert(
    fc.property(start, fc.array(step, { minLength: 8, maxLength: 60 }), (differs, steps) => {
      const hazard = aHazard(differs as Partial<Hazard>)
      const fixers = new Set<string>()
      let passed: string[] = []
      for (const step of steps) {
        const one = aimed(hazard, step)
        const before = hazard.stage
        const whole = shown(hazard)
        const offered = actsOf(somebody(`p${one.who}`, one.role), hazard).includes(one.act)
        try {
          take(hazard, one)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
          expect(without(shown(hazard))).toEqual(without(whole)) // refuse first, then change
          continue
        }
        // What was done had been offered as a button: the screen hides nothing that the server allows.
        expect(offered).toBe(true)
        if (hazard.stage !== before) expect(NEXT[before]).toContain(hazard.stage)
        if ([HazardAct.ACCEPT, HazardAct.SUBMIT, HazardAct.FIX_ON_SPOT].includes(one.act)) fixers.add(`p${one.who}`)
        if (one.act === HazardAct.CLOSE) passed.push(`p${one.who}`)
        if (one.act === HazardAct.RETURN || one.act === HazardAct.REGRADE) passed = []
        if (hazard.stage === HazardStage.CLOSED && before !== HazardStage.CLOSED) {
          closed++
          closedByTheRules(hazard, fixers, passed)
        }
      }
    }),
    { numRuns: 4_000, seed: 20_260_302 },
  )
  expect(closed).toBeGreaterThan(100) // the histories do get there, or the test would prove nothing
})
