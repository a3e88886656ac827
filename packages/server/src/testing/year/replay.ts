import type { Town } from '../town.js'

/** A record as the log tells it: every datum by its own name. */
export type Told = Record<string, unknown> & { id: string }
type Diff = Record<string, [unknown, unknown]>
interface Change {
  at: string
  thing: string
  record: string
  diff: Diff
}

/** The log of a town, read once; what stood at an instant is made by going through it from its first entry. */
export class Replay {
  private constructor(private readonly log: readonly Change[]) {}

  static async of({ store }: Town): Promise<Replay> {
    const rows = await store.reader.all('select at, thing, record, diff from change order by seq')
    const begun = new Set<unknown>()
    for (const { thing, record, diff } of rows) {
      // A past is worked out by this: the first entry of a record, and no other, tells when it was entered.
      const begins = String(diff).startsWith('{"createdAt":[null,')
      if (begins === begun.has(record) && diff !== '{}') throw new Error(`${String(thing)} ${String(record)} begins with ${String(diff)}`)
      begun.add(record)
    }
    return new Replay(rows.map(({ at, thing, record, diff }) => ({ at, thing, record, diff: JSON.parse(String(diff)) as Diff }) as Change))
  }

  at(instant: string): Past {
    const things = new Map<string, Map<string, Told>>()
    for (const { at, thing, record, diff } of this.log) {
      if (at > instant) continue
      const rows = things.get(thing) ?? new Map<string, Told>()
      things.set(thing, rows)
      const row = rows.get(record) ?? { id: record }
      for (const [name, [, is]] of Object.entries(diff)) row[name] = is
      // A removal leaves nothing of a record.
      if (Object.entries(row).some(([name, is]) => name !== 'id' && !none(is))) rows.set(record, row)
      else rows.delete(record)
    }
    return new Past(instant, things)
  }
}

/** The town at one instant, as plain lists. */
export class Past {
  /** The day in Shanghai. */
  readonly today: string
  constructor(
    readonly instant: string,
    private readonly things: Map<string, Map<string, Told>>,
  ) {
    this.today = dayIn(instant)
  }
  all = (thing: string): Told[] => [...(this.things.get(thing)?.values() ?? [])]
  one = (thing: string, id: unknown): Told | undefined => this.things.get(thing)?.get(String(id))
}

export const dayIn = (instant: unknown): string => new Date(Date.parse(String(instant)) + 8 * 3_600_000).toISOString().slice(0, 10)
/** Nothing was said of it: absent and empty are the same. */
export const none = (value: unknown): boolean => value === null || value === undefined
