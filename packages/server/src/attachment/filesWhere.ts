import type { SignedIn } from '../shared/context.js'
import { dataOfThing } from '../shared/datum.js'
import type { PlainRow } from '../shared/read/reader.js'
import { readingOf } from '../shared/read/reading.js'
import { compileSelection, type Selection } from '../shared/read/select.js'
import type { Sql } from '../shared/read/sql.js'
import { Attachment } from './attachment.entity.js'

const FIELDS = new Set([
  'version',
  ...dataOfThing(Attachment)
    .filter(({ shown, kind }) => shown && !['derived', 'link', 'lookup', 'many'].includes(kind))
    .map((datum) => datum.name),
])

/** The attachments (alias a) of many records at once, in the order of their owners' ids, oldest first within each round. */
export async function filesWhere(
  ctx: SignedIn,
  ids: readonly string[],
  { owner, from, where }: { owner: string; from: string; where: Sql },
): Promise<PlainRow[][]> {
  const selection: Selection = { target: Attachment, data: FIELDS, links: new Map() }
  const { columns, shape } = compileSelection(selection, 'a', readingOf(ctx))
  const rows = await ctx.reader.all(`select ${owner} as owner, ${columns.join(', ')} from ${from} where ${where.sql} order by a.round, a.id`, where.params)
  const byOwner = new Map<string, PlainRow[]>(ids.map((id) => [id, []]))
  for (const row of rows) byOwner.get(row['owner'] as string)!.push(shape(row))
  return ids.map((id) => byOwner.get(id)!)
}
