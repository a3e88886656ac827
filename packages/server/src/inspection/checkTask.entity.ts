import type { Ref } from '@mikro-orm/core'
import { Index, Unique } from '@mikro-orm/decorators/legacy'
import { Checklist } from '../checklist/checklist.entity.js'
import { CheckFrequency, ChecklistLevel } from '../checklist/terms.js'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Choice, Day, Derived, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { ExcuseCause, TaskOutcome, TaskState } from './terms.js'

/**
 * 检查任务: one check that is due, made from a checklist's frequency and the calendar. Its slot (a day, a shift, a week, a
 * holiday …) makes it the same one however often it is generated.
 */
@Thing('检查任务', { table: 'check_task', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
@Unique({ properties: ['checklist', 'slot'] })
@Index({ properties: ['enterprise', 'outcome', 'dueOn'] })
export class CheckTask extends Recorded {
  @Link('检查清单', () => Checklist, { many: { name: 'tasks', label: '检查任务' } }) checklist!: Ref<Checklist>
  @Link('企业', () => Enterprise, { many: { name: 'checkTasks', label: '检查任务' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Link('车间', () => Workshop, { nullable: true, many: { name: 'checkTasks', label: '检查任务' } }) unit?: Ref<Workshop>
  @Link('岗位', () => Post, { nullable: true, many: { name: 'checkTasks', label: '检查任务' } }) post?: Ref<Post>
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'checkTasks', label: '检查任务（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'checkTasks', label: '检查任务' } }) tradeStation?: Station
  @Text('清单名称', { max: 120 }) title!: string
  @Choice('层级', ChecklistLevel) level!: ChecklistLevel
  @Choice('检查频率', CheckFrequency) frequency!: CheckFrequency
  @Text('周期', { max: 20 }) slot!: string
  @Whole('班次', { nullable: true }) shift?: number
  @Day('开始日期') opensOn!: string
  @Day('截止日期') dueOn!: string
  @Choice('结果', TaskOutcome) outcome: TaskOutcome = TaskOutcome.OPEN
  @Choice('免检原因', ExcuseCause, { nullable: true }) excuse?: ExcuseCause
  @Instant('完成时间', { nullable: true }) doneAt?: string
  @Derived('状态', () => TaskState, ['outcome', 'opensOn', 'dueOn'], (row, { now }) => stateOn(row as never, dayOf(now))) state?: TaskState

  /** 完成: in time or late, by the day on which the check was really done. */
  finish(at: string): void {
    this.doneAt = at
    this.outcome = dayOf(at) <= this.dueOn ? TaskOutcome.DONE : TaskOutcome.LATE
  }
}

/** Coming, due or missed depends on the day that looks; done, late and excused do not. */
export function stateOn({ outcome, opensOn, dueOn }: Pick<CheckTask, 'outcome' | 'opensOn' | 'dueOn'>, today: string): TaskState {
  switch (outcome) {
    case TaskOutcome.DONE:
      return TaskState.DONE
    case TaskOutcome.LATE:
      return TaskState.LATE
    case TaskOutcome.EXCUSED:
      return TaskState.EXCUSED
    case TaskOutcome.OPEN:
      return dueOn < today ? TaskState.MISSED : opensOn > today ? TaskState.COMING : TaskState.DUE
  }
}
