import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { type HazardFigures, hazardFigures, hazardFlow, keyOf } from '../testing/year/hazards.js'
import {
  auditFigures,
  boardFigures,
  COLORS,
  doubtFigures,
  letterFigures,
  publicFigures,
  riskFigures,
  sampleFigures,
  summaryFigures,
  upwardValues,
} from '../testing/year/figures.js'
import { inScope, INDICATORS } from '../testing/year/indicators.js'
import { type Past, Replay, type Told } from '../testing/year/replay.js'
import { summaryLines } from '../testing/year/lines.js'
import { EVIDENCE, taskFigures } from '../testing/year/tasks.js'
import { liveYear, type Year } from '../testing/year/year.js'

let year: Year
let replay: Replay
let end = ''
beforeAll(async () => {
  year = await liveYear()
  replay = await Replay.of(year.town)
  end = year.town.clock.now.toISOString()
}, 600_000)
afterAll(async () => {
  await year.town.close()
  await removeStores()
})

const ask = <T>(query: string, variables: object = {}, who = 'town') => year.town.get<T>(who, query, variables as Record<string, unknown>)
/** The rows that the town office sees. */
const ofTown = (past: Past, thing: string): Told[] => past.all(thing).filter((one) => String(one['division']).startsWith('350524106'))
const grouped = (rows: readonly Told[], key: (row: Told) => string) => [...Map.groupBy(rows, key)].sort(([a], [b]) => (a < b ? -1 : 1))

