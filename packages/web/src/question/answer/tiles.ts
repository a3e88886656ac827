import type { Division } from '../../shared/place/usePlaces'

export interface Tile {
  code: string
  name: string
  value: number | null
  /** Of five steps of colour the one it has; 0 without a value. */
  step: number
}
export interface Block {
  town: string
  tiles: Tile[]
}
export const STEPS = 5

/** Values that lie close together are told apart by where they lie between the lowest and the highest, others from nothing on. */
export function scaleOf(values: readonly number[]): { low: number; high: number } {
  const lowest = Math.min(...values)
  const high = Math.max(...values)
  return { low: lowest > high / 2 ? lowest : Math.min(0, lowest), high }
}

/** The villages in the order of their codes, town by town; what has ended is left out unless it has a value. */
export function blocksOf(divisions: readonly Division[], values: ReadonlyMap<string, number | null>): Block[] {
  const { low, high } = scaleOf([...values.values()].filter((value) => value !== null))
  const stepOf = (value: number | null) => (value === null ? 0 : high === low ? 1 : Math.min(STEPS, 1 + Math.floor(((value - low) / (high - low)) * STEPS)))
  const name = new Map(divisions.map((division) => [division.code, division.name]))
  const blocks = new Map<string, Block>()
  for (const { code, name: village, level, parent, validTo } of [...divisions].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const value = valueOf(values, code, village)
    if (level !== 'VILLAGE' || (validTo && value === undefined)) continue
    const town = name.get(parent ?? '') ?? ''
    const block = blocks.get(town) ?? { town, tiles: [] }
    block.tiles.push({ code, name: village, value: value ?? null, step: stepOf(value ?? null) })
    blocks.set(town, block)
  }
  return [...blocks.values()]
}
const valueOf = (values: ReadonlyMap<string, number | null>, code: string, name: string) => (values.has(code) ? values.get(code) : values.get(name))

export const placesVillages = (divisions: readonly Division[]) =>
  new Set(divisions.filter(({ level }) => level === 'VILLAGE').flatMap(({ code, name }) => [code, name]))
