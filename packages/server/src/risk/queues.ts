import { registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { thingOf } from '../shared/datum.js'
import type { Day } from '../shared/days.js'
import type { Reading } from '../shared/read/reading.js'
import { sourceSql } from '../shared/read/source.js'
import { both, FALSE, raw, sql, type Sql } from '../shared/read/sql.js'
import { worded } from '../shared/words.js'
import { HazardRisk } from './hazardRisk.entity.js'

/** 待办: what about risks waits for whom. */
export enum RiskQueue {
  TO_ASSESS = 'TO_ASSESS',
  TO_REVIEW = 'TO_REVIEW',
  TO_CONFIRM = 'TO_CONFIRM',
}
registerEnumType(RiskQueue, {
  name: 'RiskQueue',
  description: '风险待办',
  valuesConfig: worded({ TO_ASSESS: '待评价', TO_REVIEW: '待复评（到期、被要求、相关隐患已销号）', TO_CONFIRM: '待站所确认' }),
})

const LIVE = raw('t.ended_on is null')
/** A hazard of the point was verified as closed after it was last rated: is the risk still what it was? */
export const closedSince = (at: string, reading?: Reading): Sql => {
  const [links, hazards] = [HazardRisk, Hazard].map((target) => (reading ? sourceSql(target, reading) : raw(thingOf(target).table)))
  return sql`exists (select 1 from ${links} hr join ${hazards} rh on rh.id = hr.hazard_id where hr.point_id = ${raw(at)}.id and rh.stage = 'CLOSED' and rh.closed_at > ${raw(at)}.assessed_at)`
}

const inside = ({ role }: Actor) => role === 'ENTERPRISE' || role === 'WORKSHOP'

/** The condition of a queue on alias `t`, beside the reader's scope. */
export function riskQueueSql(queue: RiskQueue, by: Actor, today: Day): Sql {
  switch (queue) {
    case RiskQueue.TO_ASSESS:
      return inside(by) ? both(LIVE, raw('t.color is null')) : FALSE
    case RiskQueue.TO_REVIEW:
      return inside(by) ? both(LIVE, sql`t.color is not null and (t.next_review_on < ${today} or t.review_asked is not null or ${closedSince('t')})`) : FALSE
    case RiskQueue.TO_CONFIRM:
      if (by.role === 'STATION') return both(LIVE, raw('t.awaits_confirmation'))
      return by.role === 'TOWN_OFFICE' ? both(LIVE, raw('t.awaits_confirmation and t.station is null')) : FALSE
  }
}
