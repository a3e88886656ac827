import { dayOf } from '../shared/days.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import { visitQueueSql } from './queues.js'
import { VisitQueue } from './terms.js'
import { Visit } from './visit.entity.js'

const duty = (name: string, queue: VisitQueue, alarming = false): Duty => ({
  key: `visit.duty.${name}`,
  roles: ['TOWN_OFFICE', 'STATION', 'VILLAGE'],
  to: `/visits?queue=${queue}`,
  alarming,
  count: (ctx) => count(Visit, ctx, undefined, visitQueueSql(queue, ctx.actor, dayOf(ctx.now))),
})

/** 检查计划 on the first page. */
export const VISIT_DUTIES: readonly Duty[] = [duty('thisWeek', VisitQueue.THIS_WEEK), duty('overdue', VisitQueue.OVERDUE, true)]
