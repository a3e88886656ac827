import { linkedId } from '../shared/datum.js'
import type { FiveSAudit } from './fiveSAudit.entity.js'
import type { SiteStanding } from './postStanding.entity.js'
import type { SiteRecords } from './restand.js'
import type { SiteRules } from './siteRules.js'
import { sixHavesResult } from './sixHavesScoring.js'
import { AuditKind } from './terms.js'

type Judged = Pick<
  SiteStanding,
  'auditedOn' | 'auditKind' | 'auditTenths' | 'auditGrade' | 'auditPassed' | 'sixHavesTenths' | 'sixHavesAchieved' | 'postsPassed' | 'reached' | 'reasons'
> &
  Pick<SiteStanding, 'sixHavesMissing' | 'posts' | 'postsReached'>

/** What the enterprise as a whole stands at; undefined when nothing is different from before. */
export function rollUp(
  { audits, counts, posts }: SiteRecords,
  rules: SiteRules,
  before: SiteStanding,
): { [K in keyof Judged]: Judged[K] | undefined } | undefined {
  const audit = countingAudit(audits, rules)
  const six = sixHavesResult(counts, rules.sixHavesLeast)
  const reachedPosts = posts.filter(({ result }) => result.reached).length
  const postsPassed = posts.length ? reachedPosts * 100 >= posts.length * rules.postShare : undefined
  const reasons = [
    ...(audit?.passed == null ? ['还没有5S审核'] : audit.passed ? [] : [`5S审核不合格（${audit.auditedOn}）`]),
    ...(six.achieved === null ? ['还没有清点“六有”'] : six.achieved ? [] : [`“六有”缺损 ${six.missing} 处`]),
    ...(postsPassed === undefined ? ['还没有登记岗位'] : postsPassed ? [] : [`${posts.length} 个岗位中 ${reachedPosts} 个达标`]),
  ]
  // An enterprise that nobody has looked at yet is neither.
  const assessed = audit?.passed != null || six.achieved !== null
  const after = {
    ...{ auditedOn: audit?.auditedOn, auditKind: audit?.kind, auditTenths: audit?.tenths ?? undefined, auditGrade: audit?.grade ?? undefined },
    auditPassed: audit?.passed ?? undefined,
    ...{ sixHavesTenths: six.tenths ?? undefined, sixHavesAchieved: six.achieved ?? undefined, sixHavesMissing: six.missing },
    ...{ posts: posts.length, postsReached: reachedPosts, postsPassed },
    reached: assessed ? !reasons.length : undefined,
    reasons: reasons.join('；') || undefined,
  }
  return Object.entries(after).some(([key, value]) => (before[key as keyof Judged] ?? undefined) !== value) ? after : undefined
}

/**
 * The audit by which the enterprise is judged: the last one of its station, of the whole enterprise before one of a workshop;
 * without any, its own last one, where the town lets that count.
 */
export function countingAudit(audits: readonly FiveSAudit[], rules: Pick<SiteRules, 'ownAuditCounts'>): FiveSAudit | undefined {
  const official = audits.filter(({ kind }) => kind === AuditKind.STATION)
  const own = rules.ownAuditCounts ? audits.filter(({ kind }) => kind === AuditKind.ENTERPRISE) : []
  const first = (some: readonly FiveSAudit[]) => some.find((one) => !linkedId(one.unit)) ?? some[0]
  return first(official) ?? first(own)
}
