import type { Ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Link, Text, Thing } from '../shared/datum.js'
import { SITE_SCOPE, SitePlace } from './sitePlace.entity.js'
import { RiskNoticeKind, SignState } from './terms.js'

@Facts('RiskNoticeInput')
export abstract class RiskNoticeFacts extends SitePlace {
  @Choice('形式', RiskNoticeKind) kind!: RiskNoticeKind
  @Text('名称', { max: 60 }) title!: string
  @Text('公告内容') content!: string
  @Text('位置', { max: 120 }) spot!: string
  @Day('设置日期') sinceOn!: string
}

/** 安全风险公告制度: boards and cards, where they hang, since when, and when they are looked at again. */
@Thing('风险公告', { table: 'risk_notice', scope: SITE_SCOPE })
export class RiskNotice extends RiskNoticeFacts {
  @Link('企业', () => Enterprise, { many: { name: 'riskNotices', label: '风险公告' } }) enterprise!: Ref<Enterprise>
  @Choice('状况', SignState) state: SignState = SignState.INTACT
  @Day('上次检查', { nullable: true }) checkedOn?: string
  @Day('下次检查') nextCheckOn!: string
  @Day('撤除日期', { nullable: true }) removedOn?: string
}