const WHEN = ['the end of March', 'May', 'June', 'July, signed', 'the year’s end'] as const
describe.each(WHEN.map((name, i) => ({ name, i })))('as of $name, counted from the log by hand', ({ i }) => {
  let asOf: string | undefined
  let past: Past
  beforeAll(() => {
    asOf = year.instants[i]
    past = replay.at(asOf ?? end)
  })

  test('hazards are what every page of statistics says, by every split', async () => {
    const FIELDS =
      'found closed open overdue transferred majorFound majorClosed majorOpen rectificationRate onTimeRate firstDeadlineRate firstPassRate majorCloseRate averageDays medianDays'
    const hazards = ofTown(past, 'Hazard')
    for (const by of ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE', 'MONTH']) {
      const { hazardStatistics } = await ask<{ hazardStatistics: { total: HazardFigures; groups: (HazardFigures & { key: string })[] } }>(
        `query ($by: FigureDimension!, $asOf: Instant) { hazardStatistics(by: $by, asOf: $asOf) { total { ${FIELDS} } groups { key ${FIELDS} } } }`,
        { by, asOf },
      )
      expect(hazardStatistics.total, by).toEqual(hazardFigures(hazards, past.today))
      const groups = by === 'TOTAL' ? [] : grouped(hazards, (one) => keyOf(by, one, past))
      expect(hazardStatistics.groups, by).toEqual(groups.map(([key, rows]) => ({ key, ...hazardFigures(rows, past.today) })))
    }
    const { hazardFlow: flow } = await ask<{ hazardFlow: object[] }>(
      'query ($asOf: Instant) { hazardFlow(from: "2026-01-01", to: "2026-12-31", asOf: $asOf) { month found closed } }',
      { asOf },
    )
    expect(flow).toEqual(hazardFlow(hazards, '2026-01-01', '2026-12-31'))
  })

  test('every indicator of standardisation, by every split', async () => {
    interface Value {
      indicator: string
      value: number | null
      num: number | null
      den: number | null
    }
    const standing = (firm: unknown) => past.all('RiskStanding').find((one) => one['enterprise'] === firm)
    const key = (by: string, thing: string, row: Told): string => {
      const firm = thing === 'Enterprise' ? row : past.one('Enterprise', row['enterprise'])
      if (by === 'ENTERPRISE') return String(firm?.id)
      if (by === 'COLOR') return String(standing(firm?.id)?.['effective'] ?? '')
      return keyOf(by, row, past, firm)
    }
    for (const by of ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE', 'COLOR', 'ENTERPRISE']) {
      const { standardisation } = await ask<{ standardisation: { firms: number; total: { values: Value[] }; rows: { key: string; values: Value[] }[] } }>(
        `query ($by: StandardSplit!, $asOf: Instant) { standardisation(by: $by, asOf: $asOf) { firms total { values { indicator value num den } } rows { key values { indicator value num den } } } }`,
        { by, asOf },
      )
      expect(standardisation.firms).toBe(ofTown(past, 'Enterprise').filter((one) => inScope(one, past)).length)
      expect(standardisation.total.values.map(({ indicator }) => indicator).sort()).toEqual(Object.keys(INDICATORS).sort())
      for (const [indicator, [thing, count]] of Object.entries(INDICATORS)) {
        const rows = ofTown(past, thing)
        const of = (values: readonly Value[]) => values.find((one) => one.indicator === indicator)!
        const said = (some: readonly Told[]) => {
          const { value, num, den } = count(some, past)
          return { indicator, value, num: num ?? null, den: den ?? null }
        }
        expect(of(standardisation.total.values), `${by} ${indicator}`).toEqual(said(rows))
        const office = thing === 'Summary' && by !== 'TOWN'
        const groups = new Map(by === 'TOTAL' || office ? [] : grouped(rows, (row) => key(by, thing, row)))
        for (const row of standardisation.rows) {
          expect(of(row.values), `${by} ${row.key} ${indicator}`).toEqual(said(groups.get(row.key) ?? []))
          groups.delete(row.key)
        }
        expect([...groups.keys()], `${by} ${indicator}`).toEqual([])
      }
    }
  })

  test('the figures of the lists, as everybody sees them', async () => {
    const lists = (thing: string, list: string, figures: object, count: (rows: readonly Told[]) => object) => ({ thing, list, figures, count })
    const all = [
      lists('Enterprise', 'enterprises', letterFigures([], past), (rows) => letterFigures(rows, past)),
      lists('Hazard', 'hazards', hazardFigures([], past.today), (rows) => hazardFigures(rows, past.today)),
      lists('PublicReport', 'publicReports', publicFigures([], past), (rows) => publicFigures(rows, past)),
      lists('Doubt', 'doubts', doubtFigures([]), doubtFigures),
      lists('DoubtSample', 'doubtSamples', sampleFigures([]), sampleFigures),
      lists('Summary', 'summaries', summaryFigures([], past), (rows) => summaryFigures(rows, past)),
      lists('FiveSAudit', 'fiveSAudits', auditFigures([]), auditFigures),
    ]
    for (const [who, sees] of [['town', (one: Told) => String(one['division']).startsWith('350524106')] as const, ...EYES])
      for (const { thing, list, figures, count } of all) {
        // Whether somebody meant it is for the town office and its stations to ask.
        if (list.startsWith('doubt') && ['village', 'east', 'county'].includes(who)) continue
        const answer = await ask<Record<string, { aggregate: { count: number; figures: object } }>>(
          `query ($asOf: Instant) { ${list}(asOf: $asOf) { aggregate { count figures { ${Object.keys(figures).join(' ')} } } } }`,
          { asOf },
          who,
        )
        // The county reads what has been signed.
        const signed = (one: Told) => who !== 'county' || thing !== 'Summary' || ['SUBMITTED', 'ACCEPTED'].includes(String(one['state']))
        const rows = past.all(thing).filter((one) => sees(one) && signed(one))
        expect(answer[list]!.aggregate, `${who} ${list}`).toEqual({ count: rows.length, figures: count(rows) })
      }
  })

  test('the four colours and double control, by every split', async () => {
    const four = COLORS.flatMap((color) => [color, `${color}Share`]).join(' ')
    const FIELDS = `firms firmsBy { ${four} } firmsNone points pointsBy { ${four} } pointsUnrated covered coverageRate`
    const firms = ofTown(past, 'Enterprise')
    for (const by of ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE']) {
      const { riskStatistics } = await ask<{ riskStatistics: { total: object; groups: { key: string }[] } }>(
        `query ($by: RiskDimension!, $asOf: Instant) { riskStatistics(by: $by, asOf: $asOf) { total { ${FIELDS} } groups { key ${FIELDS} } } }`,
        { by, asOf },
      )
      expect(riskStatistics.total).toEqual(riskFigures(firms, past))
      const here = firms.filter((one) => inScope(one, past))
      const groups = by === 'TOTAL' ? [] : grouped(here, (one) => keyOf(by, one, past, one))
      expect(riskStatistics.groups, by).toEqual(groups.map(([key, rows]) => ({ key, ...riskFigures(rows, past) })))
    }
  })

  test('the table that goes up, of a month and of the year, by every split', async () => {
    for (const [kind, period] of [
      ['MONTH', '2026-04'],
      ['YEAR', '2026'],
    ] as const)
      for (const by of ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE']) {
        interface Table {
          upwardTable: { columns: { key: string }[]; rows: { key: string; values: (number | null)[] }[]; total: { values: (number | null)[] } }
        }
        const { upwardTable } = await ask<Table>(
          `query ($kind: SummaryKind!, $period: String!, $by: TableSplit!, $asOf: Instant) { upwardTable(kind: $kind, period: $period, by: $by, asOf: $asOf) { columns { key } rows { key values } total { values } } }`,
          { kind, period, by, asOf: asOf ?? end },
        )
        const named = (values: readonly (number | null)[]) => Object.fromEntries(upwardTable.columns.map(({ key }, n) => [key, values[n]]))
        const inTown = (one: Told) => String(one['division']).startsWith('350524106')
        expect(named(upwardTable.total.values), `${period} ${by}`).toEqual(upwardValues(inTown, period, past))
        const firm = (one: Told) => (past.one('Enterprise', one.id) ? one : past.one('Enterprise', one['enterprise']))
        for (const { key, values } of upwardTable.rows)
          expect(named(values), `${period} ${by} ${key}`).toEqual(upwardValues((one) => inTown(one) && keyOf(by, one, past, firm(one)) === key, period, past))
      }
  })

  test('every task of the campaign: asked, served, exempted, missing', async () => {
    interface Progress {
      campaignProgress: { phases: { id: string; taskCount: number; tasksDone: number; units: number; unitsDone: number; tasks: Task[] }[] }
    }
    type Task = { id: string; evidence: string } & ReturnType<typeof taskFigures>
    const { campaignProgress } = await ask<Progress>(
      `query ($id: ID!, $asOf: Instant) { campaignProgress(id: $id, asOf: $asOf) { phases { id taskCount tasksDone units unitsDone tasks { id evidence denominator served exempted missing rate done late } } } }`,
      { id: year.campaign, asOf },
    )
    const tasks = campaignProgress.phases.flatMap((phase) => phase.tasks)
    expect(new Set(tasks.map(({ evidence }) => evidence))).toEqual(new Set(EVIDENCE))
    for (const { id, evidence, ...figures } of tasks) {
      const counted = taskFigures(past.one('CampaignTask', id)!, past, 2026)
      expect(figures, evidence).toEqual(counted)
      for (const [state, n] of [
        ['SERVED', counted.served],
        ['EXEMPTED', counted.exempted],
        ['MISSING', counted.missing],
      ] as const) {
        const { campaignTaskUnits } = await ask<{ campaignTaskUnits: { total: number } }>(
          'query ($id: ID!, $state: UnitState, $asOf: Instant) { campaignTaskUnits(task: $id, state: $state, asOf: $asOf) { total } }',
          { id, state, asOf },
        )
        expect(campaignTaskUnits.total, `${evidence} ${state}`).toBe(n)
      }
    }
    for (const phase of campaignProgress.phases) {
      const asked = phase.tasks.filter(({ denominator }) => denominator > 0)
      const sum = (of: (one: Task) => number) => asked.reduce((all, one) => all + of(one), 0)
      expect([phase.taskCount, phase.tasksDone]).toEqual([
        asked.length,
        asked.filter(({ served, exempted, denominator }) => served + exempted === denominator).length,
      ])
      expect([phase.units, phase.unitsDone]).toEqual([sum(({ denominator }) => denominator), sum(({ served, exempted }) => served + exempted)])
    }
  })
})

