/** One line of the report. A ratio has a direction: `least` must be reached, `most` not be passed. */
export interface Finding {
  id: string
  engine: string
  rows: number
  ratio: number | null
  target: number
  note: string
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)
export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

export type Layers<Name extends string> = Record<Name, () => Promise<number>>

/**
 * Each round measures every layer once, in an order of its own: a fixed order gives one of them cold caches. Gives what
 * was measured, round by round.
 */
export async function interleaved<Name extends string>(layers: Layers<Name>, rounds: number): Promise<Record<Name, number[]>> {
  const names = Object.keys(layers) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let i = 0; i < rounds; i++) for (const name of shuffled(names)) measured[name].push(await layers[name]())
  return measured
}

function shuffled<T>(values: readonly T[]): T[] {
  const left = [...values]
  return values.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0]!)
}

/** How long one call takes, in milliseconds. */
export async function timed(call: () => unknown): Promise<number> {
  const started = performance.now()
  await call()
  return performance.now() - started
}

/** JSON with its keys in order: two answers are the same when these are. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
