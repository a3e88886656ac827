import type { Ref } from '@mikro-orm/core'
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Day, Derived, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Question } from './question.entity.js'

/** 月末结果: what a scheduled question answered for one month, or why it could not. */
@Thing('月末结果', { table: 'question_result', scope: 'closed' })
@Unique({ properties: ['question', 'month'] })
export class QuestionResult extends Recorded {
  @Link('问题', () => Question, { shown: false }) question!: Ref<Question>
  @Text('月份', { max: 7 }) month!: string
  /** The day on which it was last tried: a failed one is tried again on the next. */
  /** Whose eyes it was run with: a result is data, so whom the question is shared with sees it only if he oversees all of that. */
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Day('运行日期') triedOn!: string
  @Instant('完成时间', { nullable: true }) ranAt?: string
  @Whole('行数', { nullable: true, filter: false }) rows?: number
  @Whole('字节数', { nullable: true, filter: false }) bytes?: number
  @Text('失败原因', { nullable: true, filter: false }) error?: string
  @Derived('下载地址', () => String, ['id', 'ranAt'], (row) => (row['ranAt'] ? `/q/results/${String(row['id'])}` : null), { nullable: true }) url?: string
}

/** A piece of a result's file, so that it is written and read with flat memory and goes with every backup. */
@Entity({ tableName: 'question_part' })
export class QuestionPart {
  @PrimaryKey({ type: 'string', length: 36 }) result!: string
  @PrimaryKey({ type: 'integer' }) number!: number
  @Index()
  @Property({ type: 'string', length: 24 })
  createdAt!: string
  @Property({ type: 'text' }) body!: string
}