/** Whose eyes, and which rows are theirs. */
const EYES: [who: string, sees: (one: Told) => boolean][] = [
  ['industry', (one) => String(one['division']).startsWith('350524106') && one['station'] === 'INDUSTRY_STATION'],
  ['market', (one) => String(one['division']).startsWith('350524106') && one['station'] === 'MARKET_STATION'],
  ['village', (one) => one['division'] === '350524106201'],
  ['east', (one) => one['division'] === '350524106202'],
  ['town.far', (one) => String(one['division']).startsWith('350524107')],
  ['county', (one) => String(one['division']).startsWith('350524')],
]

test('the year is no idle one: by its end every indicator has something to say', () => {
  const past = replay.at(end)
  const silent = Object.entries(INDICATORS).filter(([, [thing, count]]) => count(ofTown(past, thing), past).value === null)
  expect(silent.map(([key]) => key)).toEqual([])
  for (const thing of ['PublicReport', 'Doubt', 'DoubtSample', 'CampaignExemption', 'Nomination', 'SummaryCorrection', 'Extension', 'Reminder'])
    expect(past.all(thing).length, thing).toBeGreaterThan(0)
  expect(past.all('Doubt').some((one) => one['doubtful'] === true)).toBe(true)
  expect(past.all('Hazard').some((one) => Number(one['returns']) > 0 && one['stage'] === 'CLOSED')).toBe(true)
})

