import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { act } from '../shared/act.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { riskDaily } from './daily.js'
import { worstOf } from './grade.js'
import { RiskPoint } from './riskPoint.entity.js'
import { RiskStanding } from './riskStanding.entity.js'
import type { RiskColor } from './terms.js'

let town: Town
const NOW = new Date('2026-03-02T02:00:00.000Z')
beforeAll(async () => void (town = await openTown()))
beforeEach(() => void (town.clock.now = NOW))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Point {
  id: string
  version: number
  code: string
  color: RiskColor | null
  inherentColor: RiskColor | null
  residualScore: number | null
  preset: string | null
  presetEdition: number | null
  controlLevels: string[]
  awaitsConfirmation: boolean
  acts: string[]
  nextReviewOn: string | null
}
const SHOWN = `{ id version code name color inherentColor residualScore inherentScore preset presetEdition controlLevel controlLevels awaitsConfirmation acts nextReviewOn factors accidentTypes }`
const FACTS = {
  name: '炒青机',
  kind: 'FACILITY',
  place: '一车间',
  description: '传动部位外露',
  responsible: '车间主任',
  checkContent: '防护罩',
  checkFrequency: '每班',
}
const SOURCES = { factors: ['OBJECT', 'PERSON'], accidentTypes: ['机械伤害', '灼烫'] }

const add = (who: string, more: object = {}) =>
  town.ask(
    who,
    `mutation ($enterprise: ID!, $facts: RiskPointInput!, $sources: RiskSources!, $unit: ID, $post: ID) {
      riskPointAdd(enterprise: $enterprise, facts: $facts, sources: $sources, unit: $unit, post: $post) ${SHOWN} }`,
    { enterprise: town.enterprises['tea'], facts: FACTS, sources: SOURCES, ...more },
  )
const added = async (who = 'ent.tea', more: object = {}) => (await add(who, more)).data!['riskPointAdd'] as Point
const ASSESS = `mutation ($id: ID!, $version: Int!, $assessment: AssessmentInput!, $reason: String) {
  riskPointAssess(id: $id, version: $version, assessment: $assessment, reason: $reason) ${SHOWN} }`
/** By LS_A: 25 red, 16 orange, 9 yellow, 1 blue. */
const LS: Record<RiskColor, { l10: number; c: number }> = {
  RED: { l10: 50, c: 5 },
  ORANGE: { l10: 40, c: 4 },
  YELLOW: { l10: 30, c: 3 },
  BLUE: { l10: 10, c: 1 },
}
const assess = (who: string, { id, version }: { id: string; version: number }, color: RiskColor, more: object = {}) =>
  town.ask(who, ASSESS, { id, version, assessment: { preset: 'LS_A', inherent: LS.RED, residual: LS[color], ...more } })
const assessed = async (point: Point, color: RiskColor, more: object = {}) => (await assess('ent.tea', point, color, more)).data!['riskPointAssess'] as Point
const refusal = (answer: { errors?: { extensions: { code: string; field?: string } }[] }) => answer.errors?.[0]?.extensions
const change = (
  who: string,
  name: string,
  { id, version }: { id: string; version: number },
  args: Record<string, unknown> = {},
  types: Record<string, string> = {},
) => {
  const declared = Object.entries(types)
    .map(([key, type]) => `, $${key}: ${type}`)
    .join('')
  const passed = Object.keys(types)
    .map((key) => `, ${key}: $${key}`)
    .join('')
  return town.ask(who, `mutation ($id: ID!, $version: Int!${declared}) { ${name}(id: $id, version: $version${passed}) ${SHOWN} }`, { id, version, ...args })
}
const end = (point: Point, reason = '设备已拆除') => change('ent.tea', 'riskPointEnd', point, { reason }, { reason: 'String!' })

type Counts = Record<'red' | 'orange' | 'yellow' | 'blue' | 'unrated' | 'overdueMajors', number>
interface Standing extends Counts {
  version: number
  effective: RiskColor | null
  computed: RiskColor | null
  cause: string
  causeText: string | null
  overrideColor: RiskColor | null
}
const standing = async (who = 'town') =>
  (
    await town.get<{ enterprise: { risk: Standing } }>(
      who,
      `query ($id: ID!) { enterprise(id: $id) { risk { version effective computed cause causeText red orange yellow blue unrated overdueMajors overrideColor } } }`,
      { id: town.enterprises['tea'] },
    )
  ).enterprise.risk

