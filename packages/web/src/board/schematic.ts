import type { Board } from './live'

export type ColorPlace = Board['colors']['places'][number]
export interface Cell {
  place: ColorPlace
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

/** The office's own map when it has one that shows every place; those it lacks stand in a row of tiles beside it. */
export function mapOf(places: readonly ColorPlace[], sheet: Sheet | undefined): TownMap {
  const shown = places.filter(({ code }) => code)
  const drawn = new Map(sheet?.shapes.map(({ code, outlines }) => [code, outlines]))
  const own = shown.filter(({ code }) => drawn.has(code))
  if (!sheet || !own.length) return schematic(shown)
  const cells = own.map((place): Cell => {
    const outlines = drawn.get(place.code)!
    const rings = outlines.map((outline) => outline.split(' ').map((pair) => pair.split(',').map(Number) as [number, number]))
    const ring = rings.reduce((most, one) => (area(one) > area(most) ? one : most))
    const [x, y] = middle(ring)
    const xs = ring.map(([at]) => at)
    return { place, outlines: outlines.map((one) => `M${one.replaceAll(' ', 'L')}Z`), x, y, room: (Math.max(...xs) - Math.min(...xs)) * 0.8 }
  })
  return { width: sheet.width, height: sheet.height, cells, schematic: false }
}

const area = (ring: readonly [number, number][]) =>
  Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * y, 0)) / 2

/** The centre of gravity; of a ring without a surface the mean of its corners. */
function middle(ring: readonly [number, number][]): [number, number] {
  let [twice, mx, my] = [0, 0, 0]
  ring.forEach(([x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]!
    const cross = x * ny - nx * y
    twice += cross
    mx += (x + nx) * cross
    my += (y + ny) * cross
  })
  if (twice) return [mx / (3 * twice), my / (3 * twice)]
  const mean = (of: 0 | 1) => ring.reduce((sum, point) => sum + point[of], 0) / ring.length
  return [mean(0), mean(1)]
}

const [SIZE, GAP] = [100, 6]

/** 示意图: a honeycomb in the order of the codes, when nobody has given a map. */
export function schematic(places: readonly ColorPlace[]): TownMap {
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
