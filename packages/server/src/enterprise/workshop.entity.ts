import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Day, Facts, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Enterprise } from './enterprise.entity.js'

@Facts('WorkshopInput')
export abstract class WorkshopFacts extends Recorded {
  @Text('车间（部门）名称', { max: 60 }) name!: string
  @Text('负责人', { max: 40, nullable: true, personal: true }) headName?: string
}

/** 车间（部门）: level two inside an enterprise. Its name is what its people's accounts and its records are scoped by. */
@Thing('车间（部门）', { table: 'workshop', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'name' } })
@Unique({ properties: ['enterprise', 'name'] })
export class Workshop extends WorkshopFacts {
  @Link('企业', () => Enterprise, { many: { name: 'workshops', label: '车间（部门）' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Day('撤销日期', { nullable: true }) endedOn?: string
}

@Facts('PostInput')
export abstract class PostFacts extends Recorded {
  @Text('岗位（班组）名称', { max: 60 }) name!: string
  @Whole('在岗人数', { nullable: true }) headcount?: number
}

/** 岗位（班组）: level three; the seed's post and team are one (domain.md §3.6). */
@Thing('岗位（班组）', { table: 'post', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
@Unique({ properties: ['unit', 'name'] })
export class Post extends PostFacts {
  @Link('企业', () => Enterprise, { many: { name: 'posts', label: '岗位（班组）' } }) enterprise!: Ref<Enterprise>
  @Link('车间（部门）', () => Workshop, { many: { name: 'posts', label: '岗位（班组）' } }) unit!: Ref<Workshop>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Text('车间（部门）名称', { max: 60 }) workshop!: string
  @Day('撤销日期', { nullable: true }) endedOn?: string
}
