import type { Post } from '../enterprise/workshop.entity.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { linkedId } from '../shared/datum.js'
import type { FiveSAudit } from './fiveSAudit.entity.js'
import type { PostRecords } from './postFacts.js'
import type { PostEvidence } from './postStanding.entity.js'
import type { Sign } from './sign.entity.js'
import type { SixHavesCount } from './sixHaves.entity.js'
import type { Violation } from './violation.entity.js'

/** What an enterprise has on record, the latest audit first. */
interface Records {
  audits: readonly FiveSAudit[]
  counts: readonly SixHavesCount[]
  evidence: readonly PostEvidence[]
  violations: readonly Violation[]
  signs: readonly Sign[]
  late: readonly Hazard[]
}

/** The part of it that speaks of one post. */
export function recordsOf(post: Post, { audits, counts, evidence, violations, signs, late }: Records): PostRecords {
  const here = (row: { post?: unknown }) => linkedId(row.post) === post.id
  return {
    evidence: evidence.filter(here),
    headcount: post.headcount ?? null,
    violations: violations.filter(here),
    audit: audits.find((one) => linkedId(one.unit) === linkedId(post.unit)) ?? audits.find((one) => !one.unit),
    counts: countsOf(counts, post),
    signs: signs.filter(here),
    lateHazards: late.filter((hazard) => hazard.workshop === post.workshop && hazard.post === post.name).length,
  }
}

/** A post's own count; else its workshop's, in which it is included. */
function countsOf(counts: readonly SixHavesCount[], post: Post): SixHavesCount[] {
  const own = counts.filter((one) => linkedId(one.post) === post.id)
  return own.length ? own : counts.filter((one) => !one.post && linkedId(one.unit) === linkedId(post.unit))
}
