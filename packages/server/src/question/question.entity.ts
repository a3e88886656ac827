import { Int, registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { Choice, Day, Derived, Flag, Id, Instant, Text, Thing, Whole } from '../shared/datum.js'
import { nameOf } from '../shared/read/names.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden } from '../shared/refusal.js'

export enum QuestionSharing {
  PRIVATE = 'PRIVATE',
  SHARED = 'SHARED',
}
registerEnumType(QuestionSharing, {
  name: 'QuestionSharing',
  description: '共享：只有自己、所选范围',
  valuesConfig: { PRIVATE: { description: '只有自己' }, SHARED: { description: '已共享' } },
})

/** What an analyst types in; older states of it stand in the log. */
export const ASKED = ['name', 'description', 'query', 'variables', 'list', 'chart'] as const
export type Asked = Pick<Question, (typeof ASKED)[number]>

/**
 * 问题: a query that was worth keeping. It holds no data: whoever runs it sees what he may see. `division` and `station`
 * say for whom it is shared, who is a territory's own people and those above it (visible.ts), so it has no row scope.
 */
@Thing('问题', { table: 'question', scope: 'closed' })
export class Question extends Recorded {
  @Text('名称', { max: 80 }) name!: string
  @Text('网址名', { max: 60, nullable: true, unique: true }) slug?: string
  @Text('说明', { nullable: true, filter: false }) description?: string
  @Text('查询', { filter: false }) query!: string
  @Text('变量（JSON）', { nullable: true, filter: false }) variables?: string
  @Text('导出哪个清单', { max: 60, nullable: true, filter: false }) list?: string
  @Text('图表（JSON）', { nullable: true, filter: false }) chart?: string
  @Id('所有人', { index: true }) owner!: string
  @Derived('所有人姓名', () => String, ['owner'], (row, context) => nameOf(context, 'person', row['owner']), { nullable: true }) ownerName?: string
  @Derived('是我的', () => Boolean, ['owner'], (row, { actor }) => row['owner'] === actor?.id) mine?: boolean
  @Choice('共享', QuestionSharing) sharing: QuestionSharing = QuestionSharing.PRIVATE
  @Text('共享区划代码', { max: 12, index: true }) division!: string
  @Derived('共享区划', () => String, ['division'], (row, context) => nameOf(context, 'division', row['division']), { nullable: true }) divisionName?: string
  @Text('共享站所代码', { max: 40, nullable: true }) station?: string
  @Derived('共享站所', () => String, ['station'], (row, context) => nameOf(context, 'station', row['station']), { nullable: true }) stationName?: string
  @Flag('月末自动运行') monthly: boolean = false
  @Day('从哪天起自动运行', { nullable: true, filter: false }) monthlySince?: string
  @Instant('移除时间', { nullable: true }) archivedAt?: string
  // Noted by each run: no change of the record, so not in the log.
  @Whole('运行次数') runs: number = 0
  @Instant('最近运行', { nullable: true }) lastRunAt?: string
  // How much the owner found tells of what others may not see.
  @Whole('最近行数', { nullable: true, shown: false }) lastRunRows?: number
  @Whole('最近用时（毫秒）', { nullable: true, shown: false }) lastRunMs?: number
  @Text('最近失败原因', { nullable: true, shown: false }) lastRunError?: string
  @Derived('最近行数（所有人运行的）', () => Int, ['lastRunRows', 'owner'], (row, { actor }) => (row['owner'] === actor?.id ? row['lastRunRows'] : null), {
    nullable: true,
  })
  ranRows?: number
  @Derived(
    '最近失败原因（所有人运行的）',
    () => String,
    ['lastRunError', 'owner'],
    (row, { actor }) => (row['owner'] === actor?.id ? row['lastRunError'] : null),
    {
      nullable: true,
    },
  )
  ranError?: string

  needOwner(by: Actor): void {
    if (this.owner !== by.id) throw forbidden('只有问题的所有人能改；可以另存为自己的问题')
  }
}
