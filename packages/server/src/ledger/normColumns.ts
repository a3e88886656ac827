import { CheckFrequency, ChecklistLevel, FREQUENCY_NAME, LEVEL_NAME } from '../checklist/terms.js'
import { HazardFactor, HazardSeverity } from '../hazard/terms.js'
import { sameKey } from '../shared/sameKey.js'
import type { Column } from './column.js'
import type { LedgerShape } from './table.js'

export type NormField =
  | ('key' | 'level' | 'sheet' | 'appliesTo' | 'section' | 'content' | 'requirement' | 'method')
  | ('responsible' | 'frequency' | 'demand' | 'factor' | 'critical' | 'severity' | 'legalBasis' | 'element')

/** The columns of a sheet of norm items, by the words departments write above them. */
export const NORM_COLUMNS: readonly Column<NormField>[] = [
  { field: 'key', label: '编号', words: '检查项编号 项目编号 条款编号' },
  { field: 'level', label: '层级', words: '清单层级 适用层级 级别' },
  { field: 'sheet', label: '清单名称', words: '检查表名称 表册名称 卡片名称 模板名称' },
  { field: 'appliesTo', label: '适用车间或岗位', words: '适用车间 适用岗位 适用部位 适用范围' },
  { field: 'section', label: '分组', words: '检查类别 类别 检查项目 项目 大类' },
  { field: 'content', label: '检查内容', words: '检查要点 内容 检查事项 检查要求' },
  { field: 'requirement', label: '合格标准', words: '标准要求 判定标准 检查标准 合格要求' },
  { field: 'method', label: '检查方法', words: '方法 检查方式' },
  { field: 'responsible', label: '检查责任', words: '责任人 检查人 责任岗位 检查责任人' },
  { field: 'frequency', label: '检查频率', words: '频率 检查频次 频次 检查周期' },
  { field: 'demand', label: '整改要求', words: '整改措施 处理要求' },
  { field: 'factor', label: '隐患因素', words: '因素 因素类别' },
  { field: 'critical', label: '关键项', words: '是否关键项 否决项 重点项' },
  { field: 'severity', label: '隐患等级', words: '等级 不合格等级' },
  { field: 'legalBasis', label: '法规依据', words: '依据 检查依据 法律依据 法规标准' },
  { field: 'element', label: '标准化要素', words: '要素 对应要素 GB/T33000' },
]
export const NORM_SHAPE: LedgerShape<NormField> = {
  name: '检查项表',
  columns: NORM_COLUMNS,
  needs: [['content'], ['level']],
  identity: ['content'],
}

const among = <Value extends string>(words: Record<Value, readonly string[]>) => {
  const values = new Map(
    Object.entries<readonly string[]>(words).flatMap(([value, all]) => [value, ...all].map((word) => [sameKey(word), value as Value] as const)),
  )
  return (text: string): Value | undefined => values.get(sameKey(text))
}
const L = LEVEL_NAME
const F = FREQUENCY_NAME
export const levelOf = among<ChecklistLevel>({
  UNIT: [L.UNIT, '单位', '企业', '公司', '单位清单'],
  WORKSHOP: [L.WORKSHOP, '车间', '部门', '车间（部门）', '车间表册'],
  POST: [L.POST, '岗位', '班组', '岗位（班组）', '岗位卡片'],
})
export const frequencyOf = among<CheckFrequency>({
  SHIFT: [F.SHIFT, '每班次', '班前', '作业前', '使用前', '每班前', '作业（使用）前'],
  DAILY: [F.DAILY, '每天', '日检', '每日一次'],
  WEEKLY: [F.WEEKLY, '周检', '每星期', '每周一次'],
  MONTHLY: [F.MONTHLY, '月检', '每月一次'],
  QUARTERLY: [F.QUARTERLY, '季检', '每季', '每季度一次'],
  HALF_YEARLY: [F.HALF_YEARLY, '半年', '每半年一次'],
  YEARLY: [F.YEARLY, '年检', '每年一次', '每年度'],
  BEFORE_HOLIDAY: [F.BEFORE_HOLIDAY, '节前', '节假日'],
  RESTART: [F.RESTART, '复工', '复工前', '复产前', '复工复产'],
})
export const factorOf = among<HazardFactor>({
  PERSON: ['人', '人的因素'],
  OBJECT: ['物', '物的因素', '设备'],
  ENVIRONMENT: ['环境', '环境因素'],
  MANAGEMENT: ['管理', '管理因素'],
})
export const severityOf = among<HazardSeverity>({ GENERAL: ['一般', '一般隐患'], MAJOR: ['重大', '重大隐患'] })
export const yesOf = among<'YES' | 'NO'>({ YES: ['是', '√', '1', '关键', '★'], NO: ['否', '×', '0', '无'] })
