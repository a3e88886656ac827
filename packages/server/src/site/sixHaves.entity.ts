import type { Ref } from '@mikro-orm/core'
import { Index } from '@mikro-orm/decorators/legacy'
import { Float } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Derived, Flag, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { tenths } from './fiveSAudit.entity.js'
import { SITE_SCOPE, SitePlace } from './sitePlace.entity.js'
import { SixHave } from './terms.js'

/** One count of the six haves at one place: the whole enterprise, a workshop or a post (domain.md §6.2). */
@Thing('六有清点', { table: 'six_haves_check', scope: SITE_SCOPE })
@Index({ properties: ['enterprise', 'countedOn'] })
export class SixHavesCheck extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'sixHavesChecks', label: '六有清点' } }) enterprise!: Ref<Enterprise>
  @Day('清点日期') countedOn!: string
  @Id('清点人账号') countedBy!: string
  @Text('清点单位', { max: 60 }) countedByUnit!: string
  @Whole('六有率（十分之一个百分点）', { nullable: true }) tenths?: number
  @Derived('六有率（%）', () => Float, ['tenths'], (row) => tenths(row['tenths']), { nullable: true }) rate?: number
  @Flag('达标', { nullable: true }) achieved?: boolean
  @Whole('达标线（%），当时所设') least!: number
  @Whole('缺损数') missing!: number
  @Text('备注', { nullable: true }) remark?: string
  @Flag('该处最近一次') current!: boolean
}

@Thing('六有项目', { table: 'six_haves_count', scope: SITE_SCOPE })
export class SixHavesCount extends SitePlace {
  @Link('企业', () => Enterprise, { many: { name: 'sixHavesCounts', label: '六有项目' } }) enterprise!: Ref<Enterprise>
  @Link('六有清点', () => SixHavesCheck, { many: { name: 'counts', label: '六有项目' } }) check!: Ref<SixHavesCheck>
  @Choice('项目', SixHave) item!: SixHave
  @Whole('应有') required!: number
  @Whole('完好') intact!: number
  @Whole('缺损') missing!: number
  @Text('说明', { max: 200, nullable: true }) note?: string
  @Flag('该处最近一次') current!: boolean
}
