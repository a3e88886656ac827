import type { Ref } from '@mikro-orm/core'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { dayOf, instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { Campaign } from './campaign.entity.js'
import { NominationKind, NominationStage } from './terms.js'

const { DRAFT, SUBMITTED, ACCEPTED, RETURNED } = NominationStage
const SHORTEST = 20

/** 标杆企业、示范岗位: nominated by the station with what others can learn, collected by the town office (the plan's second phase). */
@Thing('典型推荐', { table: 'nomination', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class Nomination extends Recorded {
  @Link('专项行动', () => Campaign, { many: { name: 'nominations', label: '典型推荐' } }) campaign!: Ref<Campaign>
  @Choice('类别', NominationKind) kind!: NominationKind
  @Choice('状态', NominationStage) stage: NominationStage = DRAFT
  @Link('企业', () => Enterprise, { many: { name: 'nominations', label: '典型推荐' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Link('车间', () => Workshop, { nullable: true }) unit?: Ref<Workshop>
  @Link('岗位', () => Post, { nullable: true }) post?: Ref<Post>
  @Text('推荐标题', { max: 80 }) title!: string
  @Text('经验做法') experience!: string
  @Whole('照片数') photos: number = 0
  @Id('推荐人', { filter: false }) nominatedBy!: string
  @Instant('上报时间', { nullable: true }) submittedAt?: string
  @Id('审核人', { nullable: true, filter: false }) decidedBy?: string
  @Instant('审核时间', { nullable: true }) decidedAt?: string
  @Text('审核意见', { max: 200, nullable: true, filter: false }) remark?: string

  describe(title: string, experience: string): void {
    this.needOpen()
    if (!title.trim() || title.trim().length > 80) throw new Refusal('MISSING', '请填写推荐标题，最多 80 个字', { field: 'title' })
    if (experience.trim().length < SHORTEST) throw new Refusal('TOO_SHORT', `经验做法至少写 ${SHORTEST} 个字，说明怎么做、效果怎样`, { field: 'experience' })
    this.title = title.trim()
    this.experience = experience.trim()
  }

  submit(at: Date): void {
    this.needOpen()
    if (!this.photos) throw new Refusal('PHOTO_MISSING', '请至少上传一张现场照片', { field: 'photos' })
    this.stage = SUBMITTED
    this.submittedAt = instant(at)
    delete this.remark
  }

  decide(by: Actor, at: Date, accepted: boolean, remark: string): void {
    if (by.role !== 'TOWN_OFFICE') throw forbidden('推荐由镇安办汇总审核')
    if (this.stage !== SUBMITTED) throw new Refusal('WRONG_STAGE', '这份推荐不在待审核状态')
    if (!accepted && !remark.trim()) throw new Refusal('MISSING', '请写明退回原因', { field: 'remark' })
    this.stage = accepted ? ACCEPTED : RETURNED
    this.decidedBy = by.id
    this.decidedAt = instant(at)
    if (remark.trim()) this.remark = remark.trim().slice(0, 200)
  }

  needOpen(): void {
    if (this.stage !== DRAFT && this.stage !== RETURNED) throw new Refusal('WRONG_STAGE', '这份推荐已经上报，不能再改')
  }
}

/**
 * 先进典型: what was accepted, for everybody to learn from. A copy of its own, without persons, numbers or phones, so that
 * reading it opens no door to the enterprise's records.
 */
@Thing('先进典型', { table: 'showcase', scope: 'open' })
export class Showcase extends Recorded {
  @Link('专项行动', () => Campaign, { many: { name: 'showcases', label: '先进典型' } }) campaign!: Ref<Campaign>
  @Link('典型推荐', () => Nomination, { many: { name: 'showcases', label: '公布' } }) nomination!: Ref<Nomination>
  @Choice('类别', NominationKind) kind!: NominationKind
  @Text('镇（区划代码）', { max: 12, index: true }) division!: string
  @Text('企业', { max: 120 }) enterpriseName!: string
  @Text('所属村', { max: 40 }) villageName!: string
  @Text('行业主管站所', { max: 40, nullable: true }) stationName?: string
  @Text('行业', { max: 40, nullable: true }) trade?: string
  @Text('岗位', { max: 120, nullable: true }) postName?: string
  @Text('标题', { max: 80 }) title!: string
  @Text('经验做法') experience!: string
  @Day('公布日期') publishedOn!: string

  static of(nomination: Nomination, at: Date, names: Pick<Showcase, 'enterpriseName' | 'villageName' | 'division'> & Partial<Showcase>): Showcase {
    const { kind, title, experience, campaign } = nomination
    return Object.assign(new Showcase(), { kind, title, experience, campaign, publishedOn: dayOf(at), createdAt: instant(at), ...names })
  }
}
