import { CATEGORY_NAME, ESCALATION_NAME, FACTOR_NAME, type HazardStage, isOpen, MANAGE_NAME, SEVERITY_NAME, SOURCE_NAME, STAGE_NAME } from '../hazard/terms.js'
import { maskPhone } from '../shared/phone.js'
import { type Day, dayOf } from '../shared/days.js'
import type { PaperCell, PaperColumn } from '../shared/excelWrite.js'
import type { Role } from '../shared/context.js'
import { datumOf, opens, type ThingClass } from '../shared/datum.js'
import type { PlainRow } from '../shared/read/reader.js'
import * as choices from './choices.js'

/** What an export knows beside the row. */
export interface Exporting {
  /** Names of villages and stations by their codes. */
  names: ReadonlyMap<string, string>
  today: Day
  fullPhones: boolean
}
export interface ExportColumn extends PaperColumn {
  /** The data of the row, and those of its enterprise, that the cell needs. */
  needs: readonly string[]
  enterprise?: readonly string[]
  /** The datum of the graph that it tells, where that is not what it needs. */
  tells?: string
  cell(row: PlainRow, exporting: Exporting): PaperCell
}

const datum = (header: string, name: string, more: Partial<PaperColumn> = {}): ExportColumn => ({
  header,
  needs: [name],
  cell: (row) => row[name] as PaperCell,
  ...more,
})
const word = <Value extends string>(header: string, name: string, words: Record<Value, string>): ExportColumn => ({
  header,
  needs: [name],
  cell: (row) => words[row[name] as Value],
})
const flag = (header: string, needs: string[], holds: (row: PlainRow, exporting: Exporting) => boolean): ExportColumn => ({
  header,
  needs,
  cell: (row, exporting) => (holds(row, exporting) ? '是' : '否'),
})
const named = (header: string, name: string): ExportColumn => ({
  header,
  needs: [name],
  width: 20,
  cell: (row, { names }) => names.get(row[name] as string) ?? (row[name] as PaperCell),
})
const day = (header: string, name: string): ExportColumn => ({
  header,
  needs: [name],
  width: 13,
  cell: (row) => (row[name] ? dayOf(row[name] as string) : null),
})
const yuan = (header: string, name: string): ExportColumn => ({
  header,
  needs: [name],
  count: true,
  width: 14,
  cell: (row) => (row[name] == null ? null : Number(row[name]) / 100),
})
const ofEnterprise = (header: string, name: string, width: number): ExportColumn => ({
  header,
  needs: [],
  enterprise: [name],
  width,
  cell: (row) => (row['enterprise'] as PlainRow | null)?.[name] as PaperCell,
})

export const ENTERPRISE_EXPORT: readonly ExportColumn[] = [
  datum('单位名称', 'name', { width: 34 }),
  datum('统一社会信用代码', 'uscc', { width: 22 }),
  named('所属村', 'division'),
  datum('详细地址', 'address', { width: 34 }),
  named('行业主管站所', 'station'),
  datum('行业类别', 'trade', { width: 14 }),
  word('规模', 'scaleClass', choices.scaleClass.names),
  datum('从业人数', 'staffCount', { count: true }),
  datum('法定代表人', 'legalRep', { width: 12 }),
  datum('主要负责人', 'principal', { width: 12 }),
  {
    header: '联系电话',
    needs: ['phone'],
    tells: 'phoneMasked',
    width: 26,
    cell: (row, { fullPhones }) => (fullPhones ? (row['phone'] as PaperCell) : maskPhone(row['phone'] as string | null)),
  },
  datum('安全管理员', 'safetyOfficer', { width: 12 }),
  datum('标准化等级', 'standardLevel', { width: 12 }),
  datum('无信用代码的原因', 'noUsccReason', { width: 24 }),
  day('建档日期', 'enteredOn'),
  day('停业或迁出日期', 'closedOn'),
  datum('备注', 'remark', { width: 24 }),
]

export const HAZARD_EXPORT: readonly ExportColumn[] = [
  datum('编号', 'number', { width: 26 }),
  word<HazardStage>('状态', 'stage', STAGE_NAME),
  flag('逾期', ['stage', 'dueOn'], (row, { today }) => isOpen(row['stage'] as HazardStage) && !!row['dueOn'] && (row['dueOn'] as string) < today),
  day('检查日期', 'foundOn'),
  datum('检查单位', 'foundByUnit', { width: 20 }),
  datum('检查人', 'finderName', { width: 12 }),
  word('检查类型', 'source', SOURCE_NAME),
  ofEnterprise('被检查单位', 'name', 34),
  ofEnterprise('统一社会信用代码', 'uscc', 22),
  named('所属村', 'division'),
  named('行业主管站所', 'station'),
  datum('隐患部位', 'place', { width: 22 }),
  datum('隐患描述', 'description', { width: 50 }),
  word('隐患因素', 'factor', FACTOR_NAME),
  word('隐患等级', 'severity', SEVERITY_NAME),
  word('隐患类别', 'category', CATEGORY_NAME),
  datum('违反条款', 'legalBasis', { width: 30 }),
  word('治理类型', 'manageType', MANAGE_NAME),
  datum('整改措施', 'measures', { width: 40 }),
  datum('整改责任人', 'responsiblePerson', { width: 12 }),
  datum('整改通知书编号', 'noticeNumber', { width: 20 }),
  day('首次期限', 'originalDueOn'),
  day('整改期限', 'dueOn'),
  datum('延期次数', 'extensions', { count: true }),
  day('整改完成日期', 'submittedAt'),
  datum('整改情况说明', 'result', { width: 34 }),
  yuan('整改费用（元）', 'costFen'),
  datum('复查人', 'reviewerNames', { width: 16 }),
  day('复查日期', 'closedAt'),
  datum('复查意见', 'reviewOpinion', { width: 20 }),
  datum('退回次数', 'returns', { count: true }),
  datum('挂牌督办编号', 'listingNumber', { width: 18 }),
  word('逾期升级', 'escalation', { ...ESCALATION_NAME, NONE: '' }),
  flag('反复隐患', ['recurring'], (row) => !!row['recurring']),
  flag('历史台账导入', ['historical'], (row) => !!row['historical']),
  datum('备注', 'remark', { width: 24 }),
]

/** What the graph does not show somebody, no workbook does. */
export const columnsFor = (target: ThingClass, columns: readonly ExportColumn[], role: Role): ExportColumn[] =>
  columns.filter(({ needs, tells }) => (tells ? [tells] : needs).every((name) => opens(datumOf(target, name)!.read, role)))
