import { describe, expect, test } from 'vitest'
import { earnedOf, levelByRecord, levelByScore, levelOf, type LevelRule, scoreOf, type ScoredItem } from './score.js'
import { AssessmentLevel } from './terms.js'

const { ONE, TWO, THREE } = AssessmentLevel
/** AQ/T 7009-2013 (domain.md §2.4). */
const MECHANICAL: LevelRule[] = [
  { level: ONE, percentTenths: 900, mostDeaths: 0, mostSerious: 0 },
  { level: TWO, percentTenths: 750, mostDeaths: 0 },
  { level: THREE, percentTenths: 600, mostDeaths: 1 },
]
const item = (points: number, deducted: number[] = [], na = false): ScoredItem => ({
  standardTenths: points * 10,
  na,
  deductions: deducted.map((one) => one * 10),
})

describe('a score, worked by hand', () => {
  test('of a form of 1,000: 120 do not apply, 748 are earned: 748 / 880 = 85.0', () => {
    const { totalTenths, naTenths, possibleTenths, earnedTenths, percentTenths } = scoreOf([item(120, [], true), item(480, [60, 20]), item(400, [52])])
    expect([totalTenths, naTenths, possibleTenths, earnedTenths, percentTenths]).toEqual([10_000, 1_200, 8_800, 7_480, 850])
  })

  test('of a form of 650: 50 do not apply, 451 of 600 are earned: 75.1666… is 75.2', () => {
    expect(scoreOf([item(50, [], true), item(300, [100]), item(300, [49])]).percentTenths).toBe(752)
  })

  test('of a form of 450 with half points: 337.5 of 450 is exactly 75.0, 337.2 is 74.9', () => {
    expect(scoreOf([item(450, [112.5])]).percentTenths).toBe(750)
    expect(scoreOf([item(450, [112.8])]).percentTenths).toBe(749)
  })

  test('rounds the half up: 1 of 2,000 is 0.05 and shown as 0.1', () => {
    expect(scoreOf([item(1), item(1999, [1999])]).percentTenths).toBe(1)
  })

  test('is none where nothing applies, never a hundred', () => {
    expect(scoreOf([item(100, [], true)]).percentTenths).toBeNull()
    expect(scoreOf([]).percentTenths).toBeNull()
  })
})

test('an item runs down to zero and not below, and what does not apply earns nothing', () => {
  expect(earnedOf(item(10, [6, 6]))).toBe(0)
  expect(earnedOf(item(10, [3, 2]))).toBe(50)
  expect(earnedOf(item(10, [], true))).toBe(0)
})

describe('a level is the worse of score and safety record', () => {
  test('85.0 with a clean record is level two; with one death level three; with two deaths none', () => {
    expect(levelOf(MECHANICAL, 850, { deaths: 0, seriousInjuries: 0 })).toBe(TWO)
    expect(levelOf(MECHANICAL, 850, { deaths: 1, seriousInjuries: 0 })).toBe(THREE)
    expect(levelOf(MECHANICAL, 850, { deaths: 2, seriousInjuries: 0 })).toBeNull()
  })

  test('90.0 is level one, 89.9 is not; a serious injury takes level one away', () => {
    expect(levelByScore(MECHANICAL, 900)).toBe(ONE)
    expect(levelByScore(MECHANICAL, 899)).toBe(TWO)
    expect(levelOf(MECHANICAL, 960, { deaths: 0, seriousInjuries: 1 })).toBe(TWO)
    expect(levelByRecord(MECHANICAL, { deaths: 0, seriousInjuries: 3 })).toBe(TWO)
  })

  test('59.9 is no level, nor is a form in which nothing applied', () => {
    expect(levelOf(MECHANICAL, 599, { deaths: 0, seriousInjuries: 0 })).toBeNull()
    expect(levelOf(MECHANICAL, null, { deaths: 0, seriousInjuries: 0 })).toBeNull()
  })

  test('a form that only tells pass from fail has one level', () => {
    const form = [{ level: AssessmentLevel.PASS, percentTenths: 700 }]
    expect(levelOf(form, 700, { deaths: 0, seriousInjuries: 0 })).toBe(AssessmentLevel.PASS)
    expect(levelOf(form, 699, { deaths: 0, seriousInjuries: 0 })).toBeNull()
  })
})