test('the board shows what the log says', async () => {
  const past = replay.at(end)
  const figures = 'found closed open overdue majorOpen onTimeRate'
  const four = COLORS.flatMap((color) => [color, `${color}Share`]).join(' ')
  interface Board {
    funnel: { stage: string; count: number }[]
    villages: { code: string }[]
    stations: { code: string }[]
    overdueMajors: { number: string }[]
    campaign: { phases: { tasks: { title: string; denominator: number; served: number; exempted: number; rate: number | null }[] }[] }
  }
  for (const [who, sees] of [['town', (one: Told) => String(one['division']).startsWith('350524106')] as const, ...EYES]) {
    const { board } = await ask<{ board: Board }>(
      `{ board { total closed open overdue transferred majorOpen foundToday closedToday closedThisMonth rectificationRate onTimeRate byDay { day found closed }
        funnel { stage count } villages { code ${figures} } stations { code ${figures} } overdueMajors { number }
        colors { firms { ${four} } firmsNone points { ${four} } coverageRate } campaign { phases { tasks { title denominator served exempted rate } } } } }`,
      {},
      who,
    )
    const { funnel, villages, stations, overdueMajors, campaign, ...own } = board
    const { funnel: inStage, place, overdueMajors: late, ...counted } = boardFigures(past.all('Hazard').filter(sees), past.all('Enterprise').filter(sees), past)
    expect(own, who).toEqual(counted)
    for (const { stage, count } of funnel) expect(count, `${who} ${stage}`).toBe(inStage(stage))
    if (who !== 'county') for (const { code, ...row } of villages) expect(row, `${who} ${code}`).toEqual(place('division', code))
    for (const { code, ...row } of stations) expect(row, `${who} ${code}`).toEqual(place('station', code))
    expect(overdueMajors.map(({ number }) => number).sort(), who).toEqual(late.sort())
    if (who !== 'town') continue
    const tasks = campaign.phases.flatMap((phase) => phase.tasks)
    expect(tasks.length).toBeGreaterThan(EVIDENCE.length)
    for (const { title, ...shown } of tasks) {
      const task = past.all('CampaignTask').find((one) => one['title'] === title)!
      const { denominator, served, exempted, rate } = taskFigures(task, past, 2026)
      expect(shown, title).toEqual({ denominator, served, exempted, rate })
    }
  }
})

test('every summary that was signed says what was true at its instant, then and at the year’s end; a correction leaves both', async () => {
  expect(year.signed.length).toBeGreaterThan(10)
  const lines = (some: readonly { key: string; value: number | null }[]) => Object.fromEntries(some.map(({ key, value }) => [key, value]))
  for (const { id, asOf, lines: then } of year.signed) {
    const past = replay.at(asOf)
    const { level, division, station, period } = past.one('Summary', id)!
    const counted = summaryLines({ level: String(level), division: String(division), station, period: String(period) }, past)
    expect(lines(then), `${String(level)} ${String(period)}`).toEqual(counted)
    const { summarySheet } = await ask<{ summarySheet: { lines: { key: string; value: number | null }[] } }>(
      'query ($id: ID!, $asOf: Instant) { summarySheet(id: $id, asOf: $asOf) { lines { key value } } }',
      { id, asOf },
    )
    expect(lines(summarySheet.lines)).toEqual(counted)
  }
  const last = new Map(year.signed.map((one) => [one.id, one]))
  for (const { id, lines: then } of last.values()) {
    const { summarySheet } = await ask<{ summarySheet: { frozen: boolean; lines: { key: string; value: number | null }[] } }>(
      'query ($id: ID!) { summarySheet(id: $id) { frozen lines { key value } } }',
      { id },
    )
    expect(summarySheet.frozen).toBe(true)
    expect(lines(summarySheet.lines)).toEqual(lines(then))
  }
  const [correction] = replay.at(end).all('SummaryCorrection')
  const [before, after] = year.signed.filter(({ id }) => id === correction!['summary']).map((one) => lines(one.lines))
  const { summary } = await ask<{ summary: { corrected: { changed: { key: string; before: number | null; after: number | null }[] }[] } }>(
    'query ($id: ID!) { summary(id: $id) { corrected { changed { key before after } } } }',
    { id: correction!['summary'] },
  )
  const differ = Object.keys(after!).filter((key) => before![key] !== after![key])
  expect(differ).toContain('foundGeneral')
  expect(summary.corrected[0]!.changed).toEqual(differ.map((key) => ({ key, before: before![key], after: after![key] })))
})