async function livePoints(): Promise<RiskPoint[]> {
  const em = town.store.em({ division: '' })
  return em.find(RiskPoint, { enterprise: town.enterprises['tea']!, endedOn: null })
}
/** The standing is what a roll-up of all live points gives, whatever was done. */
async function rollsUp(): Promise<void> {
  const points = await livePoints()
  const of = (color: RiskColor | null) => points.filter((point) => (point.color ?? null) === color).length
  const { computed, red, orange, yellow, blue, unrated } = await standing()
  expect({ computed, red, orange, yellow, blue, unrated }).toEqual({
    ...{ computed: worstOf(points.map(({ color }) => color)) ?? null, red: of('RED' as RiskColor), orange: of('ORANGE' as RiskColor) },
    ...{ yellow: of('YELLOW' as RiskColor), blue: of('BLUE' as RiskColor), unrated: of(null) },
  })
}

describe('a risk point', () => {
  test('is identified by the enterprise, and in his workshop by its head; by nobody else', async () => {
    expect((await added('ent.tea', { post: town.posts['fryer'] })).code).toMatch(/^FX-\d{3}$/)
    expect((await added('workshop.tea', { unit: town.units['tea'] })).acts).toContain('ASSESS')
    expect(refusal(await add('workshop.tea'))).toMatchObject({ code: 'MISSING', field: 'unit' })
    expect(refusal(await add('workshop.tea', { unit: town.units['tea2'] }))).toMatchObject({ code: 'NOT_FOUND', field: 'unit' })
    for (const who of ['town', 'industry', 'village']) expect(refusal(await add(who))?.code).toBe('FORBIDDEN')
    for (const who of ['county', 'admin']) expect(refusal(await add(who))?.code).toBe('FORBIDDEN')
    expect(refusal(await add('ent.tea', { enterprise: town.enterprises['inn'] }))?.code).toBe('NOT_FOUND')
  })

  test('needs a name, a factor and an accident type; tells them as lists', async () => {
    expect(refusal(await add('ent.tea', { facts: { ...FACTS, name: ' ' } }))).toMatchObject({ code: 'MISSING', field: 'name' })
    expect(refusal(await add('ent.tea', { sources: { ...SOURCES, factors: [] } }))).toMatchObject({ field: 'factors' })
    expect(refusal(await add('ent.tea', { sources: { ...SOURCES, accidentTypes: [' '] } }))).toMatchObject({ field: 'accidentTypes' })
    expect(await added()).toMatchObject({ factors: ['PERSON', 'OBJECT'], accidentTypes: ['机械伤害', '灼烫'], color: null })
  })

  test('is rated exactly, with the preset and its edition kept; inherent and residual apart', async () => {
    const point = await added()
    const lec = { preset: 'LEC_STANDARD', inherent: { l10: 60, e10: 60, c: 15 }, residual: { l10: 100, e10: 10, c: 7 } }
    const { data } = await town.ask('ent.tea', ASSESS, { id: point.id, version: point.version, assessment: lec })
    expect(data!['riskPointAssess']).toMatchObject({
      ...{ color: 'YELLOW', inherentColor: 'RED', inherentScore: 540, residualScore: 70, preset: 'LEC_STANDARD', presetEdition: 1 },
      ...{ controlLevel: 'POST', controlLevels: ['POST'], awaitsConfirmation: false, nextReviewOn: '2027-03-02' },
    })
    const again = await town.ask('ent.tea', ASSESS, { id: point.id, version: point.version, assessment: lec })
    expect(refusal(again)?.code).toBe('CONFLICT')
  })

  test('a step outside the table, a residual above the inherent risk and a level below the preset are refused', async () => {
    const point = await added()
    expect(refusal(await assess('ent.tea', point, 'RED' as RiskColor, { inherent: { l10: 45, c: 5 } }))).toMatchObject({ code: 'RISK_STEP', field: 'l10' })
    expect(refusal(await assess('ent.tea', point, 'RED' as RiskColor, { inherent: LS.BLUE }))).toMatchObject({ code: 'RESIDUAL_ABOVE' })
    expect(refusal(await assess('ent.tea', point, 'RED' as RiskColor, { controlLevel: 'POST' }))).toMatchObject({ code: 'CONTROL_LEVEL' })
    expect(refusal(await assess('ent.tea', point, 'BLUE' as RiskColor, { preset: 'NONE' }))).toMatchObject({ code: 'RISK_PRESET', field: 'preset' })
    expect((await assessed(point, 'BLUE' as RiskColor, { controlLevel: 'COMPANY' })).controlLevels).toEqual(['COMPANY', 'WORKSHOP', 'POST'])
  })

  test('is red whatever its score when a ground says so, and the ground is told', async () => {
    const point = await added()
    expect(refusal(await assess('ent.tea', point, 'BLUE' as RiskColor, { directRed: 'ACCIDENT_BEFORE' }))).toMatchObject({
      code: 'MISSING',
      field: 'directRedNote',
    })
    const red = await assessed(point, 'BLUE' as RiskColor, { directRed: 'ACCIDENT_BEFORE', directRedNote: '去年发生过断指' })
    expect(red).toMatchObject({ color: 'RED', residualScore: 1, controlLevels: ['COMPANY', 'WORKSHOP', 'POST'], awaitsConfirmation: true })
    await end(await confirmed(red))
  })

  test('orange and red are confirmed by the station of its trade, and leaving them too', async () => {
    const orange = await assessed(await added(), 'ORANGE' as RiskColor)
    expect(orange.awaitsConfirmation).toBe(true)
    expect(refusal(await end(orange))?.code).toBe('AWAITS_CONFIRMATION')
    for (const who of ['town', 'ent.tea', 'village', 'workshop.tea'])
      expect(refusal(await change(who, 'riskPointConfirm', orange))?.code).toMatch(/FORBIDDEN|NOT_FOUND/)
    expect(refusal(await change('market', 'riskPointConfirm', orange))?.code).toBe('NOT_FOUND')
    const known = await confirmed(orange)
    expect(known.awaitsConfirmation).toBe(false)
    expect(refusal(await change('industry', 'riskPointConfirm', known))?.code).toBe('ALREADY')
    const lower = await assessed(known, 'BLUE' as RiskColor)
    expect(lower).toMatchObject({ color: 'BLUE', awaitsConfirmation: true })
    expect((await assessed(await confirmed(lower), 'BLUE' as RiskColor)).awaitsConfirmation).toBe(false)
  })

  test('is looked at again within a year, and asked for when something changes', async () => {
    const point = await assessed(await added(), 'YELLOW' as RiskColor)
    const queue = async () =>
      (await town.get<{ riskPoints: { nodes: Point[] } }>('ent.tea', '{ riskPoints(queue: TO_REVIEW) { nodes { id } } }')).riskPoints.nodes.some(
        ({ id }) => id === point.id,
      )
    expect(await queue()).toBe(false)
    const asked = (
      await change('industry', 'riskPointAskReview', point, { cause: 'STATION', reason: '新装了一台设备' }, { cause: 'ReviewCause!', reason: 'String!' })
    ).data!['riskPointAskReview'] as Point
    expect(await queue()).toBe(true)
    const types = { cause: 'ReviewCause!', reason: 'String', nextReviewOn: 'Day' }
    expect(refusal(await change('ent.tea', 'riskPointReview', asked, { cause: 'MACHINE' }, types))).toMatchObject({ code: 'MISSING', field: 'reason' })
    expect(refusal(await change('ent.tea', 'riskPointReview', asked, { cause: 'PERIODIC', nextReviewOn: '2027-03-03' }, types))).toMatchObject({
      code: 'REVIEW_FAR',
    })
    await change('ent.tea', 'riskPointReview', asked, { cause: 'MACHINE', reason: '设备同型号', nextReviewOn: '2026-03-04' }, types)
    expect(await queue()).toBe(false)
    town.clock.now = new Date('2026-03-05T02:00:00.000Z')
    expect(await queue()).toBe(true)
  })

  test('a new edition of a preset judges from then on; what was judged keeps its own', async () => {
    const before = await assessed(await added(), 'YELLOW' as RiskColor, { preset: 'LS_B', residual: { l10: 40, c: 3 } })
    expect(before).toMatchObject({ color: 'ORANGE', presetEdition: 1 })
    const facts = { red100: 2000, orange100: 1500, yellow100: 900, redLevel: 'COMPANY', orangeLevel: 'COMPANY', yellowLevel: 'WORKSHOP', blueLevel: 'POST' }
    const publish = (who: string, edition: number, more: object = {}) =>
      town.ask(who, 'mutation ($e: Int!, $f: RiskPresetInput!) { riskPresetPublish(code: "LS_B", edition: $e, facts: $f) { edition active } }', {
        e: edition,
        f: { ...facts, ...more },
      })
    expect(refusal(await publish('ent.tea', 1))?.code).toBe('FORBIDDEN')
    expect(refusal(await publish('town', 1, { orange100: 2000 }))?.code).toBe('RISK_BOUNDS')
    expect((await publish('town', 1)).data?.['riskPresetPublish']).toEqual({ edition: 2, active: true })
    expect(refusal(await publish('town', 1))?.code).toBe('CONFLICT')
    const after = await assessed(await confirmed(before), 'YELLOW' as RiskColor, { preset: 'LS_B', residual: { l10: 40, c: 3 } })
    expect(after).toMatchObject({ color: 'YELLOW', presetEdition: 2, controlLevels: ['WORKSHOP', 'POST'] })
    await end(await confirmed(after))
  })
})

