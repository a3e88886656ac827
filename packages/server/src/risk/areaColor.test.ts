import { expect, test } from 'vitest'
import { areaColor, inside, outlineOf, outlineText, type Spot, surface2 } from './areaColor.js'
import { RiskColor } from './terms.js'

const SQUARE: Spot[] = [
  { x: 100, y: 100 },
  { x: 300, y: 100 },
  { x: 300, y: 300 },
  { x: 100, y: 300 },
]
/** A U: what lies between its arms is outside. */
const U: Spot[] = outlineOf('0,0 900,0 900,900 600,900 600,300 300,300 300,900 0,900')

/** Numbers that come again with the same seed. */
function random(seed: number) {
  let state = seed
  return (below: number) => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0), Math.floor((state / 2 ** 32) * below))
}

test('what stands on the border or in a corner counts, a thousandth outside does not', () => {
  for (const spot of SQUARE) expect(inside(SQUARE, spot)).toBe(true)
  for (const [x, y] of [
    [200, 100],
    [300, 200],
    [200, 300],
    [100, 299],
    [200, 200],
  ] as const)
    expect(inside(SQUARE, { x, y })).toBe(true)
  for (const [x, y] of [
    [99, 200],
    [301, 200],
    [200, 99],
    [200, 301],
    [301, 301],
  ] as const)
    expect(inside(SQUARE, { x, y })).toBe(false)
})

test('between the arms of a U is outside, on its inner border inside', () => {
  expect(inside(U, { x: 450, y: 600 })).toBe(false)
  expect(inside(U, { x: 450, y: 300 })).toBe(true)
  expect(inside(U, { x: 300, y: 600 })).toBe(true)
  expect(inside(U, { x: 150, y: 899 })).toBe(true)
  expect(inside(U, { x: 450, y: 900 })).toBe(false)
})

test('it is the same from whichever corner and in whichever turn the outline was drawn', () => {
  const next = random(7)
  for (let round = 0; round < 200; round++) {
    const outline = Array.from({ length: 3 + next(6) }, () => ({ x: next(21) * 50, y: next(21) * 50 }))
    const turned = [...outline.slice(1), outline[0]!]
    const reversed = outline.toReversed()
    for (let i = 0; i < 40; i++) {
      const spot = { x: next(21) * 50, y: next(21) * 50 }
      const is = inside(outline, spot)
      expect([inside(turned, spot), inside(reversed, spot)]).toEqual([is, is])
    }
  }
})

test('in a convex outline inside means on the same side of every side', () => {
  const next = random(11)
  for (let round = 0; round < 300; round++) {
    const corners = [0, 1, 2].map(() => ({ x: next(1001), y: next(1001) }))
    if (!surface2(corners)) continue
    const turn = (a: Spot, b: Spot, c: Spot) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))
    for (let i = 0; i < 60; i++) {
      const spot = i < 3 ? corners[i]! : { x: next(1001), y: next(1001) }
      const turns = corners.map((corner, at) => turn(corner, corners[(at + 1) % 3]!, spot))
      expect(inside(corners, spot)).toBe(!(turns.includes(1) && turns.includes(-1)))
    }
  }
})

test('every place of a small square is told right, one by one', () => {
  for (let x = 90; x <= 310; x++) for (let y = 90; y <= 310; y += 5) expect(inside(SQUARE, { x, y })).toBe(x >= 100 && x <= 300 && y >= 100 && y <= 300)
})

test('an area takes the worst of the points inside it and of those bound to it', () => {
  const area = { id: 'a', outline: SQUARE }
  const blue = { x: 200, y: 200, color: RiskColor.BLUE }
  const far = { x: 900, y: 900, color: RiskColor.RED }
  expect(areaColor(area, [])).toBeUndefined()
  expect(areaColor(area, [blue, far])).toBe('BLUE')
  expect(areaColor(area, [blue, { ...far, area: 'a' }])).toBe('RED')
  expect(
    areaColor(area, [
      { ...blue, color: null },
      { x: 300, y: 300, color: RiskColor.ORANGE },
    ]),
  ).toBe('ORANGE')
})

test('an outline is kept as text and comes back the same', () => {
  expect(outlineText(SQUARE)).toBe('100,100 300,100 300,300 100,300')
  expect(outlineOf(outlineText(U))).toEqual(U)
  expect(surface2(outlineOf('0,0 500,500 1000,1000'))).toBe(0)
})
