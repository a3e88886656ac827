import { expect, test } from 'vitest'
import { labelSpot } from './labelSpot'
import { mapOf, type MapPlace, mapPlaceOf } from './schematic'

const place = (code: string): MapPlace => ({ code, name: `村${code}`, color: null, count: 0 })
const places = ['1', '2', '3', ''].map(place)

test('without a map each place has a tile of its own, the unassigned none', () => {
  const map = mapOf(places, undefined)
  expect(map.schematic).toBe(true)
  expect(map.cells.map((cell) => cell.place.code)).toEqual(['1', '2', '3'])
  expect(new Set(map.cells.map(({ x, y }) => `${x},${y}`)).size).toBe(3)
  expect(map.cells.every(({ x, y }) => x > 0 && x < map.width && y > 0 && y < map.height)).toBe(true)
})

test('with a map each name stands inside its own outline, and whom the map lacks has a tile below it', () => {
  const map = mapOf(places, { width: 1000, height: 500, shapes: [{ code: '2', outlines: ['0,0 100,0 100,100 0,100 0,0'] }] })
  expect(map.schematic).toBe(false)
  expect(map.cells[0]).toMatchObject({ place: { code: '2' }, x: 50, y: 50, outlines: ['M0,0L100,0L100,100L0,100L0,0Z'] })
  expect(map.cells.slice(1).map(({ place: { code }, y }) => [code, y > 500 && y < map.height])).toEqual([
    ['1', true],
    ['3', true],
  ])
})

test('a village counts those of its worst colour, and without a colour those that have none yet', () => {
  const village = { code: '1', name: '村1', firms: { red: 0, orange: 2, yellow: 5, blue: 9 }, firmsNone: 3, coverageRate: null }
  expect(mapPlaceOf({ ...village, color: 'ORANGE' })).toEqual({ code: '1', name: '村1', color: 'ORANGE', count: 2 })
  expect(mapPlaceOf({ ...village, color: null }).count).toBe(3)
})

test('a map that shows none of the places, or hardly any, is not used', () => {
  expect(mapOf(places, { width: 10, height: 10, shapes: [{ code: '9', outlines: ['0,0 1,0 1,1 0,0'] }] }).schematic).toBe(true)
  const many = ['1', '2', '3', '4'].map(place)
  expect(mapOf(many, { width: 10, height: 10, shapes: [{ code: '1', outlines: ['0,0 1,0 1,1 0,0'] }] }).schematic).toBe(true)
})

test('a name stands where its outline has room, be it crooked, and in one without a surface at its middle', () => {
  // An L: its centre of gravity lies beside the foot that is thick enough.
  const ell = '0,0 20,0 20,80 100,80 100,140 0,140 0,0'.split(' ').map((pair) => pair.split(',').map(Number) as [number, number])
  const spot = labelSpot(ell)
  expect(spot.y).toBeGreaterThan(90)
  expect(spot.room).toBeGreaterThan(60)
  expect(
    labelSpot([
      [1, 1],
      [1, 1],
    ]),
  ).toMatchObject({ x: 1, y: 1 })
})
