import { Refusal } from '../shared/refusal.js'
import type { Place } from './names.js'

/** Outlines of one place on a sheet whose longer side is SIDE: whole numbers, `x,y x,y …` each. */
export interface Shape {
  code: string
  outlines: string[]
}
export interface Sheet {
  width: number
  height: number
  shapes: Shape[]
}

type Point = readonly [number, number]
interface Feature {
  id?: unknown
  properties?: Record<string, unknown> | null
  geometry?: { type?: unknown; coordinates?: unknown } | null
}

const SIDE = 1000
/** Corners that lie closer than this to the line between their neighbours are not seen from six metres. */
const CLOSE = 1.2
const MOST_POINTS = 60_000

const bad = (why: string): Refusal => new Refusal('MAP_BAD', `这个文件画不成地图：${why}`, { field: 'geojson' })

/** Reads a GeoJSON of villages: any projection, matched by code or name; what it is made of otherwise is left behind. */
export function readShapes(text: string, places: readonly Place[]): { sheet: Sheet; missing: Place[] } {
  const found = new Map<string, Point[][]>()
  let count = 0
  let named = 0
  for (const feature of featuresOf(text)) {
    const place = placeOf(feature, places)
    if (!place) continue
    named++
    // Beside the outlines there may be points for the names, lines for the roads: they draw no village.
    const rings = ringsOf(feature)
    if (!rings.length) continue
    count += rings.reduce((sum, ring) => sum + ring.length, 0)
    if (count > MOST_POINTS) throw bad(`轮廓点超过 ${MOST_POINTS} 个，请先简化`)
    found.set(place.code, [...(found.get(place.code) ?? []), ...rings])
  }
  if (!found.size && named) throw bad('图形是点或线，要的是面（Polygon 或 MultiPolygon）')
  if (!found.size) throw bad('没有一个图形的 code 或 name 与辖区内的村（镇）相符')
  return { sheet: drawn(found), missing: places.filter(({ code }) => !found.has(code)) }
}

function featuresOf(text: string): Feature[] {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw bad('不是 JSON')
  }
  const features = (read as { type?: unknown; features?: unknown } | null)?.features
  if ((read as { type?: unknown } | null)?.type !== 'FeatureCollection' || !Array.isArray(features)) throw bad('不是 GeoJSON 的 FeatureCollection')
  return features.filter((one): one is Feature => typeof one === 'object' && one !== null)
}

const KEYS = ['code', 'adcode', 'id', '区划代码', 'name', 'NAME', '名称', '村名']
/** What a place is, at the end of its name: 金谷 may mean 金谷村, but 金谷镇 never does. */
const KINDS = [/(?:村|社区|居委会|村委会)$/, /(?:镇|乡|街道)$/]
function alike(said: string, name: string): boolean {
  const kind = KINDS.find((one) => one.test(name))
  const other = KINDS.find((one) => one.test(said))
  return !!kind && (!other || other === kind) && said.replace(kind, '') === name.replace(kind, '')
}

function placeOf({ id, properties }: Feature, places: readonly Place[]): Place | undefined {
  const said = [id, ...KEYS.map((key) => properties?.[key])].filter((one) => typeof one === 'string' || typeof one === 'number').map(String)
  return (
    places.find(({ code }) => said.includes(code)) ??
    places.find(({ name }) => said.includes(name)) ??
    places.find(({ name }) => said.some((one) => alike(one, name)))
  )
}

function ringsOf({ geometry }: Feature): Point[][] {
  const { type, coordinates } = geometry ?? {}
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : []
  if (!Array.isArray(polygons)) throw bad('坐标写法有误')
  return polygons.flatMap((polygon: unknown) => (Array.isArray(polygon) ? polygon.map(ringOf) : []))
}

function ringOf(ring: unknown): Point[] {
  if (!Array.isArray(ring) || ring.length < 4) throw bad('有的轮廓不足四个点')
  return ring.map((point: unknown): Point => {
    const [x, y] = Array.isArray(point) ? (point as unknown[]) : []
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) throw bad('坐标不是数字')
    return [x, y]
  })
}

function drawn(found: ReadonlyMap<string, Point[][]>): Sheet {
  const all = [...found.values()].flat(2)
  const [left, right] = ends(all.map(([x]) => x))
  const [low, high] = ends(all.map(([, y]) => y))
  // Degrees of longitude are shorter than those of latitude, the more the farther north.
  const degrees = left >= -180 && right <= 180 && low >= -90 && high <= 90
  const narrow = degrees ? Math.cos((((low + high) / 2) * Math.PI) / 180) : 1
  const [wide, tall] = [(right - left) * narrow, high - low]
  if (!(wide > 0 && tall > 0)) throw bad('图形没有面积')
  const scale = SIDE / Math.max(wide, tall)
  const at = ([x, y]: Point): Point => [(x - left) * narrow * scale, (high - y) * scale]
  const outline = (ring: Point[]) =>
    thinned(ring.map(at))
      .map(([x, y]) => `${Math.round(x)},${Math.round(y)}`)
      .join(' ')
  return {
    ...{ width: Math.ceil(wide * scale), height: Math.ceil(tall * scale) },
    shapes: [...found].map(([code, rings]) => ({ code, outlines: rings.map(outline) })),
  }
}

function ends(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}

/** Douglas–Peucker, without recursion: a coast of ten thousand corners must not overflow the stack. */
export function thinned(points: readonly Point[]): Point[] {
  const kept = new Set([0, points.length - 1])
  const spans: [number, number][] = [[0, points.length - 1]]
  // A ring ends where it begins: its farthest corner parts it first.
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let [far, distance] = [-1, CLOSE]
    for (let i = from + 1; i < to; i++) {
      const away = awayFrom(points[i]!, points[from]!, points[to]!)
      if (away > distance) [far, distance] = [i, away]
    }
    if (far < 0) continue
    kept.add(far)
    spans.push([from, far], [far, to])
  }
  return points.filter((_, i) => kept.has(i))
}

function awayFrom([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = Math.hypot(dx, dy)
  return length ? Math.abs(dy * x - dx * y + bx * ay - by * ax) / length : Math.hypot(x - ax, y - ay)
}
