import { Property } from '@mikro-orm/decorators/legacy'
import { Field, Int, ObjectType } from 'type-graphql'
import { v7 as uuid } from 'uuid'
import { Identity, Instant } from './datum.js'

/** What every record has: an id, the version a user saw (two people acting at once never both succeed), and when it began. */
@ObjectType('Recorded', { simpleResolvers: true })
export abstract class Recorded {
  @Identity() id: string = uuid()

  @Property({ type: 'integer', version: true })
  @Field(() => Int, { simple: true, description: '版本（操作时带回，用来发现两人同时修改）' })
  version!: number

  @Instant('登记时间') createdAt!: string
}
