import { dayOf } from '../shared/days.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import { RiskQueue, riskQueueSql } from './queues.js'
import { RiskPoint } from './riskPoint.entity.js'

const duty = (name: string, queue: RiskQueue, roles: Duty['roles'], alarming = false): Duty => ({
  key: `risk.duty.${name}`,
  roles,
  to: `/risk?queue=${queue}`,
  alarming,
  count: (ctx) => count(RiskPoint, ctx, undefined, riskQueueSql(queue, ctx.actor, dayOf(ctx.now))),
})

/** 风险待办 on the first page. */
export const RISK_DUTIES: readonly Duty[] = [
  duty('assess', RiskQueue.TO_ASSESS, ['ENTERPRISE', 'WORKSHOP']),
  duty('review', RiskQueue.TO_REVIEW, ['ENTERPRISE', 'WORKSHOP'], true),
  duty('confirm', RiskQueue.TO_CONFIRM, ['STATION', 'TOWN_OFFICE']),
]
