import { registerEnumType } from 'type-graphql'
import type { Role } from '../shared/context.js'
import { worded } from '../shared/words.js'

export enum CampaignStage {
  DRAFT = 'DRAFT',
  RUNNING = 'RUNNING',
  CLOSED = 'CLOSED',
}
export const CAMPAIGN_STAGE: Record<CampaignStage, string> = { DRAFT: '草稿', RUNNING: '进行中', CLOSED: '已结束' }
registerEnumType(CampaignStage, { name: 'CampaignStage', description: '行动的状态', valuesConfig: worded(CAMPAIGN_STAGE) })

/** Of whom a task is asked, one by one: they are its denominator. */
export enum TaskSubject {
  ENTERPRISE = 'ENTERPRISE',
  STATION = 'STATION',
  VILLAGE = 'VILLAGE',
}
export const SUBJECT_NAME: Record<TaskSubject, string> = { ENTERPRISE: '企业', STATION: '站所', VILLAGE: '村' }
registerEnumType(TaskSubject, { name: 'TaskSubject', description: '任务逐个落实到谁', valuesConfig: worded(SUBJECT_NAME) })

/** Who sees to it. */
export enum TaskRole {
  TOWN_OFFICE = 'TOWN_OFFICE',
  STATION = 'STATION',
  VILLAGE = 'VILLAGE',
  ENTERPRISE = 'ENTERPRISE',
}
export const ROLE_NAME: Record<TaskRole, string> = { TOWN_OFFICE: '镇安办', STATION: '行业主管站所', VILLAGE: '村', ENTERPRISE: '企业' }
registerEnumType(TaskRole, { name: 'TaskRole', description: '任务由谁负责', valuesConfig: worded(ROLE_NAME) })

/** 佐证: the fact in the system that shows a task done. What each counts is said where it is defined (evidence.ts). */
export enum EvidenceKind {
  NOTICE_DELIVERED = 'NOTICE_DELIVERED',
  COMMITMENT_SIGNED = 'COMMITMENT_SIGNED',
  DOSSIER_STARTED = 'DOSSIER_STARTED',
  DOSSIER_COMPLETE = 'DOSSIER_COMPLETE',
  ASSESSMENT_FINISHED = 'ASSESSMENT_FINISHED',
  ASSESSMENT_ACCEPTED = 'ASSESSMENT_ACCEPTED',
  THREE_LISTS = 'THREE_LISTS',
  RISK_GRADED = 'RISK_GRADED',
  FIVE_S_AUDITED = 'FIVE_S_AUDITED',
  SIX_HAVES_ACHIEVED = 'SIX_HAVES_ACHIEVED',
  SELF_CHECKED = 'SELF_CHECKED',
  VISITS_MET = 'VISITS_MET',
  MAJOR_CLOSED = 'MAJOR_CLOSED',
  TRAINED = 'TRAINED',
  POLICY_MADE = 'POLICY_MADE',
  POLICY_GUIDED = 'POLICY_GUIDED',
  BENCHMARK_NOMINATED = 'BENCHMARK_NOMINATED',
  POST_NOMINATED = 'POST_NOMINATED',
  PATROLLED = 'PATROLLED',
  MONTHLY_SUMMARY = 'MONTHLY_SUMMARY',
  ANNUAL_SUMMARY = 'ANNUAL_SUMMARY',
}
export const EVIDENCE_NAME: Record<EvidenceKind, string> = {
  NOTICE_DELIVERED: '告知书已送达',
  COMMITMENT_SIGNED: '承诺书已签订',
  DOSSIER_STARTED: '一企一档已建档',
  DOSSIER_COMPLETE: '一企一档十一部分齐全',
  ASSESSMENT_FINISHED: '年度自评已完成',
  ASSESSMENT_ACCEPTED: '年度自评经站所认可',
  THREE_LISTS: '三张清单齐全',
  RISK_GRADED: '风险点已全部分级',
  FIVE_S_AUDITED: '5S 已审核',
  SIX_HAVES_ACHIEVED: '六有达标',
  SELF_CHECKED: '已开展自查',
  VISITS_MET: '达到检查频次',
  MAJOR_CLOSED: '重大隐患全部销号',
  TRAINED: '已开展教育培训',
  POLICY_MADE: '已编制一企一策',
  POLICY_GUIDED: '一企一策已现场指导',
  BENCHMARK_NOMINATED: '已上报标杆企业',
  POST_NOMINATED: '已上报示范岗位',
  PATROLLED: '已开展巡查',
  MONTHLY_SUMMARY: '逐月报送工作总结',
  ANNUAL_SUMMARY: '已报送年度总结',
}
registerEnumType(EvidenceKind, { name: 'EvidenceKind', description: '任务的佐证：系统里的哪一种事实', valuesConfig: worded(EVIDENCE_NAME) })

/** How one of the denominator stands with a task. */
export enum UnitState {
  SERVED = 'SERVED',
  EXEMPTED = 'EXEMPTED',
  MISSING = 'MISSING',
}
export const UNIT_STATE: Record<UnitState, string> = { SERVED: '已完成', EXEMPTED: '已豁免', MISSING: '未完成' }
registerEnumType(UnitState, { name: 'UnitState', description: '一个对象的完成情况', valuesConfig: worded(UNIT_STATE) })

/** 豁免: asked for by the station, granted by the town office, taken back when its reason has gone. */
export enum ExemptionStage {
  ASKED = 'ASKED',
  GRANTED = 'GRANTED',
  REFUSED = 'REFUSED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(ExemptionStage, {
  name: 'ExemptionStage',
  description: '豁免的状态',
  valuesConfig: worded({ ASKED: '站所申请中', GRANTED: '已同意', REFUSED: '未同意', WITHDRAWN: '已撤回' }),
})

export enum NominationKind {
  BENCHMARK = 'BENCHMARK',
  POST = 'POST',
}
export const NOMINATION_NAME: Record<NominationKind, string> = { BENCHMARK: '标杆企业', POST: '示范岗位' }
registerEnumType(NominationKind, { name: 'NominationKind', description: '推荐类别', valuesConfig: worded(NOMINATION_NAME) })

export enum NominationStage {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  ACCEPTED = 'ACCEPTED',
  RETURNED = 'RETURNED',
}
registerEnumType(NominationStage, {
  name: 'NominationStage',
  description: '推荐的状态',
  valuesConfig: worded({ DRAFT: '草稿', SUBMITTED: '已上报', ACCEPTED: '已采用', RETURNED: '已退回' }),
})

/** Who may read where a campaign stands: everybody whose own row or territory it may touch. */
export const LOOKERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY']