const confirmed = async (point: Point) => (await change('industry', 'riskPointConfirm', point)).data!['riskPointConfirm'] as Point

describe('the colour of an enterprise', () => {
  test('is the worst of its live points after any sequence of acts', async () => {
    let state = 42
    const next = (below: number) => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0), Math.floor((state / 2 ** 32) * below))
    const colors = ['RED', 'ORANGE', 'YELLOW', 'BLUE'] as RiskColor[]
    const known: Point[] = []
    for (let step = 0; step < 60; step++) {
      const at = next(Math.max(known.length, 1))
      const point = known[at]
      const move = point ? next(5) : 0
      if (move <= 1 || !point)
        known.push(await added(next(2) ? 'ent.tea' : 'workshop.tea', next(2) ? { unit: town.units['tea'] } : { post: town.posts['packer'] }))
      else if (move <= 3) known[at] = ((await assess('ent.tea', point, colors[next(4)]!)).data?.['riskPointAssess'] as Point | undefined) ?? point
      else {
        if (point.awaitsConfirmation) known[at] = await confirmed(point)
        if (!(await end(known[at]!)).errors) known.splice(at, 1)
      }
      await rollsUp()
    }
    for (const point of known) await end(point.awaitsConfirmation ? await confirmed(point) : point)
    await rollsUp()
  })

  test('workshops and posts show theirs', async () => {
    const point = await assessed(await added('ent.tea', { post: town.posts['fryer'] }), 'YELLOW' as RiskColor)
    const { enterprise } = await town.get<{
      enterprise: {
        workshops: { nodes: { name: string; risk: { color: string | null } }[] }
        posts: { nodes: { name: string; risk: { color: string | null; yellow: number } }[] }
      }
    }>('town', 'query ($id: ID!) { enterprise(id: $id) { workshops { nodes { name risk { color } } } posts { nodes { name risk { color yellow } } } } }', {
      id: town.enterprises['tea'],
    })
    expect(enterprise.posts.nodes.find(({ name }) => name === '炒青岗')?.risk).toMatchObject({ color: 'YELLOW' })
    expect(enterprise.workshops.nodes.find(({ name }) => name === '一车间')?.risk.color).toBe('YELLOW')
    expect(enterprise.workshops.nodes.find(({ name }) => name === '二车间')?.risk.color).toBeNull()
    await end(point)
  })

  test('is set by the station for a time, up or down, and falls back on its day', async () => {
    const OVERRIDE = `mutation ($e: ID!, $c: RiskColor!, $r: String!, $u: Day!, $v: Int) { riskOverride(enterprise: $e, color: $c, reason: $r, until: $u, version: $v) { effective cause version } }`
    const set = (who: string, more: object = {}) =>
      town.ask(who, OVERRIDE, { e: town.enterprises['tea'], c: 'ORANGE', r: '发生过火情', u: '2026-03-05', ...more })
    for (const who of ['town', 'ent.tea', 'village', 'county']) expect(refusal(await set(who))?.code).toBe('FORBIDDEN')
    expect(refusal(await set('market'))?.code).toBe('NOT_FOUND')
    expect(refusal(await set('industry', { r: ' ' }))).toMatchObject({ code: 'MISSING', field: 'reason' })
    expect(refusal(await set('industry', { u: '2026-03-01' }))).toMatchObject({ code: 'DAY_PAST' })
    const before = await standing()
    expect((await set('industry')).data?.['riskOverride']).toMatchObject({ effective: 'ORANGE', cause: 'OVERRIDE' })
    expect(await standing()).toMatchObject({ effective: 'ORANGE', causeText: '发生过火情', computed: before.computed })
    town.clock.now = new Date('2026-03-05T10:00:00.000Z')
    await riskDaily({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'day' }, town.store.reader, '2026-03-05')
    expect(await standing()).toMatchObject({ effective: 'ORANGE' })
    town.clock.now = new Date('2026-03-06T10:00:00.000Z')
    await riskDaily({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'day' }, town.store.reader, '2026-03-06')
    expect(await standing()).toMatchObject({ effective: before.effective, overrideColor: null })
  })

  test('is red while a major hazard is overdue, whatever the station says, and says which', async () => {
    const at = new Date('2026-03-02T02:00:00.000Z')
    const em = town.store.em({ division: '' })
    const hazard = await em.findOneOrFail(Hazard, { id: town.hazards['tea']! })
    const acting = { em, actor: undefined, now: at, request: 'test' }
    await act(acting, 'test', async ({ em: tx }) => {
      const one = await tx.findOneOrFail(Hazard, { id: hazard.id })
      Object.assign(one, {
        severity: HazardSeverity.MAJOR,
        stage: HazardStage.PENDING_REVIEW,
        dueOn: '2026-03-03',
        originalDueOn: '2026-03-03',
        fixingsApprovedBy: 'x',
        submittedBy: 'x',
      })
    })
    expect((await standing()).overdueMajors).toBe(0)
    const daily = async (day: string) => {
      town.clock.now = new Date(`${day}T02:00:00.000Z`)
      await riskDaily({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: day }, town.store.reader, day)
    }
    await daily('2026-03-04')
    expect(await standing()).toMatchObject({ effective: 'RED', cause: 'OVERDUE_MAJOR', overdueMajors: 1 })
    expect((await standing()).causeText).toContain('YH-202601-tea')
    const seen = await standing()
    await daily('2026-03-04')
    expect((await standing()).version).toBe(seen.version)
    const void_ = await town.ask('town', 'mutation ($id: ID!, $v: Int!) { hazardVoid(id: $id, version: $v, reason: "重复登记") { id } }', {
      ...{ id: hazard.id, v: (await town.store.em({ division: '' }).findOneOrFail(Hazard, { id: hazard.id })).version },
    })
    expect(void_.errors).toBeUndefined()
    expect(await standing()).toMatchObject({ overdueMajors: 0 })
    expect((await standing()).cause).not.toBe('OVERDUE_MAJOR')
  })

  test('there is one row for each enterprise, and an enterprise without points and hazards has none', async () => {
    expect(await town.store.em({ division: '' }).count(RiskStanding, { enterprise: town.enterprises['tea']! })).toBe(1)
    expect(await town.store.em({ division: '' }).count(RiskStanding, { enterprise: town.enterprises['inn']! })).toBe(0)
  })
})

