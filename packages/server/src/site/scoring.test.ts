import { describe, expect, test } from 'vitest'
import { fiveSResult } from './fiveSScoring.js'
import { sixHavesResult } from './sixHavesScoring.js'
import { SixHave } from './terms.js'

const BOUNDS = { itemMost: 4, gradeA: 90, gradeB: 80, pass: 60 }
const five = (...scores: (number | null)[][]) =>
  fiveSResult(
    scores.map((one) => ({ points: 20, scores: one })),
    BOUNDS,
  )
const all = (score: number) => Array.from({ length: 5 }, () => [score, score, score])

describe('the score of a 5S audit', () => {
  test('full marks are 100 and A, three of four are 75 and C, none is 0 and D', () => {
    expect(five(...all(4))).toMatchObject({ tenths: 1000, grade: 'A', passed: true, dimensions: [200, 200, 200, 200, 200] })
    expect(five(...all(3))).toMatchObject({ tenths: 750, grade: 'C', passed: true })
    expect(five(...all(0))).toMatchObject({ tenths: 0, grade: 'D', passed: false })
  })

  test('thirds add up without a trace of floating point: 20 × 2/3 five times is 66.7', () => {
    expect(five(...Array.from({ length: 5 }, () => [4, 4, 0]))).toMatchObject({ tenths: 667, dimensions: [133, 133, 133, 133, 133] })
  })

  test('an item that does not apply leaves numerator and denominator; a dimension without any leaves the hundred', () => {
    expect(five([4, null], [4], [4], [4], [2]).tenths).toBe(900)
    expect(five([null, null], [4], [4], [4], [2])).toMatchObject({ tenths: 875, grade: 'B', dimensions: [null, 200, 200, 200, 100] })
    expect(five([null])).toEqual({ dimensions: [null], tenths: null, grade: null, passed: null })
  })

  test('the borders belong to the better grade, and grade goes with the number that is shown', () => {
    const of = (tenths: number) => fiveSResult([{ points: 100, scores: [tenths] }], { ...BOUNDS, itemMost: 1000 }).grade
    expect([of(900), of(899), of(800), of(799), of(600), of(599)]).toEqual(['A', 'B', 'B', 'C', 'C', 'D'])
    expect(fiveSResult([{ points: 100, scores: [8995] }], { ...BOUNDS, itemMost: 10_000 })).toMatchObject({ tenths: 900, grade: 'A' })
  })

  test('a sixth dimension and other points change nothing in the rule: the sum is always of 100', () => {
    const six = fiveSResult(
      Array.from({ length: 6 }, () => ({ points: 20, scores: [3, 4] })),
      BOUNDS,
    )
    expect(six.tenths).toBe(875)
  })

  test('a better score never makes a worse result, over many random sheets', () => {
    let seed = 7
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below
    for (let i = 0; i < 500; i++) {
      const sheet = Array.from({ length: 5 }, () => Array.from({ length: 1 + random(6) }, () => (random(8) ? random(5) : null)))
      const before = five(...sheet)
      const d = random(5)
      const k = random(sheet[d]!.length)
      const score = sheet[d]![k]
      if (score == null || score === 4) continue
      sheet[d]![k] = score + 1
      expect(five(...sheet).tenths!).toBeGreaterThanOrEqual(before.tenths!)
      expect(before.tenths!).toBeLessThanOrEqual(1000)
    }
  })
})

describe('the six haves', () => {
  const { FLOOR_LINES, NAMEPLATES, PIPE_DIRECTION, VALVE_TAGS } = SixHave
  const counted = (item: SixHave, intact: number, required: number) => ({ item, required, intact })

  test('the rate is the mean of what applies, one decimal, half up', () => {
    expect(sixHavesResult([counted(FLOOR_LINES, 2, 3), counted(NAMEPLATES, 10, 10), counted(PIPE_DIRECTION, 0, 0)], 100)).toEqual({
      ...{ tenths: 833, achieved: false, missing: 1 },
    })
    expect(sixHavesResult([counted(FLOOR_LINES, 1, 8), counted(NAMEPLATES, 1, 1)], 100).tenths).toBe(563)
  })

  test('nothing required anywhere is no rate, never 100 percent', () => {
    expect(sixHavesResult([counted(PIPE_DIRECTION, 0, 0)], 100)).toEqual({ tenths: null, achieved: null, missing: 0 })
    expect(sixHavesResult([], 100).tenths).toBeNull()
  })

  test('strict asks for all of them, the other reading for nine of ten of each', () => {
    const counts = [counted(VALVE_TAGS, 9, 10), counted(FLOOR_LINES, 3, 3)]
    expect([sixHavesResult(counts, 100).achieved, sixHavesResult(counts, 90).achieved]).toEqual([false, true])
    expect(sixHavesResult([counted(VALVE_TAGS, 8, 9), counted(FLOOR_LINES, 3, 3)], 90).achieved).toBe(false)
  })

  test('places are added up by item before the mean is taken', () => {
    expect(sixHavesResult([counted(NAMEPLATES, 1, 2), counted(NAMEPLATES, 9, 18), counted(FLOOR_LINES, 1, 1)], 100).tenths).toBe(750)
  })
})
