import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { type HazardFigures, hazardFigures, hazardFlow, keyOf } from '../testing/year/hazards.js'
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
    for (const { id, evidence, ...figures } of tasks) expect(figures, evidence).toEqual(taskFigures(past.one('CampaignTask', id)!, past, 2026))
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

test('the year is no idle one: by its end every indicator has something to say', () => {
  const past = replay.at(end)
  const silent = Object.entries(INDICATORS).filter(([, [thing, count]]) => count(ofTown(past, thing), past).value === null)
  expect(silent.map(([key]) => key)).toEqual([])
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
})
