import type { Day } from '../shared/days.js'
import { addDays } from '../shared/days.js'
import type { FiveSAudit } from './fiveSAudit.entity.js'
import type { PostEvidence, PostRequirement } from './postStanding.entity.js'
import type { Sign } from './sign.entity.js'
import { PostFact, SignState } from './terms.js'
import type { Violation } from './violation.entity.js'
import { sixHavesResult, type Counted } from './sixHavesScoring.js'

/** Everything that is known of one post on one day, already picked out of the records of its enterprise. */
export interface PostRecords {
  evidence: readonly PostEvidence[]
  /** Persons at the post; null when nobody said. */
  headcount: number | null
  violations: readonly Violation[]
  /** The last audit that covered it: of its workshop, else of the whole enterprise. */
  audit: FiveSAudit | undefined
  counts: readonly Counted[]
  signs: readonly Sign[]
  lateHazards: number
}
type Reason = string | undefined
type Judge = (records: PostRecords, days: number | undefined, today: Day, least: number) => Reason

const latest = (evidence: readonly PostEvidence[], kind: string) =>
  evidence.filter((one) => one.kind === kind && !one.withdrawnOn).sort((a, b) => (a.heldOn < b.heldOn ? 1 : -1))[0]

const held =
  (kind: PostFact, missing: string): Judge =>
  ({ evidence }, days, today) => {
    const one = latest(evidence, kind)
    if (!one) return missing
    return days && addDays(one.heldOn, days) < today ? `${missing}（上次 ${one.heldOn}，已超过 ${days} 天）` : undefined
  }

/** Each says what is missing, or nothing. */
const JUDGES: Record<PostFact, Judge> = {
  CARD: held(PostFact.CARD, '岗位安全检查卡没有在用'),
  PROCEDURE: held(PostFact.PROCEDURE, '没有岗位操作规程'),
  TRAINED: (records, days, today, least) => {
    const missing = held(PostFact.TRAINED, '没有岗位培训记录')(records, days, today, least)
    if (missing) return missing
    const trained = latest(records.evidence, PostFact.TRAINED)!.persons
    return trained != null && records.headcount != null && trained < records.headcount ? `只培训了 ${trained} 人，在岗 ${records.headcount} 人` : undefined
  },
  NO_VIOLATION: ({ violations }, days, today) => {
    const open = violations.filter((one) => !one.voidedOn && !one.followedUpOn && (!days || addDays(one.foundOn, days) >= today))
    return open.length ? `有 ${open.length} 起“三违”没有办结` : undefined
  },
  FIVE_S: ({ audit }) => {
    if (audit?.passed == null) return '还没有5S审核'
    return audit.passed ? undefined : `${audit.auditedOn} 的5S审核 ${((audit.tenths ?? 0) / 10).toFixed(1)} 分，不合格`
  },
  SIX_HAVES: ({ counts }, _days, _today, least) => {
    if (!counts.length) return '还没有清点“六有”'
    const { achieved, missing } = sixHavesResult(counts, least)
    if (achieved === null) return undefined // nothing is required here
    return achieved ? undefined : `“六有”缺损 ${missing} 处`
  },
  SIGNS: ({ signs }, _days, today) => {
    const bad = signs.filter(({ state }) => state !== SignState.INTACT).length
    if (bad) return `${bad} 块安全标识破损或缺失`
    const late = signs.filter(({ nextCheckOn }) => nextCheckOn < today).length
    return late ? `${late} 块安全标识没有按期检查` : undefined
  },
  NO_LATE_HAZARD: ({ lateHazards }) => (lateHazards ? `有 ${lateHazards} 条隐患逾期未改` : undefined),
}

export interface PostResult {
  needed: number
  held: number
  reached: boolean
  reasons: string[]
}

/** 岗位达标 when every condition that counts is met; without any condition nobody is up to standard. */
export function judgePost(
  records: PostRecords,
  requirements: readonly Pick<PostRequirement, 'fact' | 'active' | 'days'>[],
  today: Day,
  least: number,
): PostResult {
  const asked = requirements.filter(({ active }) => active)
  const reasons = asked.flatMap(({ fact, days }) => JUDGES[fact](records, days, today, least) ?? [])
  return { needed: asked.length, held: asked.length - reasons.length, reached: asked.length > 0 && !reasons.length, reasons }
}

/** What the software ships with; the town changes it. */
export const STANDARD_REQUIREMENTS: readonly Pick<PostRequirement, 'fact' | 'active' | 'days'>[] = [
  { fact: PostFact.CARD, active: true },
  { fact: PostFact.TRAINED, active: true, days: 365 },
  { fact: PostFact.PROCEDURE, active: false },
  { fact: PostFact.NO_VIOLATION, active: true, days: 90 },
  { fact: PostFact.FIVE_S, active: true },
  { fact: PostFact.SIX_HAVES, active: false },
  { fact: PostFact.SIGNS, active: true },
  { fact: PostFact.NO_LATE_HAZARD, active: true },
]
