import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Float } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Derived, Flag, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { AuditKind, PostEvidenceKind, PostFact, SiteGrade } from './terms.js'
import { tenths } from './fiveSAudit.entity.js'
import { SITE_SCOPE, SiteGround, SitePlace } from './sitePlace.entity.js'

/** What a post must show to be up to standard (岗位达标): which facts count is data of the town. */
@Thing('岗位达标条件', { table: 'post_requirement', scope: 'open' })
export class PostRequirement extends Recorded {
  @Choice('条件', PostFact, { unique: true }) fact!: PostFact
  @Flag('计入') active!: boolean
  /** Of a training: how long it holds; of violations: how far back is looked. */
  @Whole('天数', { nullable: true }) days?: number
}

/** 岗位达标的证明: the card is in use, the people are trained, the procedure hangs at the post. */
@Thing('岗位证明', { table: 'post_evidence', scope: SITE_SCOPE })
export class PostEvidence extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'postEvidences', label: '岗位证明' } }) enterprise!: Ref<Enterprise>
  @Choice('证明', PostEvidenceKind) kind!: PostEvidenceKind
  @Day('日期') heldOn!: string
  @Whole('人数', { nullable: true }) persons?: number
  @Text('说明', { max: 200, nullable: true }) note?: string
  @Id('登记人账号') recordedBy!: string
  @Day('撤回日期', { nullable: true }) withdrawnOn?: string
}

/** 岗位达标: computed from the records, with the reason of each missing point. */
@Thing('岗位达标情况', { table: 'post_standing', scope: SITE_SCOPE })
@Unique({ properties: ['post'] })
export class PostStanding extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'postStandings', label: '岗位达标情况' } }) enterprise!: Ref<Enterprise>
  @Flag('达标') reached!: boolean
  @Whole('条件数') needed!: number
  @Whole('已具备') held!: number
  @Text('未达标的原因', { nullable: true }) reasons?: string
  @Day('计算日期') judgedOn!: string
}

/** 企业现场达标: 5S, six haves and the roll-up of its posts, one row for each enterprise. */
@Thing('现场达标情况', { table: 'site_standing', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['enterprise'] })
export class SiteStanding extends SiteGround {
  @Link('企业', () => Enterprise, { many: { name: 'siteStandings', label: '现场达标情况' } }) enterprise!: Ref<Enterprise>
  @Day('5S审核日期', { nullable: true }) auditedOn?: string
  @Choice('5S审核类别', AuditKind, { nullable: true }) auditKind?: AuditKind
  @Whole('5S得分（十分之一分）', { nullable: true }) auditTenths?: number
  @Derived('5S得分', () => Float, ['auditTenths'], (row) => tenths(row['auditTenths']), { nullable: true }) auditScore?: number
  @Choice('5S等级', SiteGrade, { nullable: true }) auditGrade?: SiteGrade
  @Flag('5S达标', { nullable: true }) auditPassed?: boolean
  @Day('六有清点日期', { nullable: true }) countedOn?: string
  @Whole('六有率（十分之一个百分点）', { nullable: true }) sixHavesTenths?: number
  @Derived('六有率（%）', () => Float, ['sixHavesTenths'], (row) => tenths(row['sixHavesTenths']), { nullable: true }) sixHavesRate?: number
  @Flag('六有达标', { nullable: true }) sixHavesAchieved?: boolean
  @Whole('六有缺损数') sixHavesMissing: number = 0
  @Whole('岗位数') posts: number = 0
  @Whole('达标岗位数') postsReached: number = 0
  @Flag('岗位全部（或所定比例）达标', { nullable: true }) postsPassed?: boolean
  @Flag('现场达标', { nullable: true }) reached?: boolean
  @Text('未达标的原因', { nullable: true }) reasons?: string
  @Day('计算日期') judgedOn!: string
}
