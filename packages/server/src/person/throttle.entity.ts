import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'

/** Failed sign-ins of the last minutes, per account and per address; in the store so that several processes share it. */
@Entity({ tableName: 'throttle' })
export class Throttle {
  @PrimaryKey({ type: 'string', length: 140 }) key!: string
  @Property({ type: 'integer' }) failures!: number
  @Property({ type: 'string', length: 24 }) until!: string
}
