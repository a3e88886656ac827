import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deltaOf } from './delta.js'
import type { Board } from './snapshot.js'
import { Steps } from './steps.js'

/** What the wall itself does with a step, so that the two ends are tried on each other. */
type Stepped = (shown: { board: Board; step: string } | undefined, change: object) => Board | undefined
const { stepped } = (await import(new URL('../../../web/src/board/stepped.ts', import.meta.url).href)) as { stepped: Stepped }

const count = fc.nat({ max: 3 })
const rate = fc.constantFrom(null, 50, 100)
/** Rows under few keys, in any order, each key once. */
const rowsOf = <Row>(key: string, row: fc.Arbitrary<Row>) =>
  fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })
    .chain((keys) => fc.tuple(...keys.map((one) => row.map((rest) => ({ [key]: one, ...rest })))) as fc.Arbitrary<Row[]>)
const colors = fc.record({ red: count, orange: count, yellow: count, blue: count })
const place = fc.record({ name: fc.constantFrom('一村', '二村'), color: fc.constantFrom(null, 'RED'), firms: colors, firmsNone: count, coverageRate: rate })
const group = fc.record({ name: fc.constant('村'), rank: rate, found: count, closed: count, onTimeRate: rate })
const boards = fc.record({
  ...{ asOf: fc.constant('2026-03-15T02:00:00.000Z'), seq: fc.nat({ max: 99 }).map(String), changedAt: fc.constantFrom(null, '2026-03-15T01:00:00.000Z') },
  ...{ territory: fc.constantFrom('金谷镇', '金谷新镇'), station: fc.constant(null), total: count, closed: count, open: count, overdue: count },
  ...{ transferred: count, majorOpen: count, foundToday: count, closedToday: count, closedThisMonth: count, rectificationRate: rate, onTimeRate: rate },
  ...{ funnel: rowsOf('stage', fc.record({ count })), villages: rowsOf('code', group), stations: rowsOf('code', group) },
  ...{ overdueMajors: rowsOf('number', fc.record({ daysOver: count })), latestClosures: rowsOf('number', fc.record({ days: count })) },
  byDay: rowsOf('day', fc.record({ found: count, closed: count })),
  colors: fc.record({ firms: colors, points: colors, firmsNone: count, coverageRate: rate, places: rowsOf('code', place), stations: rowsOf('code', place) }),
  campaign: fc.constantFrom(null, { title: '行动', year: 2026, phases: [] }, { title: '行动', year: 2026, phases: [{ position: 1 }] }),
}) as unknown as fc.Arbitrary<Board>

test('a change put on the picture it is of gives the next picture, and says nothing of what stayed', () => {
  fc.assert(
    fc.property(boards, boards, (before, after) => {
      const { seq, asOf, changedAt } = after
      const shown = { board: before, step: '1' }
      const change = { step: '2', since: '1', seq, asOf, changedAt, board: null, delta: deltaOf(before, after) }
      expect(stepped(shown, change)).toEqual(after)
      expect(Object.values(deltaOf(after, structuredClone(after))).every((one) => one === null)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('a change of another picture than the one shown is not put on it', () => {
  const [before, after] = fc.sample(boards, { numRuns: 2, seed: 3 }) as [Board, Board]
  const change = { step: '3', since: '2', ...after, board: null, delta: deltaOf(before, after) }
  expect(stepped({ board: before, step: '1' }, change)).toBeUndefined()
  expect(stepped(undefined, change)).toBeUndefined()
})

test('from a picture that is known a screen is told what has changed, from any other everything; who shows the newest nothing', () => {
  const steps = new Steps((a, b) => a.seq === b.seq)
  const pictures = fc.sample(boards, { numRuns: 200, seed: 5 }).map((board, n) => ({ ...board, seq: String(n) }))
  const names = pictures.map((board) => steps.nameOf(board))
  const last = pictures.at(-1)!
  expect(steps.to(last, names.at(-1))).toBeUndefined()
  expect(steps.to(last, names.at(-2))).toMatchObject({ since: names.at(-2), board: null, step: names.at(-1), seq: '199' })
  expect(steps.to(last, names.at(-2))).toBe(steps.to(last, names.at(-2)))
  for (const unknown of [undefined, names[0], 'another-1', '']) expect(steps.to(last, unknown)).toMatchObject({ since: null, board: last, delta: null })
  // Each picture kept leads to the last.
  for (const [n, name] of names.entries()) {
    const change = steps.to(last, name)
    if (change?.delta) expect(stepped({ board: pictures[n]!, step: name }, change)).toEqual(last)
  }
})
