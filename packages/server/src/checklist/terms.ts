import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 三张清单 stand at three levels (domain.md §5). */
export enum ChecklistLevel {
  UNIT = 'UNIT',
  WORKSHOP = 'WORKSHOP',
  POST = 'POST',
}
export enum CheckFrequency {
  SHIFT = 'SHIFT',
  DAILY = 'DAILY',
  WEEKLY = 'WEEKLY',
  MONTHLY = 'MONTHLY',
  QUARTERLY = 'QUARTERLY',
  HALF_YEARLY = 'HALF_YEARLY',
  YEARLY = 'YEARLY',
  BEFORE_HOLIDAY = 'BEFORE_HOLIDAY',
  RESTART = 'RESTART',
}
/** Why an item of a copy is no longer checked: the enterprise's own wish and the norm's change are never mixed up. */
export enum DropCause {
  OWN = 'OWN',
  NORM = 'NORM',
  TAKEN_BACK = 'TAKEN_BACK',
}

export const LEVEL_NAME: Record<ChecklistLevel, string> = { UNIT: '单位检查清单', WORKSHOP: '车间检查表册', POST: '岗位检查卡片' }
export const FREQUENCY_NAME: Record<CheckFrequency, string> = {
  SHIFT: '每班',
  DAILY: '每日',
  WEEKLY: '每周',
  MONTHLY: '每月',
  QUARTERLY: '每季度',
  HALF_YEARLY: '每半年',
  YEARLY: '每年',
  BEFORE_HOLIDAY: '节假日前',
  RESTART: '复工复产前',
}
export const DROP_CAUSE_NAME: Record<DropCause, string> = { OWN: '企业删减', NORM: '规范取消', TAKEN_BACK: '随退回旧版撤下' }

registerEnumType(ChecklistLevel, { name: 'ChecklistLevel', description: '清单层级：单位、车间、岗位', valuesConfig: worded(LEVEL_NAME) })
registerEnumType(CheckFrequency, { name: 'CheckFrequency', description: '检查频率', valuesConfig: worded(FREQUENCY_NAME) })
registerEnumType(DropCause, { name: 'DropCause', description: '检查项不再检查的缘由', valuesConfig: worded(DROP_CAUSE_NAME) })