describe('a hazard is a failed control measure', () => {
  const MEASURE = 'mutation ($p: ID!, $f: RiskMeasureInput!) { riskMeasureAdd(point: $p, facts: $f) { id version measureClass text extra } }'
  const measure = { measureClass: 'ENGINEERING', text: '传动部位加装防护罩', owner: '设备员', extra: false }
  const HAZARD = {
    description: '防护罩缺失',
    place: '一车间',
    factor: 'OBJECT',
    severity: 'GENERAL',
    source: 'SELF_CHECK',
    manageType: 'DEADLINE',
    foundOn: '2026-03-02',
  }

  test('reported from the measure in one act, tied to it; its verified closure asks for a re-rating', async () => {
    const point = await assessed(await added('ent.tea', { post: town.posts['packer'] }), 'YELLOW' as RiskColor)
    expect(refusal(await town.ask('industry', MEASURE, { p: point.id, f: measure }))?.code).toBe('FORBIDDEN')
    const { riskMeasureAdd: made } = await town.get<{ riskMeasureAdd: { id: string } }>('ent.tea', MEASURE, { p: point.id, f: measure })
    const { riskHazardReport: hazard } = await town.get<{ riskHazardReport: { id: string; workshop: string; stage: string } }>(
      'workshop.tea',
      'mutation ($p: ID!, $m: ID!, $f: HazardInput!) { riskHazardReport(point: $p, measure: $m, facts: $f) { id workshop stage } }',
      { p: point.id, m: made.id, f: HAZARD },
    )
    expect(hazard).toMatchObject({ workshop: '一车间' })
    const tied = await town.get<{ riskPoint: { hazardLinks: { nodes: object[] }; measures: { nodes: object[] } } }>(
      'town',
      'query ($id: ID!) { riskPoint(id: $id) { hazardLinks { nodes { hazard { id } measure { text } } } measures { nodes { text } } } }',
      { id: point.id },
    )
    expect(tied.riskPoint.hazardLinks.nodes).toEqual([{ hazard: { id: hazard.id }, measure: { text: '传动部位加装防护罩' } }])
    const due = async () =>
      (await town.get<{ riskTodo: { queue: string; count: number }[] }>('ent.tea', '{ riskTodo { queue count } }')).riskTodo.find(
        ({ queue }) => queue === 'TO_REVIEW',
      )!.count
    const before = await due()
    await act({ em: town.store.em({ division: '' }), actor: undefined, now: NOW, request: 'close' }, 'test', async ({ em }) => {
      Object.assign(await em.findOneOrFail(Hazard, { id: hazard.id }), { stage: HazardStage.CLOSED, closedAt: '2026-03-03T02:00:00.000Z' })
    })
    expect(await due()).toBe(before + 1)
    await assess('ent.tea', point, 'YELLOW' as RiskColor, {})
    town.clock.now = new Date('2026-03-04T02:00:00.000Z')
    const { riskPoint } = await town.get<{ riskPoint: Point }>('ent.tea', `query ($id: ID!) { riskPoint(id: $id) ${SHOWN} }`, { id: point.id })
    expect((await assess('ent.tea', riskPoint, 'BLUE' as RiskColor, { cause: 'HAZARD_CLOSED' })).errors).toBeUndefined()
    expect(await due()).toBe(before)
  })

  test('a hazard of another enterprise is not tied to a point', async () => {
    const point = await added()
    const tie = (hazard: string, who = 'town') =>
      town.code(who, 'mutation ($h: ID!, $p: ID!) { hazardRiskTie(hazard: $h, point: $p) { id } }', { h: hazard, p: point.id })
    expect(await tie(town.hazards['inn']!)).toBe('RISK_ELSEWHERE')
    expect(await tie(town.hazards['tea']!)).toBeUndefined()
    expect(await tie(town.hazards['tea']!)).toBe('ALREADY')
    expect(await tie(town.hazards['inn']!, 'ent.tea')).toBe('NOT_FOUND')
  })
})

