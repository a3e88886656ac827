import type { Duty } from '../shared/duty.js'
import { dayOf } from '../shared/days.js'
import { count } from '../shared/read/list.js'
import { CheckTask } from './checkTask.entity.js'
import { CheckQueue, taskQueueSql } from './lists.js'

const duty = (key: string, roles: Duty['roles'], to: string, queue: CheckQueue, alarming = false): Duty => ({
  ...{ key, roles, to, alarming },
  count: (ctx) => count(CheckTask, ctx, undefined, taskQueueSql(queue, ctx.actor, dayOf(ctx.now))),
})

/** 今天要做的检查, and what was missed: the enterprise's to make up for, the town's to ask about. */
export const CHECK_DUTIES: readonly Duty[] = [
  duty('inspection.duty.today', ['ENTERPRISE', 'WORKSHOP', 'POST'], '/my-checks', CheckQueue.TO_DO),
  duty('inspection.duty.missed', ['ENTERPRISE', 'WORKSHOP', 'POST', 'STATION', 'VILLAGE', 'TOWN_OFFICE'], '/check-tasks?queue=MISSED', CheckQueue.MISSED, true),
]
