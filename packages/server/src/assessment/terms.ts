import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 标准化等级: level one is the best. PASS is the one level of a form that only tells 达标 from 不达标. */
export enum AssessmentLevel {
  ONE = 'ONE',
  TWO = 'TWO',
  THREE = 'THREE',
  PASS = 'PASS',
}
export const LEVEL_NAME: Record<AssessmentLevel, string> = { ONE: '一级', TWO: '二级', THREE: '三级', PASS: '达标' }
registerEnumType(AssessmentLevel, { name: 'AssessmentLevel', description: '标准化等级', valuesConfig: worded(LEVEL_NAME) })

export enum AssessmentStage {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  CHANGES_ASKED = 'CHANGES_ASKED',
  ACCEPTED = 'ACCEPTED',
}
export const STAGE_NAME: Record<AssessmentStage, string> = { DRAFT: '自评中', SUBMITTED: '已签署待审', CHANGES_ASKED: '要求修改', ACCEPTED: '站所已认可' }
registerEnumType(AssessmentStage, { name: 'AssessmentStage', description: '年度自评的状态', valuesConfig: worded(STAGE_NAME) })

/** What becomes of an element when an assessment moves to another edition. */
export enum Carry {
  SAME = 'SAME',
  CHECK_AGAIN = 'CHECK_AGAIN',
  NEW = 'NEW',
  DROPPED = 'DROPPED',
}
registerEnumType(Carry, {
  name: 'Carry',
  description: '换版时一条答案怎么办',
  valuesConfig: worded({ SAME: '原样沿用', CHECK_AGAIN: '沿用但须重新核对', NEW: '新增，须作答', DROPPED: '新版没有，旧答案保留' }),
})
