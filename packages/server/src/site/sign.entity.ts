import type { Ref } from '@mikro-orm/core'
import { Index } from '@mikro-orm/decorators/legacy'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Choice, Day, Facts, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { RiskNotice } from './riskNotice.entity.js'
import { SITE_SCOPE, SitePlace } from './sitePlace.entity.js'
import { SignClass, SignState, SignTaskKind, SignTaskStage, SixHave } from './terms.js'

@Facts('SignInput')
export abstract class SignFacts extends SitePlace {
  @Choice('类别', SignClass) kind!: SignClass
  @Text('内容', { max: 60 }) text!: string
  @Text('位置', { max: 120 }) spot!: string
  @Text('标准', { max: 40 }) edition!: string
  @Day('设置日期') setOn!: string
}

/** 安全标识台账: one sign of the four classes, with what a check last found (domain.md §6.3). */
@Thing('安全标识', { table: 'sign', scope: SITE_SCOPE })
export class Sign extends SignFacts {
  @Link('企业', () => Enterprise, { many: { name: 'signs', label: '安全标识' } }) enterprise!: Ref<Enterprise>
  /** Warning 1, prohibition 2, mandatory 3, information 4: from left to right or top to bottom. */
  @Whole('悬挂次序') hangs!: number
  @Choice('状况', SignState) state: SignState = SignState.INTACT
  @Day('上次检查', { nullable: true }) checkedOn?: string
  @Day('下次检查') nextCheckOn!: string
  @Day('拆除日期', { nullable: true }) removedOn?: string
}

/** 现场任务: what is missing or damaged, by when and by whom; done by somebody, or made a hazard of. */
@Thing('现场任务', { table: 'sign_task', scope: SITE_SCOPE })
@Index({ properties: ['stage', 'dueOn'] })
export class SignTask extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'signTasks', label: '现场任务' } }) enterprise!: Ref<Enterprise>
  @Choice('由来', SignTaskKind) kind!: SignTaskKind
  @Choice('六有项目', SixHave, { nullable: true }) item?: SixHave
  @Link('安全标识', () => Sign, { nullable: true, many: { name: 'tasks', label: '现场任务' } }) sign?: Ref<Sign>
  @Link('风险公告', () => RiskNotice, { nullable: true, many: { name: 'tasks', label: '现场任务' } }) notice?: Ref<RiskNotice>
  @Text('要补什么', { max: 200 }) what!: string
  @Text('位置', { max: 120, nullable: true }) spot?: string
  @Whole('数量') many!: number
  @Text('责任岗位', { max: 60 }) responsible!: string
  @Day('提出日期') raisedOn!: string
  @Day('期限') dueOn!: string
  @Choice('状态', SignTaskStage) stage: SignTaskStage = SignTaskStage.OPEN
  @Id('办理人账号', { nullable: true }) doneBy?: string
  @Day('办理日期', { nullable: true }) doneOn?: string
  @Text('办理情况', { max: 500, nullable: true }) result?: string
  @Whole('照片数') photos: number = 0
  @Link('转成的隐患', () => Hazard, { nullable: true, many: { name: 'signTasks', label: '来自现场任务' } }) hazard?: Ref<Hazard>
}
