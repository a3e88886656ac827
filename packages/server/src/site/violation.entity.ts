import type { Ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Choice, Day, Facts, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { SITE_SCOPE, SitePlace } from './sitePlace.entity.js'
import { ViolationHandling, ViolationKind, ViolatorRole } from './terms.js'

@Facts('ViolationInput')
export abstract class ViolationFacts extends SitePlace {
  @Choice('类别', ViolationKind) kind!: ViolationKind
  @Text('地点', { max: 120 }) spot!: string
  @Choice('违章人员身份', ViolatorRole) violator!: ViolatorRole
  @Text('情况', { max: 500 }) what!: string
  @Day('发现日期') foundOn!: string
  @Choice('处理', ViolationHandling) handling!: ViolationHandling
}

/** 三违记录: who did it is said by his work, never by his name; there is no field for one (domain.md §9.5). */
@Thing('三违记录', { table: 'violation', scope: SITE_SCOPE })
export class Violation extends ViolationFacts {
  @Link('企业', () => Enterprise, { many: { name: 'violations', label: '三违记录' } }) enterprise!: Ref<Enterprise>
  @Text('编号', { max: 40, unique: true }) number!: string
  @Id('发现人账号') foundBy!: string
  @Text('发现人角色', { max: 20 }) foundByRole!: string
  @Text('发现单位', { max: 60 }) foundByUnit!: string
  @Whole('照片数') photos: number = 0
  @Day('跟进期限') followUpBy!: string
  @Text('跟进情况', { max: 500, nullable: true }) followUp?: string
  @Day('办结日期', { nullable: true }) followedUpOn?: string
  @Link('转成的隐患', () => Hazard, { nullable: true, many: { name: 'violations', label: '来自三违记录' } }) hazard?: Ref<Hazard>
  @Day('作废日期', { nullable: true }) voidedOn?: string
  @Text('作废原因', { nullable: true }) voidReason?: string
}
