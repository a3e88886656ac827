import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HazardStage } from '../hazard/terms.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { act } from '../shared/act.js'
import { addDays } from '../shared/days.js'
import { asSystem, goTo } from '../testing/checklists.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { ClearanceSpan } from './terms.js'
import { periodOf, resolutionOf, unresolvedOf } from './unresolved.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const ISSUE = `mutation ($e: ID!, $from: Day!, $span: ClearanceSpan!) { clearanceIssue(enterprise: $e, span: $span, fromOn: $from) { id number fromOn toOn issuedAt issuedByUnit found closed extended listed supersededAt supersededBy { number } } }`
const issue = (who: string, fromOn: string, span = 'MONTH', enterprise = 'tea') => town.ask(who, ISSUE, { e: town.enterprises[enterprise], from: fromOn, span })
const code = async (...wish: Parameters<typeof issue>) => (await issue(...wish)).errors?.[0]?.extensions.code
const report = (foundOn: string, who = 'industry') =>
  town.get<{ hazardReport: { id: string; number: string; version: number } }>(
    who,
    `mutation ($e: ID!, $on: Day!) { hazardReport(enterprise: $e, facts: { description: "样本隐患", place: "仓库", factor: OBJECT, severity: GENERAL, source: ${who === 'industry' ? 'STATION_GUIDANCE' : 'SELF_CHECK'}, manageType: DEADLINE, foundOn: $on }) { id number version } }`,
    { e: town.enterprises['tea'], on: foundOn },
  )
const set = (id: string, facts: Partial<Hazard>) =>
  act(asSystem(town), 'testSet', async ({ em }) => void Object.assign(await em.findOneOrFail(Hazard, id), facts))

describe('a certificate', () => {
  test('is refused while a hazard of the period is open, and says which', async () => {
    const answer = await issue('town', '2026-01-01')
    expect(answer.errors?.[0]).toMatchObject({ message: '还有 1 条隐患没有清零：YH-202601-tea', extensions: { code: 'NOT_CLEARED', unresolved: 1 } })
  })

  test('is issued when it is closed, with the instant and the figures; once', async () => {
    await set(town.hazards['tea']!, { stage: HazardStage.CLOSED, closedAt: '2026-01-20T02:00:00.000Z' })
    const { clearanceIssue } = (await issue('industry', '2026-01-01')).data as { clearanceIssue: object }
    expect(clearanceIssue).toMatchObject({
      number: 'QL-202601-106201-0001',
      toOn: '2026-01-31',
      found: 1,
      closed: 1,
      extended: 0,
      listed: 0,
      issuedAt: town.clock.now.toISOString(),
      issuedByUnit: '经济发展办公室',
      supersededAt: null,
    })
    expect(await code('town', '2026-01-01')).toBe('ALREADY')
  })

  test('is for a month or a quarter that is over, by those who answer for the enterprise', async () => {
    expect(await code('town', '2026-03-01')).toBe('PERIOD_OPEN')
    expect(await code('town', '2026-01-02')).toBe('PERIOD')
    expect(await code('town', '2026-02-01', 'QUARTER')).toBe('PERIOD')
    for (const who of ['ent.tea', 'village', 'county', 'workshop.tea']) expect(await code(who, '2026-02-01')).toBe('FORBIDDEN')
    for (const who of ['town.far', 'market']) expect(await code(who, '2026-02-01')).toBe('NOT_FOUND')
    const { data } = await issue('town', '2025-10-01', 'QUARTER')
    expect(data).toMatchObject({ clearanceIssue: { fromOn: '2025-10-01', toOn: '2025-12-31', found: 0 } })
  })

  test('is superseded in the very act that reports a hazard of its period later, and never rewritten', async () => {
    const { clearances: before } = await town.get<{ clearances: { nodes: object[] } }>(
      'town',
      '{ clearances(where: { fromOn: { eq: "2026-01-01" } }) { nodes { id number found closed issuedAt } } }',
    )
    const { hazardReport } = await report('2026-01-25')
    const { clearances } = await town.get<{ clearances: { nodes: Record<string, unknown>[] } }>(
      'ent.tea',
      '{ clearances(where: { fromOn: { eq: "2026-01-01" } }) { nodes { id number found closed issuedAt supersededAt supersededBy { number } } } }',
    )
    expect(clearances.nodes[0]).toMatchObject({ ...before.nodes[0], supersededAt: town.clock.now.toISOString(), supersededBy: { number: hazardReport.number } })
    const { changes } = await town.get<{ changes: { nodes: { act: string }[] } }>(
      'town',
      'query ($id: ID!) { changes(thing: "Clearance", record: $id, first: 5) { nodes { act } } }',
      {
        id: clearances.nodes[0]!['id'],
      },
    )
    expect(changes.nodes.map((one) => one.act).sort()).toEqual(['clearanceIssue', 'hazardReport'])
    expect(await code('town', '2026-01-01')).toBe('NOT_CLEARED')
    await set(hazardReport.id, { stage: HazardStage.CLOSED })
    const { data } = await issue('town', '2026-01-01')
    expect(data).toMatchObject({ clearanceIssue: { number: 'QL-202601-106201-0002', found: 2, closed: 2 } })
    const figures = await town.get('county', '{ clearances { aggregate { figures { valid superseded } } } }')
    expect(figures).toMatchObject({ clearances: { aggregate: { figures: { valid: 2, superseded: 1 } } } })
  })

  test('a hazard of another period or found by the enterprise itself: only its own period is touched', async () => {
    await goTo(town, '2026-03-04')
    await report('2026-03-04', 'ent.tea')
    const { clearances } = await town.get<{ clearances: { totalCount: number } }>(
      'town',
      '{ clearances(where: { supersededAt: { isNull: true } }) { totalCount } }',
    )
    expect(clearances.totalCount).toBe(2)
    await report('2025-11-11', 'ent.tea')
    expect(
      (await town.get<{ clearances: { totalCount: number } }>('town', '{ clearances(where: { supersededAt: { isNull: true } }) { totalCount } }')).clearances
        .totalCount,
    ).toBe(1)
  })
})

