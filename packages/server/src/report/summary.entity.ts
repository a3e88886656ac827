import { createHash } from 'node:crypto'
import { Index, Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Derived, Flag, Id, Instant, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { dayOf, type Day as DayText, instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { SummaryAct, summaryActs } from './acts.js'
import { boundsOf } from './period.js'
import * as may from './rights.js'
import { NEXT, SIGNED, STATE_NAME, SummaryKind, SummaryLevel, SummaryStanding, SummaryState } from './terms.js'

const { SUBMITTED, RETURNED, ACCEPTED } = SummaryState
const MOST_TEXT = 5_000

/** What stands in a summary below when the one above is signed, and why one that has not been accepted is left out. */
export interface Below {
  summary: string
  unitName: string
  state: SummaryState
  late: boolean
  submittedAt: string | null
  /** Named as missing, with this reason. */
  reason: string | null
}
export interface Signing {
  /** The figures as JSON, as of `asOf`. */
  figures: string
  asOf: string
  below: readonly Below[]
}

/**
 * 工作总结: one unit's month or year. Its figures are those of the facts at the instant of signing, kept with it and with
 * a hash; a level signs after all below it have been accepted, or names those that have not (domain.md §7.7).
 */
@Thing('工作总结', { table: 'summary', scope: { division: 'division', station: 'station', enterprise: 'enterpriseId' } })
@Unique({ properties: ['division', 'level', 'kind', 'period', 'unit'] })
@Index({ properties: ['kind', 'period', 'state'] })
export class Summary extends Recorded {
  @Choice('层级', SummaryLevel) level!: SummaryLevel
  @Choice('月度或年度', SummaryKind) kind!: SummaryKind
  @Text('期间', { max: 7, index: true }) period!: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  /** Always empty: so that no account of an enterprise finds a summary by whatever path. */
  @Id('企业', { nullable: true, shown: false }) enterpriseId?: string
  /** The station's code, or the division's: of one unit there is one summary a period. */
  @Text('报送单位（代码）', { max: 40 }) unit!: string
  @Text('报送单位', { max: 60, index: true }) unitName!: string
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Day('报送期限') dueOn!: string
  @Choice('状态', SummaryState) state: SummaryState = SummaryState.DRAFT
  @Text('典型做法', { nullable: true, personal: true }) practice?: string
  @Text('存在问题', { nullable: true, personal: true }) problems?: string
  @Text('下一步打算', { nullable: true, personal: true }) nextPlan?: string
  @Text('长效机制', { nullable: true, personal: true }) mechanism?: string
  @Text('2.0 版本工作', { nullable: true, personal: true }) upgrade?: string
  @Text('填报人', { max: 40, nullable: true, personal: true }) fillerName?: string
  @Id('报送人账号', { nullable: true, filter: false }) submittedBy?: string
  @Instant('首次报送时间', { nullable: true }) firstSubmittedAt?: string
  @Instant('报送时间', { nullable: true }) submittedAt?: string
  @Flag('逾期报送') late: boolean = false
  @Instant('统计时点', { nullable: true }) asOf?: string
  /** Frozen with the signature; the page shows them line by line (summarySheet). */
  @Text('统计数（报送时）', { nullable: true, shown: false }) figures?: string
  @Text('下级报送情况（报送时）', { nullable: true, shown: false }) below?: string
  @Text('校验（SHA-256）', { max: 64, nullable: true, filter: false }) sha256?: string
  @Text('退回原因', { nullable: true }) returnReason?: string
  @Id('审核人账号', { nullable: true, filter: false }) acceptedBy?: string
  @Instant('审核时间', { nullable: true }) acceptedAt?: string
  @Whole('退回次数') returns: number = 0
  @Whole('更正次数') corrections: number = 0
  @Whole('催报次数') chases: number = 0
  @Derived('报送情况', () => SummaryStanding, ['state', 'late', 'dueOn', 'firstSubmittedAt'], (row, { now }) => standingOn(row as never, dayOf(now)))
  standing?: SummaryStanding
  @Derived('我可以办理', () => [SummaryAct], ['level', 'division', 'station', 'state'], (row, { actor }) =>
    actor ? summaryActs(actor, row as unknown as Summary) : [],
  )
  acts?: SummaryAct[]

  /** 填写: the words that no fact can give. */
  write(by: Actor, said: SummaryWords): void {
    this.needOwn(by)
    this.needStep(SUBMITTED, '修改')
    for (const name of WORDS) if (said[name] !== undefined) this.take(name, said[name], MOST_TEXT)
    if (said.fillerName !== undefined) this.take('fillerName', said.fillerName, 40)
  }

  /** 报送: figures and instant are frozen; late is who first reports after the last day. */
  submit(by: Actor, at: Date, { figures, asOf, below }: Signing): void {
    this.needOwn(by)
    this.needStep(SUBMITTED, '报送')
    if (dayOf(at) < boundsOf(this).first) throw new Refusal('PERIOD_FUTURE', '这个期间还没有开始，不能报送')
    if (!this.fillerName) this.fillerName = by.name.slice(0, 40)
    if (!this.firstSubmittedAt) {
      this.firstSubmittedAt = instant(at)
      this.late = dayOf(at) > this.dueOn
    }
    Object.assign(this, { state: SUBMITTED, submittedAt: instant(at), submittedBy: by.id, figures, asOf })
    this.below = JSON.stringify(below)
    delete this.returnReason
    this.sha256 = hashOf(this)
  }

  accept(by: Actor, at: Date): void {
    this.needJudge(by)
    this.needStep(ACCEPTED, '审核')
    Object.assign(this, { state: ACCEPTED, acceptedBy: by.id, acceptedAt: instant(at) })
  }

  /** 退回, and for one that had been accepted 重开: its figures stay as they were signed until it is signed again. */
  giveBack(by: Actor, reason: string, reopen: boolean): void {
    this.needJudge(by)
    if (this.state !== (reopen ? ACCEPTED : SUBMITTED)) throw this.wrongState(reopen ? '重开' : '退回')
    const said = reason.trim()
    if (said.length < 2) throw new Refusal('MISSING', '请写明原因', { field: 'reason' })
    this.state = RETURNED
    this.returnReason = said
    this.returns += 1
    delete this.acceptedAt
    delete this.acceptedBy
  }

  needOwn(by: Actor): void {
    if (!may.write(by, this)) throw forbidden('工作总结由本单位填写和报送')
  }

  private needJudge(by: Actor): void {
    if (!may.judge(by, this)) throw forbidden(this.level === SummaryLevel.TOWN ? '镇的总结由县里审核、退回、重开' : '站所和村的总结由镇安办审核、退回、重开')
  }

  private needStep(to: SummaryState, what: string): void {
    // Out of ACCEPTED leads only the door of the level above (giveBack).
    if (!NEXT[this.state].includes(to) || (this.state === ACCEPTED && to === RETURNED)) throw this.wrongState(what)
  }

  private wrongState(what: string): Refusal {
    return new Refusal('WRONG_STAGE', `这份总结${STATE_NAME[this.state]}，不能${what}`)
  }

  private take(name: keyof SummaryWords, value: string | null, most: number): void {
    const kept = value?.trim() ?? ''
    if (kept.length > most) throw new Refusal('TOO_LONG', `最多 ${most} 字`, { field: name })
    if (kept) this[name] = kept
    else delete this[name]
  }
}

export const WORDS = ['practice', 'problems', 'nextPlan', 'mechanism', 'upgrade'] as const
export type SummaryWords = { [name in (typeof WORDS)[number] | 'fillerName']?: string | null }

/** Over everything that was signed. */
export const hashOf = (of: Summary): string =>
  createHash('sha256')
    .update(JSON.stringify([of.level, of.unit, of.division, of.kind, of.period, of.asOf, of.figures, of.below, ...WORDS.map((name) => of[name] ?? null)]))
    .digest('hex')

export function standingOn(
  { state, late, dueOn, firstSubmittedAt }: Pick<Summary, 'state' | 'late' | 'dueOn' | 'firstSubmittedAt'>,
  today: DayText,
): SummaryStanding {
  if (state === RETURNED) return SummaryStanding.RETURNED
  if (firstSubmittedAt) return late ? SummaryStanding.LATE : SummaryStanding.ON_TIME
  return dueOn < today ? SummaryStanding.MISSING : SummaryStanding.COMING
}

export const isSigned = ({ state }: Pick<Summary, 'state'>): boolean => SIGNED.includes(state)
