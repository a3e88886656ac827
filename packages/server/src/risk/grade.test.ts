import { describe, expect, test } from 'vitest'
import { colorOf, score100, WORST, worstOf } from './grade.js'
import { BEGINNING, firstEdition } from './presets.js'
import { RiskColor } from './terms.js'

const NOW = new Date('2026-03-02T02:00:00.000Z')
const preset = (code: string) =>
  firstEdition(
    BEGINNING.find((one) => one.code === code)!,
    NOW,
  )
const steps = (text: string) => text.split(' ').map(Number)

/** Every rating that a preset knows. */
function all(code: string) {
  const one = preset(code)
  return steps(one.likelihoods).flatMap((l10) =>
    steps(one.exposures).flatMap((e10) => steps(one.consequences).map((c) => ({ l10, e10, c, ...one.grade({ l10, e10, c }) }))),
  )
}
const counts = (code: string) => WORST.map((color) => all(code).filter((one) => one.color === color).length)

describe('LEC_STANDARD', () => {
  test('knows 252 combinations: 40 red, 21 orange, 30 yellow, 161 blue', () => {
    expect(all('LEC_STANDARD')).toHaveLength(252)
    expect(counts('LEC_STANDARD')).toEqual([40, 21, 30, 161])
    expect(new Set(all('LEC_STANDARD').map(({ score }) => score)).size).toBe(103)
  })

  test('scores are whole and exact where a fraction is not: 0.2 × 6 × 100 is 120', () => {
    expect(0.2 * 6 * 100).not.toBe(120)
    expect(score100({ l10: 2, e10: 60, c: 100 })).toBe(12_000)
    for (const { score } of all('LEC_STANDARD')) expect(Number.isSafeInteger(score)).toBe(true)
  })

  test('70 is yellow both ways it can occur; 160 and 320 never occur', () => {
    const at = (d: number) => all('LEC_STANDARD').filter(({ score }) => score === d * 100)
    expect(at(70).map(({ l10, e10, c, color }) => [l10, e10, c, color])).toEqual([
      [100, 10, 7, 'YELLOW'],
      [10, 100, 7, 'YELLOW'],
    ])
    expect([...at(160), ...at(320)]).toEqual([])
    expect(at(20).length).toBeGreaterThan(0)
    expect(at(20).every(({ color }) => color === RiskColor.BLUE)).toBe(true)
  })
})

describe('LS', () => {
  test('LS_A has 3 red, 3 orange, 5 yellow and 14 blue cells, LS_B 3, 8, 9 and 5', () => {
    expect([counts('LS_A'), counts('LS_B')]).toEqual([
      [3, 3, 5, 14],
      [3, 8, 9, 5],
    ])
  })

  test('the same 12 is yellow by one preset and orange by the other', () => {
    const rating = { l10: 40, e10: 10, c: 3 }
    expect([preset('LS_A').grade(rating).color, preset('LS_B').grade(rating).color]).toEqual(['YELLOW', 'ORANGE'])
  })

  test('only the reachable values are reached', () => {
    expect([...new Set(all('LS_A').map(({ score }) => score / 100))].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25])
  })
})

test('a step that the table does not know is refused with its field', () => {
  expect(() => preset('LEC_STANDARD').grade({ l10: 4, e10: 10, c: 7 })).toThrow('可能性 L')
  expect(() => preset('LEC_STANDARD').grade({ l10: 10, e10: 10, c: 2 })).toThrow('后果')
  expect(() => preset('LS_A').grade({ l10: 10, e10: 60, c: 2 })).toThrow('暴露频率')
})

test('a bound belongs to the worse colour', () => {
  const bounds = { red100: 32_000, orange100: 16_000, yellow100: 7_000 }
  expect([31_999, 32_000, 15_999, 16_000, 6_999, 7_000].map((score) => colorOf(score, bounds))).toEqual(['ORANGE', 'RED', 'YELLOW', 'ORANGE', 'BLUE', 'YELLOW'])
})

test('the worst of nothing is nothing', () => {
  expect(worstOf([])).toBeUndefined()
  expect(worstOf([null, undefined])).toBeUndefined()
  expect(worstOf([RiskColor.BLUE, undefined, RiskColor.ORANGE, RiskColor.YELLOW])).toBe('ORANGE')
})
