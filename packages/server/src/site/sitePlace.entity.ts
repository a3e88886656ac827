import type { Ref } from '@mikro-orm/core'
import { ObjectType } from 'type-graphql'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Link, Lookup, Text } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/** Whose territory and trade a record of the site belongs to. */
@ObjectType('SiteGround', { simpleResolvers: true })
export abstract class SiteGround extends Recorded {
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
}

/** Where it stands beside its enterprise: the whole of it, a workshop or a post. */
@ObjectType('SitePlace', { simpleResolvers: true })
export abstract class SitePlace extends SiteGround {
  @Text('车间（部门）名称', { max: 60, nullable: true }) workshop?: string
  @Link('车间（部门）', () => Workshop, { nullable: true }) unit?: Ref<Workshop>
  @Link('岗位（班组）', () => Post, { nullable: true }) post?: Ref<Post>
}

export const SITE_SCOPE = { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } as const
