import type { Ref } from '@mikro-orm/core'
import { Property } from '@mikro-orm/decorators/legacy'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Day, Derived, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/** 岗位卡片: the QR code at a post. It opens for its own people when they have signed in, or with the post's shared PIN; never for the world. */
@Thing('岗位卡片', { table: 'post_card', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
export class PostCard extends Recorded {
  @Link('岗位', () => Post, { many: { name: 'cards', label: '岗位卡片' } }) post!: Ref<Post>
  @Link('企业', () => Enterprise, { many: { name: 'postCards', label: '岗位卡片' } }) enterprise!: Ref<Enterprise>
  @Link('车间', () => Workshop, { nullable: true }) unit?: Ref<Workshop>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60 }) workshop!: string
  /** Printed in the QR code: it leads to the card and opens nothing by itself. */
  @Text('卡片地址码', { max: 40, unique: true }) token!: string
  @Property({ type: 'string', length: 255, nullable: true, hidden: true }) pinHash?: string
  @Whole('口令版次') pinEdition: number = 0
  @Instant('口令设定时间', { nullable: true }) pinSetAt?: string
  @Day('口令有效期至', { nullable: true }) pinExpiresOn?: string
  @Instant('停用时间', { nullable: true }) revokedAt?: string
  @Derived('卡片地址', () => String, ['token'], (row) => `/card/${String(row['token'])}`) url?: string
}

/** 岗位口令登录: a worker at the post, named by what he typed; opens this card and nothing else, and ends with the PIN. */
@Thing('岗位口令登录', { table: 'card_session', scope: 'closed' })
export class CardSession extends Recorded {
  @Link('岗位卡片', () => PostCard) card!: Ref<PostCard>
  @Property({ type: 'string', length: 64, unique: true, hidden: true }) tokenHash!: string
  @Whole('口令版次') pinEdition!: number
  @Text('姓名', { max: 40, personal: true }) workerName!: string
  @Text('工种或职务', { max: 40, nullable: true }) workerRole?: string
  @Text('设备', { max: 200, personal: true }) device!: string
  @Instant('到期时间') expiresAt!: string
  @Instant('退出时间', { nullable: true }) endedAt?: string
}
