import { area, labelSpot, type Spot } from './labelSpot'
import type { Board } from './live'

/** A village with what is written into it. */
export interface MapPlace {
  code: string
  name: string
  color: 'RED' | 'ORANGE' | 'YELLOW' | 'BLUE' | null
  /** Of this colour; without one, of the enterprises that have none. */
  count: number
}
const COUNTED = { RED: 'red', ORANGE: 'orange', YELLOW: 'yellow', BLUE: 'blue' } as const
export const mapPlaceOf = ({ code, name, color, firms, firmsNone }: Board['colors']['places'][number]): MapPlace => ({
  ...{ code, name, color },
  count: color ? firms[COUNTED[color]] : firmsNone,
})
export interface Cell {
  place: MapPlace
  /** Paths, closed. */
  outlines: string[]
  /** Where its name stands. */
  x: number
  y: number
  /** How wide its text may be. */
  room: number
}
export interface TownMap {
  width: number
  height: number
  cells: Cell[]
  schematic: boolean
}
interface Sheet {
  width: number
  height: number
  shapes: readonly { code: string; outlines: readonly string[] }[]
}

/** A map that shows less than one place in so many is none. */
const LEAST = 3
/** The office's own map when it has one; the places that it lacks stand in rows of tiles below it. */
export function mapOf(places: readonly MapPlace[], sheet: Sheet | undefined): TownMap {
  const shown = places.filter(({ code }) => code)
  const drawn = new Map(sheet?.shapes.map(({ code, outlines }) => [code, outlines]))
  const own = shown.filter(({ code }) => drawn.has(code))
  if (!sheet || own.length * LEAST < shown.length) return schematic(shown)
  const cells = own.map((place): Cell => {
    const outlines = drawn.get(place.code)!
    const rings = outlines.map((outline) => outline.split(' ').map(spotOf))
    const ring = rings.reduce((most, one) => (area(one) > area(most) ? one : most))
    return { place, outlines: outlines.map((one) => `M${one.replaceAll(' ', 'L')}Z`), ...labelSpot(ring) }
  })
  const lacking = tiles(
    shown.filter(({ code }) => !drawn.has(code)),
    sheet,
  )
  return { width: sheet.width, height: sheet.height + lacking.height, cells: [...cells, ...lacking.cells], schematic: false }
}

const spotOf = (pair: string): Spot => {
  const [x = 0, y = 0] = pair.split(',').map(Number)
  return [x, y]
}

const IN_A_ROW = 7
function tiles(places: readonly MapPlace[], { width, height }: Sheet): { cells: Cell[]; height: number } {
  const wide = Math.max(width, height) / IN_A_ROW
  const columns = Math.max(1, Math.floor(width / wide))
  const tall = wide * 0.85
  const cells = places.map((place, i): Cell => {
    const [left, top] = [(i % columns) * wide, height + tall * (Math.floor(i / columns) + 0.3)]
    const [right, low] = [left + wide * 0.95, top + tall * 0.9]
    return {
      place,
      outlines: [`M${left},${top}L${right},${top}L${right},${low}L${left},${low}Z`],
      x: left + wide * 0.475,
      y: (top + low) / 2,
      room: wide * 0.86,
    }
  })
  return { cells, height: places.length ? tall * (Math.ceil(places.length / columns) + 0.3) : 0 }
}

const [SIZE, GAP] = [100, 6]

/** 示意图: a honeycomb in the order of the codes, when nobody has given a map. */
export function schematic(places: readonly MapPlace[]): TownMap {
  const sorted = [...places].sort((a, b) => (a.code < b.code ? -1 : 1))
  const columns = Math.max(1, Math.ceil(Math.sqrt(sorted.length * 1.3)))
  const [wide, tall] = [Math.sqrt(3) * SIZE, 1.5 * SIZE]
  const cells = sorted.map((place, i): Cell => {
    const row = Math.floor(i / columns)
    const x = (i % columns) * wide + wide / 2 + (row % 2 ? wide / 2 : 0)
    const y = row * tall + SIZE
    const corners = Array.from({ length: 6 }, (_, k) => {
      const turn = (Math.PI / 3) * k - Math.PI / 2
      return `${(x + (SIZE - GAP / 2) * Math.cos(turn)).toFixed(1)},${(y + (SIZE - GAP / 2) * Math.sin(turn)).toFixed(1)}`
    })
    return { place, outlines: [`M${corners.join('L')}Z`], x, y, room: wide * 0.86 }
  })
  const rows = Math.ceil(sorted.length / columns)
  return { width: columns * wide + (rows > 1 ? wide / 2 : 0), height: (rows - 1) * tall + 2 * SIZE, cells, schematic: true }
}
