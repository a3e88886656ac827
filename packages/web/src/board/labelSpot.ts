export type Spot = readonly [number, number]

export const area = (ring: readonly Spot[]) =>
  Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * y, 0)) / 2

/** A name is so much wider than it is tall. */
const WIDE = 1.5
const STEPS = 24

/** Where a name has the most room inside an outline, and how wide it may be there; of one without a surface the mean of its corners. */
export function labelSpot(ring: readonly Spot[]): { x: number; y: number; room: number } {
  const [xs, ys] = [ring.map(([at]) => at), ring.map(([, at]) => at)]
  const [left, right, top, low] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const mean = (values: readonly number[]) => values.reduce((sum, at) => sum + at, 0) / values.length
  let best = { x: mean(xs), y: mean(ys), far: -1 }
  if (right > left && low > top)
    for (let i = 1; i < STEPS; i++)
      for (let k = 1; k < STEPS; k++) {
        const [x, y] = [left + ((right - left) * i) / STEPS, top + ((low - top) * k) / STEPS]
        // Of places with the same room the one nearest the middle.
        const aside = Math.hypot(x - (left + right) / 2, y - (top + low) / 2)
        const far = inside(x, y, ring) ? distance(x, y, ring) - aside / 50 : -1
        if (far > best.far + 1e-6) best = { x, y, far }
      }
  const room = best.far < 0 ? (right - left) * 0.8 : chord(best.x, best.y, ring) * 0.9
  return { x: best.x, y: best.y, room }
}

function inside(x: number, y: number, ring: readonly Spot[]): boolean {
  let odd = false
  edges(ring, ([ax, ay], [bx, by]) => {
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd
  })
  return odd
}

/** To the nearest edge, sideways counted less. */
function distance(x: number, y: number, ring: readonly Spot[]): number {
  let least = Infinity
  edges(ring, ([ax, ay], [bx, by]) => {
    const [px, py, dx, dy] = [(ax - x) / WIDE, ay - y, (bx - ax) / WIDE, by - ay]
    const along = Math.max(0, Math.min(1, -(px * dx + py * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, Math.hypot(px + along * dx, py + along * dy))
  })
  return least
}

/** How wide the outline is at that height, twice the nearer side. */
function chord(x: number, y: number, ring: readonly Spot[]): number {
  let [before, after] = [Infinity, Infinity]
  edges(ring, ([ax, ay], [bx, by]) => {
    if (ay > y === by > y) return
    const at = ((bx - ax) * (y - ay)) / (by - ay) + ax
    if (at <= x) before = Math.min(before, x - at)
    else after = Math.min(after, at - x)
  })
  return 2 * Math.min(before, after)
}

function edges(ring: readonly Spot[], see: (from: Spot, to: Spot) => void): void {
  ring.forEach((from, i) => see(from, ring[(i + 1) % ring.length]!))
}
