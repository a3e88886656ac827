import type { Ref } from '@mikro-orm/core'
import { Index, Property, Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Check } from '../inspection/check.entity.js'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Flag, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { DoubtKind, SampleCause, SampleVerdict } from './terms.js'

// `insider` is never filled: it is the scope column of the enterprises, whose accounts so find no score of their own.
const SCOPE = { division: 'division', station: 'station', enterprise: 'insider' } as const

/** 疑似敷衍: how much one self-check or one rectification looks as if nobody had meant it, and why. It blocks nothing. */
@Thing('疑似敷衍评分', { table: 'doubt', scope: SCOPE })
@Index({ properties: ['division', 'doneOn'] })
@Index({ properties: ['textKey', 'enterprise'] })
export class Doubt extends Recorded {
  @Choice('记录种类', DoubtKind) kind!: DoubtKind
  @Link('检查记录', () => Check, { nullable: true }) check?: Ref<Check>
  @Link('隐患', () => Hazard, { nullable: true }) hazard?: Ref<Hazard>
  @Whole('整改轮次') round: number = 0
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('可见的企业（始终为空：企业看不到评分）', { nullable: true }) insider?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Id('填写人账号', { nullable: true }) writtenBy?: string
  @Day('日期') doneOn!: string
  @Instant('评分时间') judgedAt!: string
  @Whole('可疑分') score!: number
  @Flag('疑似敷衍') doubtful!: boolean
  @Text('理由') reasons!: string
  /** Codes of the rules that spoke, with blanks between. */
  @Text('规则', { max: 120 }) rules!: string
  /** Hash of the text without case, blanks and marks: finds the same words elsewhere without reading them. */
  @Property({ type: 'string', length: 64, nullable: true, hidden: true }) textKey?: string
}

/** 抽查名单: one entry that somebody looks at on the spot, because it is doubtful or by lot. */
@Thing('敷衍抽查', { table: 'doubt_sample', scope: SCOPE })
@Unique({ properties: ['doubt'] })
@Index({ properties: ['division', 'month'] })
export class DoubtSample extends Recorded {
  @Link('疑似敷衍评分', () => Doubt, { many: { name: 'samples', label: '抽查' } }) doubt!: Ref<Doubt>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('可见的企业（始终为空：企业看不到抽查）', { nullable: true }) insider?: string
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Text('月份', { max: 7 }) month!: string
  @Whole('名次') rank!: number
  @Choice('抽中原因', SampleCause) cause!: SampleCause
  @Choice('核查结论', SampleVerdict, { nullable: true }) verdict?: SampleVerdict
  @Text('核查说明', { nullable: true }) remark?: string
  @Id('核查人', { nullable: true }) lookedBy?: string
  @Instant('核查时间', { nullable: true }) lookedAt?: string

  /** 登记核查结论; whoever thinks again later may say so, with his reason. */
  look(by: Actor, at: Date, verdict: SampleVerdict, remark: string): void {
    const own = by.role === 'TOWN_OFFICE' || (by.role === 'STATION' && this.station === by.station)
    if (!own) throw forbidden('这条抽查不由您核查')
    if (!remark.trim()) throw new Refusal('MISSING', '请写明现场看到的情况', { field: 'remark' })
    this.verdict = verdict
    this.remark = remark.trim()
    this.lookedBy = by.id
    this.lookedAt = instant(at)
  }
}
