import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { isOpen } from '../hazard/terms.js'
import { linkedId } from '../shared/datum.js'
import { FiveSAudit, FiveSDimensionScore, FiveSScore } from '../site/fiveSAudit.entity.js'
import { judgePost, STANDARD_REQUIREMENTS } from '../site/postFacts.js'
import { recordsOf } from '../site/postRecords.js'
import { PostEvidence, PostStanding, SiteStanding } from '../site/postStanding.entity.js'
import { RiskNotice } from '../site/riskNotice.entity.js'
import { rollUp } from '../site/rollUp.js'
import { Sign, SignTask } from '../site/sign.entity.js'
import { SITE_RULE_KEYS, SITE_RULES, type SiteRules } from '../site/siteRules.js'
import { SixHavesCheck, SixHavesCount } from '../site/sixHaves.entity.js'
import { Violation } from '../site/violation.entity.js'
import type { Chapter, Told } from './chapters.js'
import { Random } from './random.js'
import { tellAudits } from './siteAudits.js'
import { SiteFirm } from './siteFirm.js'
import { tellEvidence, tellNotices, tellSigns, tellSixHaves, tellViolations } from './siteThings.js'

/** Enterprises that look after their site themselves every month, that the station sees every quarter, that are counted at all. */
const MONTHLY = 8
const QUARTERLY = 45
const COUNTED = 90
const DAY = 86_400_000

/** A year on site: audits, violations, six haves, signs, notices, and how each enterprise stands today. */
export const SITE_YEAR: Chapter = {
  things: [
    ...[FiveSAudit, FiveSDimensionScore, FiveSScore, Violation, SixHavesCheck, SixHavesCount, Sign, RiskNotice, SignTask],
    ...[PostEvidence, PostStanding, SiteStanding],
  ],
  tell({ world, firms }: Told): void {
    const by = <T extends { enterprise: unknown }>(rows: readonly T[]) => {
      const map = new Map<string, T[]>()
      for (const row of rows) map.set(linkedId(row.enterprise)!, [...(map.get(linkedId(row.enterprise)!) ?? []), row])
      return (id: string) => map.get(id) ?? []
    }
    const units = by(world.chronicle.all(Workshop))
    const posts = by(world.chronicle.all(Post))
    const hazards = by(world.chronicle.all(Hazard))
    firms.slice(0, COUNTED).forEach((firm, i) => {
      const { id, closedOn } = firm.enterprise
      if (closedOn || !posts(id).length) return
      tellSite(new SiteFirm(world, firm, new Random(`anbiao site ${i}`), units(id), posts(id), hazards(id)), i)
    })
  },
}

function tellSite(site: SiteFirm, i: number): void {
  const { random } = site
  const audits = tellAudits(site, { quarterly: i < QUARTERLY, monthly: i < MONTHLY })
  const violations = tellViolations(site, i < MONTHLY ? random.whole(4, 9) : random.whole(0, 2))
  const counts = random.percent(85) ? tellSixHaves(site) : []
  const signs = i < QUARTERLY ? tellSigns(site) : []
  if (i < QUARTERLY) tellNotices(site)
  const evidence = tellEvidence(site)
  judge(site, { audits, violations, counts, signs, evidence })
}

const RULES = Object.fromEntries(SITE_RULE_KEYS.map((key) => [key, SITE_RULES[key].standard])) as SiteRules

/** What the daily work found this morning. */
function judge(
  site: SiteFirm,
  records: Pick<Parameters<typeof recordsOf>[1], 'violations' | 'signs' | 'evidence'> & { audits: FiveSAudit[]; counts: SixHavesCount[] },
): void {
  const { today, world, posts } = site
  const past = { act: 'siteRestand', by: undefined, at: new Date(world.now.getTime() - DAY / 4), request: `siteRestand ${today}` }
  const audits = [...records.audits].sort((a, b) => (a.auditedOn < b.auditedOn ? 1 : -1))
  const late = site.hazards.filter(({ stage, dueOn }) => isOpen(stage) && dueOn && dueOn < today)
  const judged = posts.map((post) => ({
    post,
    result: judgePost(recordsOf(post, { ...records, audits, late }), STANDARD_REQUIREMENTS, today, RULES.sixHavesLeast),
  }))
  for (const { post, result } of judged) {
    const { needed, held, reached, reasons } = result
    const unit = site.units.find(({ id }) => id === linkedId(post.unit))
    site.add(PostStanding, past, { needed, held, reached, judgedOn: today, ...(reasons.length ? { reasons: reasons.join('；') } : {}) }, { unit, post })
  }
  const standing = rollUp({ audits, counts: records.counts, posts: judged }, RULES, new SiteStanding())
  site.add(SiteStanding, past, { ...standing, judgedOn: today })
}
