import type { SqlEntityManager } from '@mikro-orm/sql'
import { validate as isUuid } from 'uuid'
import type { Actor } from '../shared/context.js'
import { type ThingClass, thingOf } from '../shared/datum.js'
import { scopeOfRow } from '../shared/entry.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { JPEG } from './accept.js'
import { Attachment, type AttachmentPurpose } from './attachment.entity.js'
import { isOwner } from './owners.js'
import { MOST_FILES } from './receive.js'

interface Giving {
  purpose: AttachmentPurpose
  /** The typed-in field that a refusal speaks of. */
  field: string
  only?: 'photo'
}

/**
 * Gives uploads to a record of any thing in owners.ts, inside an act; they come back in the order they were named.
 * Only what the actor himself sent and nobody has used yet: a foreign id, a used one and one that never was are refused
 * in the same words. From then on whoever sees the record sees them.
 */
export async function attachTo(
  em: SqlEntityManager,
  target: ThingClass,
  row: { id: string },
  ids: readonly string[],
  { purpose, field, only }: Giving,
  actor: Actor,
): Promise<Attachment[]> {
  if (!isOwner(target)) throw new Error(`${target.name} is not in attachment/owners.ts`)
  const wanted = [...new Set(ids)]
  if (!wanted.length) return []
  if (wanted.length > MOST_FILES) throw new Refusal('TOO_MANY_PHOTOS', `一次最多提交 ${MOST_FILES} 个文件`, { field })
  const found = wanted.every((id) => isUuid(id))
    ? await em.find(Attachment, { id: { $in: wanted }, uploadedBy: actor.id, hazard: null, ofRecord: null }, { filters: false })
    : []
  if (found.length < wanted.length) throw new Refusal('NOT_FOUND', notFound('文件').message, { field })
  const other = only && found.find(({ mime }) => mime !== JPEG)
  if (other) throw new Refusal('NOT_A_PHOTO', `“${other.name}”不是照片，这里须上传照片`, { field })
  return wanted.map((id) =>
    give(
      found.find((one) => one.id === id)!,
      target,
      row,
      purpose,
    ),
  )
}

/** A file stands where its record stands, so that its changes are seen by the same people. */
function give(attachment: Attachment, target: ThingClass, row: { id: string }, purpose: AttachmentPurpose): Attachment {
  const { division, station, enterprise } = scopeOfRow(target, row as unknown as Record<string, unknown>) ?? {}
  attachment.ofThing = thingOf(target).name
  attachment.ofRecord = row.id
  attachment.purpose = purpose
  if (division != null) attachment.division = division
  if (station) attachment.station = station
  else delete attachment.station
  if (enterprise) attachment.enterpriseId = enterprise
  else delete attachment.enterpriseId
  return attachment
}
