import { worstOf } from './grade.js'
import type { RiskColor } from './terms.js'

/** A place on a plan, in thousandths of its width and height: whole numbers, so that "on the line" is exact. */
export interface Spot {
  x: number
  y: number
}

export const outlineText = (spots: readonly Spot[]): string => spots.map(({ x, y }) => `${x},${y}`).join(' ')
export const outlineOf = (text: string): Spot[] =>
  text.split(' ').map((pair) => {
    const [x, y] = pair.split(',').map(Number)
    return { x: x!, y: y! }
  })

/** Twice the area between three places, signed by the turn. */
const turn = (a: Spot, b: Spot, c: Spot): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
const between = (a: number, b: number, c: number): boolean => Math.min(a, b) <= c && c <= Math.max(a, b)
const onSide = (a: Spot, b: Spot, spot: Spot): boolean => turn(a, b, spot) === 0 && between(a.x, b.x, spot.x) && between(a.y, b.y, spot.y)

const sidesOf = (outline: readonly Spot[]): [Spot, Spot][] => outline.map((a, i) => [a, outline[(i + 1) % outline.length]!])

/** Twice the surface of an outline; nothing when it is a line. */
export const surface2 = (outline: readonly Spot[]): number => Math.abs(sidesOf(outline).reduce((sum, [a, b]) => sum + a.x * b.y - b.x * a.y, 0))

/** Inside or on the border: what stands on the line belongs to both sides of it. Whole numbers only. */
export function inside(outline: readonly Spot[], spot: Spot): boolean {
  let within = false
  for (const [a, b] of sidesOf(outline)) {
    if (onSide(a, b, spot)) return true
    if (a.y > spot.y === b.y > spot.y) continue
    // The side crosses the spot's height; is the crossing to its right?
    const [low, high] = a.y < b.y ? [a, b] : [b, a]
    if (turn(low, high, spot) > 0) within = !within
  }
  return within
}

/** A risk point on a plan: where it stands, its colour, and the area it is bound to if any. */
export interface PlacedPoint extends Spot {
  color?: RiskColor | null | undefined
  area?: string | null | undefined
}

/** Which points count for an area: those inside it or on its border, and those bound to it wherever they stand. */
export const countsFor = (area: { id: string; outline: readonly Spot[] }, point: PlacedPoint): boolean => point.area === area.id || inside(area.outline, point)

/** The colour of an area is that of its worst live point: computed, never painted. */
export const areaColor = (area: { id: string; outline: readonly Spot[] }, points: readonly PlacedPoint[]): RiskColor | undefined =>
  worstOf(points.filter((point) => countsFor(area, point)).map(({ color }) => color))