const DAY = '2026-02-28'
const hazard = fc.record({
  stage: fc.constantFrom(...Object.values(HazardStage)),
  extensions: fc.integer({ min: 0, max: 2 }),
  dueOn: fc.option(
    fc.integer({ min: -5, max: 5 }).map((n) => addDays(DAY, n)),
    { nil: undefined },
  ),
  listedAt: fc.option(fc.constant('2026-02-01T00:00:00.000Z'), { nil: undefined }),
  delistedAt: fc.option(fc.constant('2026-02-10T00:00:00.000Z'), { nil: undefined }),
})

describe('by property', () => {
  test('a hazard is resolved when it is verified, extended and not run out, or listed; and in no other way', () => {
    fc.assert(
      fc.property(hazard, (one) => {
        const standing = one as Parameters<typeof resolutionOf>[0]
        const verified = one.stage === 'CLOSED'
        const extended = one.stage !== 'TRANSFERRED' && one.extensions > 0 && one.dueOn !== undefined && one.dueOn >= DAY
        const listed = one.stage !== 'TRANSFERRED' && one.listedAt !== undefined && one.delistedAt === undefined
        expect(resolutionOf(standing, DAY) !== 'UNRESOLVED').toBe(verified || extended || listed)
      }),
    )
  })

  test('granted ⇔ the set of unresolved is empty at that instant, whatever stood in the period', async () => {
    // `far` has a town office of its own; its hazards are laid anew for every run, in months of their own.
    let month = 0
    const far = { e: town.enterprises['far'] }
    await fc.assert(
      fc.asyncProperty(fc.array(hazard, { maxLength: 4 }), async (hazards) => {
        const fromOn = addDays('2001-01-01', 0).replace('2001-01', `${2001 + Math.floor(month / 12)}-${String((month++ % 12) + 1).padStart(2, '0')}`)
        const made = await act(asSystem(town), 'testLay', async ({ em }) => {
          const base = await em.findOneOrFail(Hazard, town.hazards['far']!)
          const laid = hazards.map((facts, i) =>
            Object.assign(new Hazard(), {
              ...{
                number: `T-${month}-${i}`,
                enterprise: base.enterprise,
                division: base.division,
                station: base.station,
                description: 'x',
                place: 'y',
                createdAt: base.createdAt,
              },
              ...{
                factor: base.factor,
                severity: base.severity,
                source: base.source,
                manageType: base.manageType,
                foundOn: addDays(fromOn, i),
                foundByRole: 'STATION',
              },
              ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
            }),
          )
          em.persist(laid)
          return laid
        })
        const today = town.clock.now.toISOString().slice(0, 10)
        const { data, errors } = await town.ask('town.far', ISSUE, { ...far, from: fromOn, span: 'MONTH' })
        const open = unresolvedOf(made, today)
        expect(!!data).toBe(open.length === 0)
        if (errors) expect(errors[0]!.extensions).toMatchObject({ code: 'NOT_CLEARED', unresolved: open.length })
      }),
      { numRuns: 40 },
    )
  })

  test('a month and a quarter end on their last day', () => {
    expect(periodOf(ClearanceSpan.MONTH, '2028-02-01').toOn).toBe('2028-02-29')
    expect(periodOf(ClearanceSpan.QUARTER, '2026-10-01').toOn).toBe('2026-12-31')
  })
})
