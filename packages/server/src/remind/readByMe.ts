import DataLoader from 'dataloader'
import type { Context } from '../shared/context.js'

const loaders = new WeakMap<Context, DataLoader<string, boolean>>()

/** Whether the asker has read it, asked for all reminders of one answer at once. */
export function readByMe(context: Context, reminder: unknown): Promise<boolean> {
  const { actor } = context
  if (!actor || typeof reminder !== 'string') return Promise.resolve(false)
  let loader = loaders.get(context)
  if (!loader) {
    loader = new DataLoader(
      async (ids) => {
        const marks = ids.map(() => '?').join(', ')
        const rows = await context.reader.all(`select reminder_id as id from reminder_read where person = ? and reminder_id in (${marks})`, [actor.id, ...ids])
        const read = new Set(rows.map((row) => row['id']))
        return ids.map((id) => read.has(id))
      },
      { maxBatchSize: 500 },
    )
    loaders.set(context, loader)
  }
  return loader.load(reminder)
}
