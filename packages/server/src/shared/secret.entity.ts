import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'

/** What the processes of one store share and nobody else knows, such as the key that signs page cursors. */
@Entity({ tableName: 'secret' })
export class Secret {
  @PrimaryKey({ type: 'string', length: 40 }) name!: string
  @Property({ type: 'string', length: 100 }) value!: string
}
