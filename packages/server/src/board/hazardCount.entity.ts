import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'

/** How many hazards of one place stand at a stage: kept by whoever changes one, in the same commit (keepCounts.ts). */
@Entity({ tableName: 'hazard_by_stage' })
export class HazardByStage {
  /** '' where the hazard has none: part of the key. */
  @PrimaryKey({ type: 'string', length: 12 }) division!: string
  @PrimaryKey({ type: 'string', length: 40 }) station!: string
  @PrimaryKey({ type: 'string', length: 40 }) stage!: string
  @PrimaryKey({ type: 'string', length: 40 }) severity!: string
  @Property({ type: 'integer' }) hazards!: number
}

/** The days that a board counts of the hazards of one place, each day and each month: a year is read as twelve rows. */
@Entity({ tableName: 'hazard_by_day' })
export class HazardByDay {
  /** DAY or MONTH. */
  @PrimaryKey({ type: 'string', length: 5 }) grain!: string
  /** 2026-03-02, or 2026-03. */
  @PrimaryKey({ type: 'string', length: 10 }) day!: string
  @PrimaryKey({ type: 'string', length: 12 }) division!: string
  @PrimaryKey({ type: 'string', length: 40 }) station!: string
  @Property({ type: 'integer' }) found!: number
  @Property({ type: 'integer' }) closed!: number
  /** Deadlines that end with this day; of those, whose hazards are still open; and who met theirs. */
  @Property({ type: 'integer' }) due!: number
  @Property({ type: 'integer' }) open!: number
  @Property({ name: 'on_time', type: 'integer' }) onTime!: number
}
