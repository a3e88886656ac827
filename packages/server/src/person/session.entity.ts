import type { Ref } from '@mikro-orm/core'
import { Property } from '@mikro-orm/decorators/legacy'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Field, registerEnumType } from 'type-graphql'
import { instant } from '../shared/days.js'
import { Choice, Derived, Instant, Link, Text, Thing } from '../shared/datum.js'
import { InstantScalar } from '../shared/scalars.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'
import { Person } from './person.entity.js'

export enum SignInWay {
  OIDC = 'OIDC',
}
registerEnumType(SignInWay, { name: 'SignInWay', description: '登录方式', valuesConfig: worded({ OIDC: '统一身份认证' }) })

/** 登录会话: the token itself is never stored, only its SHA-256. */
@Thing('登录会话', { table: 'session', scope: 'closed' })
export class Session extends Recorded {
  @Link('账号', () => Person) person!: Ref<Person>
  @Property({ type: 'string', length: 64, unique: true, hidden: true }) tokenHash!: string
  @Text('设备', { max: 200, personal: true }) device!: string
  @Text('来源地址', { max: 60, personal: true }) address!: string
  /** Left out: with user name and password. */
  @Choice('登录方式', SignInWay, { nullable: true }) way?: SignInWay
  @Instant('到期时间') expiresAt!: string
  @Instant('退出或撤销时间', { nullable: true }) endedAt?: string
  /** Noted now and then while the session is used: not a change of the record, so not in the log. */
  @Property({ type: 'string', length: 24, nullable: true })
  @Field(() => InstantScalar, { nullable: true, simple: true, description: '最近使用' })
  lastSeenAt?: string
  @Derived('有效', () => Boolean, ['endedAt', 'expiresAt'], (row, { now }) => !row['endedAt'] && String(row['expiresAt']) > now.toISOString()) live?: boolean

  end(at: Date): void {
    this.endedAt = instant(at)
  }
}

/** Ends every session of an account, but for the one that goes on. */
export async function endSessions(em: SqlEntityManager, person: Person, at: Date, but?: string): Promise<void> {
  const open = await em.find(Session, { person: person.id, endedAt: null, expiresAt: { $gt: instant(at) } })
  for (const session of open) if (session.id !== but) session.end(at)
}
