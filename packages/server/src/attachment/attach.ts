import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { validate as isUuid } from 'uuid'
import type { Hazard } from '../hazard/hazard.entity.js'
import type { Actor } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { JPEG } from './accept.js'
import { Attachment, AttachmentPurpose } from './attachment.entity.js'
import { MOST_FILES } from './receive.js'

const PHOTOGRAPHS: readonly AttachmentPurpose[] = [AttachmentPurpose.BEFORE, AttachmentPurpose.AFTER]

/**
 * Gives uploads to a hazard, inside an act; tells how many. Only what the actor himself sent and nobody has used yet:
 * a foreign id, one already used and one that never was are refused in the same words. Looked up past the scope,
 * for an upload stands where its uploader stood when he sent it.
 */
export async function attachPhotos(
  em: SqlEntityManager,
  hazard: Hazard,
  ids: readonly string[],
  purpose: AttachmentPurpose,
  round: number,
  actor: Actor,
): Promise<number> {
  const wanted = [...new Set(ids)]
  if (!wanted.length) return 0
  if (wanted.length > MOST_FILES) throw new Refusal('TOO_MANY_PHOTOS', `一次最多提交 ${MOST_FILES} 张照片`, { field: 'photos' })
  const found = wanted.every((id) => isUuid(id))
    ? await em.find(Attachment, { id: { $in: wanted }, uploadedBy: actor.id, hazard: null, ofRecord: null }, { filters: false })
    : []
  if (found.length < wanted.length) throw new Refusal('NOT_FOUND', notFound('照片').message, { field: 'photos' })
  const inOrder = wanted.map((id) => found.find((one) => one.id === id)!)
  for (const attachment of inOrder) {
    if (PHOTOGRAPHS.includes(purpose) && attachment.mime !== JPEG)
      throw new Refusal('NOT_A_PHOTO', `“${attachment.name}”不是照片，整改前后须上传照片`, { field: 'photos' })
    give(attachment, hazard, purpose, round)
  }
  return inOrder.length
}

/** An attachment stands where its hazard stands, so that its changes are seen by the same people. */
export function give(attachment: Attachment, hazard: Hazard, purpose: AttachmentPurpose, round: number): void {
  attachment.hazard = ref(hazard)
  attachment.purpose = purpose
  attachment.round = round
  attachment.division = hazard.division
  attachment.enterpriseId = linkedId(hazard.enterprise)!
  if (hazard.station) attachment.station = hazard.station
  else delete attachment.station
}
