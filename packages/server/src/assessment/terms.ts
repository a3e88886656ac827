import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 标准化等级: level one is the best. PASS is the one level of a form that only tells 达标 from 不达标. */
export enum AssessmentLevel {
  ONE = 'ONE',
  TWO = 'TWO',
  THREE = 'THREE',
  PASS = 'PASS',
}
registerEnumType(AssessmentLevel, {
  name: 'AssessmentLevel',
  description: '标准化等级',
  valuesConfig: worded({ ONE: '一级', TWO: '二级', THREE: '三级', PASS: '达标' }),
})
