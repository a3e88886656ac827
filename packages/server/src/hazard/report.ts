import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { attachPhotos } from '../attachment/attach.js'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import type { SignedIn } from '../shared/context.js'
import { found } from './found.js'
import type { Hazard } from './hazard.entity.js'
import type { HazardFacts } from './hazardFacts.js'
import { criterionOf } from './load.js'
import { markRecurring } from './recurring.js'
import { remindOfMajor } from './remind.js'
import * as may from './rights.js'
import { hazardRules } from './rules.js'
import { HazardSeverity } from './terms.js'

export interface Reported {
  facts: HazardFacts
  /** Uploads of the reporter: what it looks like before it is put right. */
  photos?: string[] | null | undefined
  /** 判定条款 of a major hazard, by its id. */
  criterion?: string | null | undefined
}

/** A hazard that a person reports by its form, wherever the form stands; registered at once when the reporter may. */
export async function reportHazard(
  em: SqlEntityManager,
  { actor, now }: SignedIn,
  enterprise: Enterprise,
  { facts, photos, criterion: id }: Reported,
): Promise<Hazard> {
  const hazard = await found(em, actor, now, enterprise, facts)
  const criterion = await criterionOf(em, id ?? undefined)
  if (criterion) hazard.criterion = ref(criterion)
  hazard.photosBefore = await attachPhotos(em, hazard, photos ?? [], AttachmentPurpose.BEFORE, 0, actor)
  await markRecurring(em, hazard, await hazardRules(em))
  if (may.register(actor, hazard)) hazard.register(actor, now, criterion)
  if (hazard.severity === HazardSeverity.MAJOR) remindOfMajor(em, hazard, now)
  return hazard
}
