import { Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Entity } from '@mikro-orm/decorators/legacy'

/**
 * The one log: a row for every committed change of any record, written in the same transaction, chained by hash. The
 * history tab, the live subscriptions, their resumption and figures as of a past instant all read it. Rows are only
 * ever added (a trigger refuses anything else) and only by log.ts. The entries that are not a record's beginning have an
 * index of their own, `change_is_later` (migration 0024): what has changed of a past instant is found by it (source.ts).
 */
@Entity({ tableName: 'change' })
@Index({ properties: ['thing', 'record', 'seq'] })
@Index({ properties: ['thing', 'seq'] })
@Index({ properties: ['thing', 'at'] })
export class Change {
  /** Gapless and in the order of commits. */
  @PrimaryKey({ type: 'bigint', autoincrement: false }) seq!: string
  @Property({ type: 'string', length: 24 }) at!: string
  @Property({ type: 'string', length: 36 }) request!: string
  /** The account's id, or the name of a job. */
  @Property({ type: 'string', length: 36 }) actor!: string
  @Property({ type: 'string', length: 40 }) act!: string
  @Property({ type: 'text', nullable: true }) reason?: string
  @Property({ type: 'string', length: 40 }) thing!: string
  @Property({ type: 'string', length: 36 }) record!: string
  /** What changed: `{ "stage": ["NOTIFIED", "RECTIFYING"] }`; a personal value stands as `"•"`. */
  @Property({ type: 'text' }) diff!: string
  /** Where the record stood after the change (before it, when it was removed): who may see this row. */
  @Property({ type: 'string', length: 12, nullable: true }) division?: string
  @Property({ type: 'string', length: 40, nullable: true }) station?: string
  @Property({ type: 'string', length: 36, nullable: true }) enterprise?: string
  @Property({ type: 'string', length: 60, nullable: true }) workshop?: string
  @Property({ type: 'string', length: 64 }) hash!: string
}

/** The end of the chain, one row: locked by whoever is about to commit, so that the order of seq is the order of commits. */
@Entity({ tableName: 'chain_head' })
export class ChainHead {
  @PrimaryKey({ type: 'integer', autoincrement: false }) id!: number
  @Property({ type: 'bigint' }) seq!: string
  @Property({ type: 'string', length: 64 }) hash!: string
}
