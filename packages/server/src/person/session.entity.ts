import { Property } from '@mikro-orm/decorators/legacy'
import { Derived, Instant, Link, Text, Thing } from '../shared/datum.js'
import type { Ref } from '@mikro-orm/core'
import { Recorded } from '../shared/recorded.entity.js'
import { Person } from './person.entity.js'

/** 登录会话: the token itself is never stored, only its SHA-256. */
@Thing('登录会话', { table: 'session' })
export class Session extends Recorded {
  @Link('账号', () => Person) person!: Ref<Person>
  @Property({ type: 'string', length: 64, unique: true, hidden: true }) tokenHash!: string
  @Text('设备', { max: 200, filter: false }) device!: string
  @Text('来源地址', { max: 60, filter: false }) address!: string
  @Instant('到期时间') expiresAt!: string
  @Instant('退出或撤销时间', { nullable: true }) endedAt?: string
  @Derived('有效', () => Boolean, ['endedAt', 'expiresAt'], (row, { now }) => !row['endedAt'] && String(row['expiresAt']) > now.toISOString()) live?: boolean
}
