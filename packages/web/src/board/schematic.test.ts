import { expect, test } from 'vitest'
import { type ColorPlace, mapOf } from './schematic'

const place = (code: string): ColorPlace => ({
  code,
  name: `村${code}`,
  color: null,
  firms: { red: 0, orange: 0, yellow: 0, blue: 0 },
  firmsNone: 0,
  coverageRate: null,
})
const places = ['1', '2', '3', ''].map(place)

test('without a map each place has a tile of its own, the unassigned none', () => {
  const map = mapOf(places, undefined)
  expect(map.schematic).toBe(true)
  expect(map.cells.map((cell) => cell.place.code)).toEqual(['1', '2', '3'])
  expect(new Set(map.cells.map(({ x, y }) => `${x},${y}`)).size).toBe(3)
  expect(map.cells.every(({ x, y }) => x > 0 && x < map.width && y > 0 && y < map.height)).toBe(true)
})

test('with a map each name stands inside its own outline', () => {
  const map = mapOf(places, { width: 1000, height: 500, shapes: [{ code: '2', outlines: ['0,0 100,0 100,100 0,100 0,0'] }] })
  expect(map.schematic).toBe(false)
  expect(map.cells).toMatchObject([{ place: { code: '2' }, x: 50, y: 50, outlines: ['M0,0L100,0L100,100L0,100L0,0Z'] }])
})

test('a map that shows none of the places is not used', () => {
  expect(mapOf(places, { width: 10, height: 10, shapes: [{ code: '9', outlines: ['0,0 1,0 1,1 0,0'] }] }).schematic).toBe(true)
})