test('statistics: shares and coverage by place, and nothing on a zero denominator', async () => {
  const { riskStatistics } = await town.get<{ riskStatistics: { total: Record<string, unknown>; groups: Record<string, unknown>[] } }>(
    'town',
    '{ riskStatistics(by: VILLAGE) { total { firms covered coverageRate firmsNone pointsBy { red yellow redShare } } groups { name color firms coverageRate pointsBy { redShare } } } }',
  )
  expect(riskStatistics.total).toMatchObject({ firms: 2, covered: 1, coverageRate: 50, firmsNone: 1 })
  expect(riskStatistics.groups).toHaveLength(2)
  expect(riskStatistics.groups[1]).toMatchObject({ name: '金东村', color: null, coverageRate: 0, pointsBy: { redShare: null } })
  const far = await town.get<{ riskStatistics: { total: object } }>(
    'town.far',
    '{ riskStatistics(by: TOTAL, where: { name: { eq: "没有" } }) { total { firms coverageRate } } }',
  )
  expect(far.riskStatistics.total).toEqual({ firms: 0, coverageRate: null })
  const figures = await town
    .get<{ enterprises: { aggregate: object } }>('town', '{ enterprises { aggregate { figures { inScope doubleControl doubleControlRate } } } }')
    .catch((e: Error) => e.message)
  expect(figures).toMatchObject({ enterprises: { aggregate: { figures: { inScope: 2, doubleControl: 1, doubleControlRate: 50 } } } })
})
