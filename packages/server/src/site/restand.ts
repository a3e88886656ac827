import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post } from '../enterprise/workshop.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { OPEN_STAGES } from '../hazard/terms.js'
import type { Actor } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { scopeOfRow } from '../shared/entry.js'
import { inScope } from '../shared/scope.js'
import { FiveSAudit } from './fiveSAudit.entity.js'
import { judgePost, type PostResult, STANDARD_REQUIREMENTS } from './postFacts.js'
import { recordsOf } from './postRecords.js'
import { PostEvidence, PostRequirement, PostStanding, SiteStanding } from './postStanding.entity.js'
import { rollUp } from './rollUp.js'
import { Sign } from './sign.entity.js'
import { SixHavesCount } from './sixHaves.entity.js'
import { type SiteRules, siteRules } from './siteRules.js'
import { Violation } from './violation.entity.js'

/** The records of an enterprise that its standing is computed from. */
export interface SiteRecords {
  audits: FiveSAudit[]
  counts: SixHavesCount[]
  posts: { post: Post; result: PostResult }[]
}

const ALL = { filters: false } as const
/** Only looked at: not kept by the unit of work, which would compare it all at its end. */
const SEEN = { ...ALL, disableIdentityMap: true } as const

/**
 * 岗位达标 → 企业达标: judged anew from the records, whoever changed one of them; written only where something is different.
 * Read past the scope, for a workshop's head moves the figure of the whole enterprise; the posts of other workshops he leaves
 * as they stand until somebody entitled, or the daily work, comes by.
 */
export async function restand(em: SqlEntityManager, by: Actor | undefined, now: Date, enterprise: Enterprise): Promise<void> {
  await em.flush()
  const today = dayOf(now)
  const rules = await siteRules(em)
  const of = { enterprise: enterprise.id }
  const audits = await em.find(FiveSAudit, { ...of, voidedOn: null }, { ...SEEN, orderBy: { auditedOn: 'desc', createdAt: 'desc' } })
  const counts = await em.find(SixHavesCount, { ...of, current: true }, SEEN)
  const posts = await judgePosts(em, enterprise.id, { audits, counts }, today, rules)
  const known = await em.find(PostStanding, of, ALL)
  const mine = (standing: PostStanding) => !by || inScope(by.scope, scopeOfRow(PostStanding, standing as never)!)
  for (const { post, result } of posts) {
    const standing = known.find((one) => linkedId(one.post) === post.id) ?? newStanding(post, now)
    if (!mine(standing)) continue
    takeResult(standing, result, today)
    em.persist(standing)
  }
  for (const gone of known) if (!posts.some(({ post }) => post.id === linkedId(gone.post)) && mine(gone)) em.remove(gone)
  const site = (await em.findOne(SiteStanding, of, ALL)) ?? newSite(enterprise, now)
  const next = rollUp({ audits, counts, posts }, rules, site)
  if (next) Object.assign(site, next, { judgedOn: today })
  em.persist(site)
}

function newStanding(post: Post, now: Date): PostStanding {
  const { enterprise, division, station, workshop, unit } = post
  const standing = Object.assign(new PostStanding(), { enterprise, division, workshop, unit, createdAt: instant(now) }, station ? { station } : {})
  standing.post = ref(post)
  return standing
}

function newSite(enterprise: Enterprise, now: Date): SiteStanding {
  const { division, station } = enterprise
  return Object.assign(new SiteStanding(), { enterprise: ref(enterprise), division, createdAt: instant(now), judgedOn: dayOf(now) }, station ? { station } : {})
}

function takeResult(standing: PostStanding, { needed, held, reached, reasons }: PostResult, today: Day): void {
  const said = reasons.join('；') || undefined
  if (standing.needed === needed && standing.held === held && standing.reached === reached && (standing.reasons ?? undefined) === said) return
  Object.assign(standing, { needed, held, reached, judgedOn: today })
  if (said) standing.reasons = said
  else delete standing.reasons
}

async function judgePosts(
  em: SqlEntityManager,
  enterprise: string,
  known: Pick<SiteRecords, 'audits' | 'counts'>,
  today: Day,
  rules: SiteRules,
): Promise<SiteRecords['posts']> {
  const posts = await em.find(Post, { enterprise, endedOn: null }, ALL)
  if (!posts.length) return []
  const kept = await em.findAll(PostRequirement, SEEN)
  const open = await em.find(Hazard, { enterprise, stage: { $in: [...OPEN_STAGES] } }, SEEN)
  const records = {
    ...known,
    evidence: await em.find(PostEvidence, { enterprise, withdrawnOn: null }, SEEN),
    violations: await em.find(Violation, { enterprise, voidedOn: null, followedUpOn: null }, SEEN),
    signs: await em.find(Sign, { enterprise, removedOn: null }, SEEN),
    late: open.filter(({ dueOn }) => dueOn && dueOn < today),
  }
  const requirements = kept.length ? kept : STANDARD_REQUIREMENTS
  return posts.map((post) => ({ post, result: judgePost(recordsOf(post, records), requirements, today, rules.sixHavesLeast) }))
}
