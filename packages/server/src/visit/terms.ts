import { registerEnumType } from 'type-graphql'
import { CheckKind } from '../inspection/terms.js'
import { RiskColor } from '../risk/terms.js'
import { worded } from '../shared/words.js'

export enum VisitState {
  PLANNED = 'PLANNED',
  DONE = 'DONE',
  MISSED = 'MISSED',
  CANCELLED = 'CANCELLED',
}
/** Whose visit it is: an enforcement check is never planned for a station without the power to enforce (domain.md §1.8). */
export enum VisitOwner {
  STATION = 'STATION',
  TOWN_OFFICE = 'TOWN_OFFICE',
  VILLAGE = 'VILLAGE',
}
/** A table of rules is written as a draft and published once; the next edition takes its place from a day on. */
export enum FrequencyState {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
}
/** What about visits waits for whom. */
export enum VisitQueue {
  THIS_WEEK = 'THIS_WEEK',
  OVERDUE = 'OVERDUE',
}

/** What a plan of visits can be made of: self-checks follow the enterprise's own lists, a report is verified when it comes. */
export const VISIT_KINDS: readonly CheckKind[] = [CheckKind.ENFORCEMENT, CheckKind.STATION_GUIDANCE, CheckKind.EXPERT_SERVICE, CheckKind.GRID_PATROL]
/** Worst first. */
export const COLORS: readonly RiskColor[] = [RiskColor.RED, RiskColor.ORANGE, RiskColor.YELLOW, RiskColor.BLUE]
export const isWorse = (a: RiskColor, b: RiskColor): boolean => COLORS.indexOf(a) < COLORS.indexOf(b)

/** As people say a colour in a sentence: 橙色企业, 黄→红. */
export const HUE: Record<RiskColor, string> = { RED: '红', ORANGE: '橙', YELLOW: '黄', BLUE: '蓝' }
export const OWNER_NAME: Record<VisitOwner, string> = { STATION: '行业主管站所', TOWN_OFFICE: '镇安办', VILLAGE: '村' }

registerEnumType(VisitState, {
  name: 'VisitState',
  description: '计划检查的状态；过了期限还没去、宽限期内的仍是待检查',
  valuesConfig: worded({ PLANNED: '待检查', DONE: '已检查', MISSED: '漏检', CANCELLED: '已取消' }),
})
registerEnumType(VisitOwner, { name: 'VisitOwner', description: '由谁检查', valuesConfig: worded(OWNER_NAME) })
registerEnumType(FrequencyState, { name: 'FrequencyState', description: '规则表状态', valuesConfig: worded({ DRAFT: '草稿', PUBLISHED: '已发布' }) })
registerEnumType(VisitQueue, { name: 'VisitQueue', description: '我的检查计划', valuesConfig: worded({ THIS_WEEK: '本周应检查', OVERDUE: '逾期未检查' }) })
