import DataLoader from 'dataloader'
import type { Context } from '../context.js'

/** What has a name, and by which column others know it. */
const KNOWN_BY = { division: 'code', station: 'code', enterprise: 'id', person: 'id' } as const
export type Named = keyof typeof KNOWN_BY

type Loaders = Partial<Record<Named, DataLoader<string, string | null>>>
const loaders = new WeakMap<Context, Loaders>()

/**
 * The name now borne by what a row knows by code or id, loaded in one batch with the others of the same answer. Only for
 * codes and ids that stand on a row the reader may see.
 */
export function nameOf(context: Context, what: Named, key: unknown): Promise<string | null> {
  if (typeof key !== 'string' || !key) return Promise.resolve(null)
  let own = loaders.get(context)
  if (!own) loaders.set(context, (own = {}))
  own[what] ??= new DataLoader(
    async (keys) => {
      const by = KNOWN_BY[what]
      const rows = await context.reader.all(`select ${by} as k, name from ${what} where ${by} in (${keys.map(() => '?').join(', ')})`, [...keys])
      const names = new Map(rows.map((row) => [row['k'] as string, row['name'] as string]))
      return keys.map((one) => names.get(one) ?? null)
    },
    { maxBatchSize: 500 },
  )
  return own[what].load(key)
}
