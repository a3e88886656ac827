import { Property } from '@mikro-orm/decorators/legacy'
import { Day, Derived, Id, Instant, Text, Thing } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import { nameOf } from '../shared/read/names.js'
import { Recorded } from '../shared/recorded.entity.js'

/**
 * 访问令牌: lets a program ask in its owner's place, and only ask. The secret itself is never kept; the first letters find
 * the row, the SHA-256 of the whole is compared. It dies when the owner's place changes, for it was given for that place.
 */
@Thing('访问令牌', { table: 'api_token', scope: 'closed' })
export class ApiToken extends Recorded {
  @Text('名称', { max: 60 }) name!: string
  @Id('所有人', { index: true }) owner!: string
  @Derived('所有人姓名', () => String, ['owner'], (row, context) => nameOf(context, 'person', row['owner']), { nullable: true }) ownerName?: string
  @Text('区划代码', { max: 12 }) division!: string
  @Derived('区划', () => String, ['division'], (row, context) => nameOf(context, 'division', row['division']), { nullable: true }) divisionName?: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Derived('站所', () => String, ['station'], (row, context) => nameOf(context, 'station', row['station']), { nullable: true }) stationName?: string
  @Day('有效期至') expiresOn!: string
  @Instant('撤销时间', { nullable: true }) revokedAt?: string
  /** Noted now and then while it is used: no change of the record, so not in the log. */
  @Instant('最近使用', { nullable: true }) lastUsedAt?: string
  @Derived('有效', () => Boolean, ['revokedAt', 'expiresOn'], (row, { now }) => !row['revokedAt'] && String(row['expiresOn']) >= dayOf(now)) live?: boolean
  @Property({ type: 'string', length: 20, unique: true, hidden: true }) selector!: string
  @Property({ type: 'string', length: 64, hidden: true }) tokenHash!: string
  /** The owner's role and place when he made it. */
  @Property({ type: 'text', hidden: true }) ownerPlace!: string
}
