import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** Whose summary it is; the level above accepts it: the town's stations and villages, then the county. */
export enum SummaryLevel {
  STATION = 'STATION',
  VILLAGE = 'VILLAGE',
  TOWN = 'TOWN',
}
export enum SummaryKind {
  MONTH = 'MONTH',
  YEAR = 'YEAR',
}
export enum SummaryState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  RETURNED = 'RETURNED',
  ACCEPTED = 'ACCEPTED',
}
/** How a unit stands with one period, for those who chase: in time, late, missing … */
export enum SummaryStanding {
  COMING = 'COMING',
  ON_TIME = 'ON_TIME',
  LATE = 'LATE',
  MISSING = 'MISSING',
  RETURNED = 'RETURNED',
}

export const NEXT: Record<SummaryState, readonly SummaryState[]> = {
  DRAFT: [SummaryState.SUBMITTED],
  SUBMITTED: [SummaryState.RETURNED, SummaryState.ACCEPTED],
  RETURNED: [SummaryState.SUBMITTED],
  ACCEPTED: [SummaryState.RETURNED], // 重开：由上一级退回更正
}
/** Signed: its figures and words stand. */
export const SIGNED: readonly SummaryState[] = [SummaryState.SUBMITTED, SummaryState.ACCEPTED]

export const STATE_NAME: Record<SummaryState, string> = { DRAFT: '起草中', SUBMITTED: '已报送', RETURNED: '已退回', ACCEPTED: '已审核' }
export const STANDING_NAME: Record<SummaryStanding, string> = {
  COMING: '未到期',
  ON_TIME: '按时报送',
  LATE: '逾期报送',
  MISSING: '逾期未报',
  RETURNED: '退回重报',
}
const LEVEL_NAME: Record<SummaryLevel, string> = { STATION: '站所', VILLAGE: '村', TOWN: '镇' }
const KIND_NAME: Record<SummaryKind, string> = { MONTH: '月度', YEAR: '年度' }

registerEnumType(SummaryLevel, { name: 'SummaryLevel', description: '报送单位的层级', valuesConfig: worded(LEVEL_NAME) })
registerEnumType(SummaryKind, { name: 'SummaryKind', description: '月度或年度', valuesConfig: worded(KIND_NAME) })
registerEnumType(SummaryState, { name: 'SummaryState', description: '工作总结的状态', valuesConfig: worded(STATE_NAME) })
registerEnumType(SummaryStanding, { name: 'SummaryStanding', description: '报送情况', valuesConfig: worded(STANDING_NAME) })
