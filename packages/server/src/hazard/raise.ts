import type { SqlEntityManager } from '@mikro-orm/sql'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { give } from '../attachment/attach.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { found } from './found.js'
import type { Hazard } from './hazard.entity.js'
import type { HazardFacts } from './hazardFacts.js'
import { markRecurring } from './recurring.js'
import { remindOfMajor } from './remind.js'
import * as may from './rights.js'
import { hazardRules } from './rules.js'
import { HazardSeverity, ManageType } from './terms.js'

/** What somebody saw elsewhere, with its pictures; put right at once, or still to be. */
export interface Raised {
  facts: Omit<HazardFacts, 'id' | 'version' | 'createdAt' | 'manageType' | 'foundOn'>
  /** When it was seen; the report may come later. */
  seenAt: Date
  before: readonly Attachment[]
  fixed?: { result: string; after: readonly Attachment[]; fixerName?: string | undefined }
}

/**
 * What a check finds becomes a hazard of the ledger, inside the check's own act. A major one stays a draft until somebody
 * entitled has named its clause; one put right at once waits for a second person.
 */
export async function raise(em: SqlEntityManager, by: Actor, now: Date, enterprise: Enterprise, { facts, seenAt, before, fixed }: Raised): Promise<Hazard> {
  const manageType = fixed ? ManageType.IMMEDIATE : ManageType.DEADLINE
  const hazard = await found(em, by, now, enterprise, { ...facts, manageType, foundOn: dayOf(seenAt) } as HazardFacts)
  hazard.photosBefore = carry(em, before, hazard, AttachmentPurpose.BEFORE, now)
  await markRecurring(em, hazard, await hazardRules(em))
  const major = hazard.severity === HazardSeverity.MAJOR
  if (fixed) {
    const photos = carry(em, fixed.after, hazard, AttachmentPurpose.AFTER, now)
    hazard.foundFixed(by, seenAt, { result: fixed.result, photos, fixerName: fixed.fixerName })
  } else if (!major && may.register(by, hazard)) hazard.register(by, now)
  if (major) remindOfMajor(em, hazard, now)
  return hazard
}

/** The same picture belongs to both records: the bytes are kept once, under their hash. */
function carry(em: SqlEntityManager, photos: readonly Attachment[], hazard: Hazard, purpose: AttachmentPurpose, now: Date): number {
  for (const { name, mime, bytes, width, height, sha256, print, uploadedBy } of photos) {
    const copy = Object.assign(new Attachment(), {
      name,
      mime,
      bytes,
      sha256,
      uploadedBy,
      createdAt: instant(now),
      ...(width ? { width } : {}),
      ...(height ? { height } : {}),
      ...(print ? { print } : {}),
    })
    give(copy, hazard, purpose, 0)
    em.persist(copy)
  }
  return photos.length
}
