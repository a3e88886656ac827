import { Property } from '@mikro-orm/decorators/legacy'
import { Day, Id, Instant, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/** 看板链接: opens a board without sign-in, for one territory (and one trade); revocable, expires, never shows a name or phone. */
@Thing('看板链接', { table: 'board_link', scope: { division: 'division', station: 'station' } })
export class BoardLink extends Recorded {
  @Text('名称', { max: 60 }) name!: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Property({ type: 'string', length: 64, unique: true, hidden: true }) tokenHash!: string
  @Day('有效期至') expiresOn!: string
  @Id('创建人') createdBy!: string
  @Instant('撤销时间', { nullable: true }) revokedAt?: string
}
