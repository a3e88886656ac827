import { registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { addDays, type Day } from '../shared/days.js'
import { idsOf } from '../shared/onePerson.js'
import { both, type Sql } from '../shared/read/sql.js'
import type { HazardRules } from './rules.js'
import { OPEN_STAGES } from './terms.js'

/** 我的待办: what waits for whom. Each queue says the same as the guards (a test holds the two together). */
export enum HazardQueue {
  TO_REGISTER = 'TO_REGISTER',
  TO_NOTIFY = 'TO_NOTIFY',
  TO_PLAN = 'TO_PLAN',
  TO_APPROVE_PLAN = 'TO_APPROVE_PLAN',
  TO_ACCEPT = 'TO_ACCEPT',
  TO_RECTIFY = 'TO_RECTIFY',
  TO_REVIEW = 'TO_REVIEW',
  TO_DECIDE_EXTENSION = 'TO_DECIDE_EXTENSION',
  LATE = 'LATE',
  DUE_SOON = 'DUE_SOON',
  MAJOR_OPEN = 'MAJOR_OPEN',
  LISTED = 'LISTED',
  TRANSFER_PROPOSED = 'TRANSFER_PROPOSED',
  OPEN = 'OPEN',
}
registerEnumType(HazardQueue, { name: 'HazardQueue', description: '待办：等我办理、逾期、三天内到期 …' })

const sql = (text: string, ...params: unknown[]): Sql => ({ sql: text, params })
const stage = (...stages: string[]) => sql(`t.stage in (${stages.map(() => '?').join(', ')})`, ...stages)
const INSIDE = `('ENTERPRISE', 'WORKSHOP', 'POST')`
const GENERAL = sql(`t.severity = 'GENERAL'`)
const NEVER = sql('1 = 0')
const ALWAYS = sql('1 = 1')
const UNLISTED = sql('not (t.listed_at is not null and t.delisted_at is null)')
const notFixedBy = (by: Actor) =>
  both(...idsOf(by).map((id) => sql(`coalesce(t.rectifier, '') <> ? and coalesce(t.submitted_by, '') <> ? and t.fixers not like ?`, id, id, `%${id}%`)))
const notReviewedBy = (by: Actor) =>
  both(...idsOf(by).map((id) => sql(`coalesce(t.first_reviewer, '') <> ? and coalesce(t.first_reviewer_for, '') <> ?`, id, id)))
const notAskedBy = (by: Actor) => both(...idsOf(by).map((id) => sql(`coalesce(x.requested_by, '') <> ? and coalesce(x.requested_for, '') <> ?`, id, id)))
const authority = (by: Actor) => by.role === 'TOWN_OFFICE' || by.role === 'STATION'
const inside = (by: Actor) => by.role === 'ENTERPRISE' || by.role === 'WORKSHOP' || by.role === 'POST'

function registers(by: Actor): Sql {
  if (authority(by)) return ALWAYS
  if (by.role === 'VILLAGE') return both(GENERAL, sql(`t.found_by_role = 'VILLAGE'`))
  if (by.role === 'ENTERPRISE') return both(GENERAL, sql(`t.found_by_role in ${INSIDE}`))
  return by.role === 'WORKSHOP' ? both(GENERAL, sql(`t.found_by_role = 'POST'`)) : NEVER
}
function notifies(by: Actor): Sql {
  if (authority(by)) return ALWAYS
  if (by.role === 'VILLAGE') return both(GENERAL, sql(`t.found_by_role = 'VILLAGE'`))
  return by.role === 'ENTERPRISE' || by.role === 'WORKSHOP' ? both(GENERAL, sql(`t.found_by_role in ${INSIDE}`)) : NEVER
}
function reviews(by: Actor): Sql {
  switch (by.role) {
    case 'TOWN_OFFICE':
      return sql(`(t.severity = 'MAJOR' or t.found_by_role = 'TOWN_OFFICE' or (t.found_by_role in ('STATION', 'VILLAGE') and t.station is null))`)
    case 'STATION':
      return sql(`(t.severity = 'MAJOR' or t.found_by_role in ('STATION', 'VILLAGE'))`)
    case 'VILLAGE':
      return both(GENERAL, UNLISTED, sql(`t.found_by_role = 'VILLAGE'`))
    case 'ENTERPRISE':
      return both(GENERAL, UNLISTED, sql(`t.found_by_role in ${INSIDE}`))
    case 'WORKSHOP':
      return both(GENERAL, UNLISTED, sql(`t.found_by_role = 'POST'`))
    default:
      return NEVER
  }
}
function decidesExtension(by: Actor): Sql {
  const asked = notAskedBy(by)
  const pending = sql(`exists (select 1 from extension x where x.hazard_id = t.id and x.decision = 'PENDING' and ${asked.sql})`, ...asked.params)
  if (by.role === 'TOWN_OFFICE')
    return both(pending, sql(`(t.severity = 'MAJOR' or (t.found_by_role not in ${INSIDE} and (t.found_by_role = 'TOWN_OFFICE' or t.station is null)))`))
  if (by.role === 'STATION') return both(pending, GENERAL, sql(`t.found_by_role not in ('TOWN_OFFICE', 'ENTERPRISE', 'WORKSHOP', 'POST')`))
  return by.role === 'ENTERPRISE' ? both(pending, GENERAL, sql(`t.found_by_role in ${INSIDE}`)) : NEVER
}

/** The condition of a queue on alias `t`, beside the reader's scope. */
export function queueSql(queue: HazardQueue, by: Actor, today: Day, rules: HazardRules): Sql {
  const rectifies = inside(by) ? ALWAYS : NEVER
  switch (queue) {
    case HazardQueue.TO_REGISTER:
      return both(stage('DRAFT'), registers(by))
    case HazardQueue.TO_NOTIFY:
      return both(stage('REGISTERED'), notifies(by))
    case HazardQueue.TO_PLAN:
      return both(stage('NOTIFIED'), sql(`t.severity = 'MAJOR' and t.fixings_at is null`), rectifies)
    case HazardQueue.TO_APPROVE_PLAN:
      return both(
        stage('NOTIFIED', 'RECTIFYING'),
        sql('t.fixings_at is not null and t.fixings_approved_by is null'),
        authority(by) ? ALWAYS : by.role === 'ENTERPRISE' ? both(GENERAL, sql(`t.found_by_role in ${INSIDE}`)) : NEVER,
        notFixedBy(by),
      )
    case HazardQueue.TO_ACCEPT:
      return both(stage('NOTIFIED'), sql(`(t.severity = 'GENERAL' or t.fixings_approved_by is not null)`), rectifies)
    case HazardQueue.TO_RECTIFY:
      return both(stage('RECTIFYING'), rectifies)
    case HazardQueue.TO_REVIEW:
      return both(stage('PENDING_REVIEW'), reviews(by), notFixedBy(by), notReviewedBy(by))
    case HazardQueue.TO_DECIDE_EXTENSION:
      return both(stage('NOTIFIED', 'RECTIFYING'), decidesExtension(by))
    case HazardQueue.LATE:
      return both(stage(...OPEN_STAGES), sql('t.due_on < ?', today))
    case HazardQueue.DUE_SOON:
      return both(stage(...OPEN_STAGES), sql('t.due_on >= ? and t.due_on <= ?', today, addDays(today, rules.dueSoonDays)))
    case HazardQueue.MAJOR_OPEN:
      return both(stage(...OPEN_STAGES), sql(`t.severity = 'MAJOR'`))
    case HazardQueue.LISTED:
      return both(stage(...OPEN_STAGES), sql('t.listed_at is not null and t.delisted_at is null'))
    case HazardQueue.TRANSFER_PROPOSED:
      return both(stage(...OPEN_STAGES), sql(`t.escalation = 'TRANSFER_PROPOSED'`))
    case HazardQueue.OPEN:
      return stage(...OPEN_STAGES)
  }
}
