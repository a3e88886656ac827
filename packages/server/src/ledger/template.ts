import { dayOf } from '../shared/days.js'
import { paperFile, type PaperCell, type PaperColumn } from '../shared/excelWrite.js'
import type { Reader } from '../shared/read/reader.js'
import * as choices from './choices.js'
import type { Column } from './column.js'
import { ENTERPRISE_COLUMNS } from './enterpriseColumns.js'
import { HAZARD_COLUMNS } from './hazardColumns.js'
import type { LedgerKind } from './ledger.js'
import type { Places } from './places.js'
import { placesOf, type Query } from './town.js'

const WIDTH: Record<string, number> = {
  name: 32,
  enterprise: 32,
  uscc: 22,
  address: 32,
  description: 48,
  measures: 40,
  foundOn: 13,
  deadline: 13,
  rectifiedOn: 13,
  reviewedOn: 13,
  remark: 24,
}
const REQUIRED: Record<LedgerKind, readonly string[]> = { enterprises: ['name', 'village'], hazards: ['foundOn', 'enterprise', 'description', 'deadline'] }

/** An empty ledger as we would like to have it: starred columns, drop-down lists, an example, and how to fill it in. */
export async function templateFile(kind: LedgerKind, { reader, now }: { reader: Reader; now: Date }, town: string): Promise<Uint8Array> {
  const places = await placesOf(reader.all.bind(reader) as Query, town, dayOf(now))
  const [columns, example, notes] =
    kind === 'enterprises' ? [ENTERPRISE_COLUMNS, ENTERPRISE_EXAMPLE, ENTERPRISE_NOTES] : [HAZARD_COLUMNS, HAZARD_EXAMPLE, HAZARD_NOTES]
  const offered = choicesOf(places)
  const paper = {
    sheet: kind === 'enterprises' ? '企业台账' : '隐患台账',
    lines: [`${places.town.name}${kind === 'enterprises' ? '生产经营单位台账' : '事故隐患排查治理台账'}`],
    columns: columns.map(({ field, label }: Column): PaperColumn => ({
      header: label,
      required: REQUIRED[kind].includes(field),
      ...(WIDTH[field] ? { width: WIDTH[field] } : {}),
      ...(offered[field] ? { choices: offered[field] } : {}),
    })),
  }
  const values: Record<string, PaperCell> = { ...example, village: places.villages[0]!.name, station: places.stations[0]?.name }
  return paperFile(paper, [columns.map(({ field }) => values[field])], [...notes], PREPARED)
}

const choicesOf = ({ villages, stations }: Places): Record<string, string[]> => ({
  village: villages.map((village) => village.name),
  station: stations.map((station) => station.name),
  scaleClass: Object.values(choices.scaleClass.names),
  severity: Object.values(choices.severity.names),
  factor: Object.values(choices.factor.names),
  category: Object.values(choices.category.names),
  source: Object.values(choices.source.names),
  status: ['已销号', '待复查', '整改中', '待整改'],
})

const PREPARED = 300

/** Rows that begin so are left out by the import (dataRow.ts). */
const EXAMPLE = '示例：'
const ENTERPRISE_EXAMPLE = {
  name: `${EXAMPLE}某某茶厂`,
  uscc: '91350524DEM000014Y',
  address: '某某路1号',
  trade: '茶叶加工',
  scaleClass: '小微',
  staffCount: '35',
  legalRep: '陈某',
  principal: '林某',
  phone: '13800000000',
  safetyOfficer: '王某',
  standardLevel: '三级',
}
const HAZARD_EXAMPLE = {
  foundOn: '2026-03-02',
  foundByUnit: '镇安办',
  finderName: '陈某',
  source: '专项检查',
  enterprise: `${EXAMPLE}某某茶厂`,
  uscc: '91350524DEM000014Y',
  place: '杀青车间',
  description: '滚筒杀青机链轮防护罩拆下后未复位。',
  factor: '物',
  severity: '一般',
  category: '机械',
  measures: '加装固定式防护罩。',
  responsiblePerson: '林某',
  deadline: '2026-03-09',
  rectifiedOn: '2026-03-06',
  reviewer: '陈某',
  reviewedOn: '2026-03-07',
  reviewResult: '合格',
  status: '已销号',
}

const COMMON = [
  '带 * 的列必填；以“示例：”开头的行不会导入。',
  '列的顺序可以调整，多余的列不影响导入，表头上方可以有标题。',
  '信用代码、电话请保持文本格式，不要让软件变成科学计数。',
  '导入前可以先预览：每一行都会说明是新增、更新、未变还是退回，退回的行可以下载改正。',
  '同一份台账再次导入不会重复登记。',
]
const ENTERPRISE_NOTES = [
  '企业台账填写说明',
  ...COMMON,
  '没有统一社会信用代码的，填“无”，并在“无信用代码的原因”写明原因或留联系电话。',
  '所属村、行业主管站所请从下拉列表选择；没有主管站所的留空，会列为“责任空白”。',
]
const HAZARD_NOTES = [
  '隐患台账填写说明',
  ...COMMON,
  '被检查单位须已在企业名册中：按统一社会信用代码，或按单位全称查找。',
  '日期写成 2026-03-02；整改期限不能早于检查日期，可以写“立即整改”“7日内”。',
  '已销号的须有整改完成日期和复查日期；没有销号的须有整改期限。',
  '隐患等级只有“一般”“重大”两级；重大隐患导入后还要在系统里补齐判定条款和五落实，才能继续办理。',
]
