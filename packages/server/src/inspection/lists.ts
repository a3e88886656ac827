import { registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { addDays, dayOf, type Day } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { raw, type Sql, sql, TRUE } from '../shared/read/sql.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { worded } from '../shared/words.js'
import { Check, CheckResult, Signature } from './check.entity.js'
import { CheckTask } from './checkTask.entity.js'
import { Clearance } from './clearance.entity.js'
import { OWN_LEVEL } from './rights.js'

/** 检查待办: what waits for me, and what I keep an eye on. */
export enum CheckQueue {
  TO_DO = 'TO_DO',
  DUE = 'DUE',
  MISSED = 'MISSED',
  COMING = 'COMING',
}
registerEnumType(CheckQueue, {
  name: 'CheckQueue',
  description: '检查待办',
  valuesConfig: worded({ TO_DO: '今天等我检查', DUE: '待检查', MISSED: '近三十天漏检', COMING: '还没开始' }),
})
const MISSED_DAYS = 30

export function taskQueueSql(queue: CheckQueue, by: Actor, today: Day): Sql {
  const open = raw(`t.outcome = 'OPEN'`)
  const due = sql`${open} and t.opens_on <= ${today} and t.due_on >= ${today}`
  switch (queue) {
    case CheckQueue.TO_DO: {
      const level = OWN_LEVEL[by.role]
      return level ? sql`${due} and t.level = ${level}` : raw('1 = 0')
    }
    case CheckQueue.DUE:
      return due
    case CheckQueue.MISSED:
      return sql`${open} and t.due_on < ${today} and t.due_on >= ${addDays(today, -MISSED_DAYS)}`
    case CheckQueue.COMING:
      return sql`${open} and t.opens_on > ${today}`
  }
}

const who = (context: Parameters<ListField['who']>[0]) => signedIn(context, ...READERS)

export const CHECK_TASKS: ListField<{ queue?: CheckQueue }> = {
  name: 'checkTasks',
  target: CheckTask,
  description: '检查任务：按清单频率和工作日历排定；筛选、统计检查执行率',
  who,
  fallback: [{ field: 'dueOn', dir: 'DESC' }],
  args: { queue: ['CheckQueue', '检查待办'] },
  also: ({ actor, now }, { queue }) => (queue ? taskQueueSql(queue, actor, dayOf(now)) : TRUE),
}
export const CHECKS: ListField = {
  name: 'checks',
  target: Check,
  description: '检查记录：自查、巡查、督促指导、专家服务、执法检查、举报核查',
  who,
  fallback: [{ field: 'doneAt', dir: 'DESC' }],
}
export const CHECK_RESULTS: ListField = {
  name: 'checkResults',
  target: CheckResult,
  description: '检查项结果',
  who,
  fallback: [{ field: 'doneOn', dir: 'DESC' }, { field: 'seq' }],
}
export const SIGNATURES: ListField = { name: 'signatures', target: Signature, description: '检查签字', who, fallback: [{ field: 'signedAt', dir: 'DESC' }] }
export const CLEARANCES: ListField = {
  name: 'clearances',
  target: Clearance,
  description: '定期清零证明',
  who,
  fallback: [
    { field: 'toOn', dir: 'DESC' },
    { field: 'number', dir: 'DESC' },
  ],
}
