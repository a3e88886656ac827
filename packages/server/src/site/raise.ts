import type { SqlEntityManager } from '@mikro-orm/sql'
import { give } from '../attachment/attach.js'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { dayOf, instant } from '../shared/days.js'
import type { SignedIn } from '../shared/context.js'
import { found } from '../hazard/found.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { markRecurring } from '../hazard/recurring.js'
import * as may from '../hazard/rights.js'
import { hazardRules } from '../hazard/rules.js'
import { HazardFactor, HazardSeverity, HazardSource, ManageType } from '../hazard/terms.js'

type HazardFacts = Parameters<typeof found>[4]
type Told = Pick<HazardFacts, 'description' | 'place'> & Partial<HazardFacts>

/**
 * A hazard out of what another record says: a bad item, a violation, a missing sign. A general one; who may, makes it a major
 * one afterwards. Photos are carried over as files of its own that share the bytes.
 */
export async function raise(em: SqlEntityManager, { actor, now }: SignedIn, firm: Enterprise, told: Told, photos: readonly Attachment[] = []): Promise<Hazard> {
  const facts = {
    ...{
      factor: HazardFactor.ENVIRONMENT,
      severity: HazardSeverity.GENERAL,
      manageType: ManageType.DEADLINE,
      foundOn: dayOf(now),
      source: sourceOf(actor.role),
    },
    ...told,
  } as HazardFacts
  const hazard = await found(em, actor, now, firm, facts)
  for (const photo of photos) {
    const { name, mime, bytes, sha256, uploadedBy, width, height, division } = photo
    const copy = Object.assign(new Attachment(), { name, mime, bytes, sha256, uploadedBy, division, createdAt: instant(now) })
    if (width != null) copy.width = width
    if (height != null) copy.height = height
    give(copy, hazard, AttachmentPurpose.BEFORE, 0)
    em.persist(copy)
  }
  hazard.photosBefore = photos.length
  await markRecurring(em, hazard, await hazardRules(em))
  if (may.register(actor, hazard)) hazard.register(actor, now)
  return hazard
}

function sourceOf(role: SignedIn['actor']['role']): HazardSource {
  if (role === 'VILLAGE') return HazardSource.GRID_PATROL
  return role === 'TOWN_OFFICE' || role === 'STATION' ? HazardSource.STATION_GUIDANCE : HazardSource.SELF_CHECK
}
