import { type Block, type Cell, type Colour, fields, gap, heading, table, text } from '../paper/paper.js'
import { SEVERITY_NAME, STAGE_NAME } from '../hazard/terms.js'
import type { PlainRow } from '../shared/read/reader.js'
import { maskNumber } from './certificate.entity.js'
import { SCALE_NAMES } from './scaleNames.js'
import { liveSources } from './sources.js'
import * as terms from './terms.js'
import type { DossierPart } from './terms.js'

export const MOST = 200
export const SIZE = 9

export type Rows = (sql: string) => Promise<PlainRow[]>
export const said = (value: unknown): string => (value === null || value === undefined || value === '' ? '—' : String(value as string))
export const named = (names: Record<string, string>, value: unknown): string =>
  value == null ? '—' : (names[String(value as string)] ?? String(value as string))

const listing = (name: string, columns: string[], rows: Cell[][]): Block[] =>
  rows.length
    ? [
        gap(0.5),
        heading(name, 3),
        table(
          columns.map((column) => ({ title: column })),
          rows,
          SIZE,
        ),
        ...(rows.length === MOST ? [text(`只列最近 ${MOST} 条，其余见系统。`)] : []),
      ]
    : []

const certificates = (kinds: string, rows: Rows) =>
  rows(`select * from certificate where enterprise_id = ? and voided_on is null and kind in (${kinds}) order by valid_until`).then((all) =>
    listing(
      '证照',
      ['类型', '名称', '持证岗位', '证号（后四位）', '发证日期', '有效期至'],
      all.map((row) => [
        named(terms.CERTIFICATE_KIND_NAMES, row['kind']),
        said(row['title']),
        said(row['holder_role']),
        said(maskNumber(row['number'] as string)),
        said(row['issued_on']),
        said(row['valid_until']),
      ]),
    ),
  )

/** What the system itself has recorded, under the part that it belongs to. */
export const OWN_TABLES: Partial<Record<DossierPart, (firm: PlainRow, rows: Rows) => Promise<Block[]>>> = {
  BASICS: async (firm, rows) => [
    gap(0.5),
    heading('基本信息', 3),
    fields(
      [
        ['单位名称', said(firm['name'])],
        ['信用代码', firm['uscc'] ? said(firm['uscc']) : `无（${said(firm['no_uscc_reason'])}）`],
        ['所属村', said(firm['village'])],
        ['主管站所', said(firm['station_name'])],
        ['行业类别', said(firm['trade'])],
        ['规模', named(SCALE_NAMES, firm['scale_class'])],
        ['从业人数', said(firm['staff_count'])],
        ['标准化等级', said(firm['standard_level'])],
        ['地址', said(firm['address'])],
      ],
      2,
    ),
    ...(await certificates(`'LICENCE', 'OTHER'`, rows)),
  ],
  TRAINING: async (_firm, rows) => [
    ...listing(
      '教育培训记录',
      ['日期', '类型', '内容', '学时', '应培训', '实际', '合格'],
      (await rows('select * from training_record where enterprise_id = ? and voided_on is null order by held_on desc')).map((row) => [
        ...[said(row['held_on']), named(terms.TRAINING_KIND_NAMES, row['kind']), said(row['topic']), said(row['hours'])],
        ...[said(row['required']), said(row['trained']), said(row['passed'])],
      ]),
    ),
    ...(await certificates(`'PRINCIPAL', 'OFFICER', 'SPECIAL_OPERATION'`, rows)),
  ],
  EQUIPMENT: async (_firm, rows) => [
    ...listing(
      '设备台账',
      ['名称', '类型', '使用登记证', '部位', '检验日期', '下次检验', '状态'],
      (await rows('select * from equipment where enterprise_id = ? and voided_on is null order by next_due_on is null, next_due_on, name')).map((row) => [
        ...[said(row['name']), `${row['special'] ? '特种 · ' : ''}${named(terms.EQUIPMENT_KIND_NAMES, row['kind'])}`, said(row['registration_code'])],
        ...[said(row['place']), said(row['inspected_on']), said(row['next_due_on']), named(terms.EQUIPMENT_STATE_NAMES, row['state'])],
      ]),
    ),
    ...(await certificates(`'EQUIPMENT_OPERATOR'`, rows)),
  ],
  RISK: async (_firm, rows) => (liveSources().has('riskPoint') ? colours(rows) : []),
  HAZARDS: async (_firm, rows) => {
    const counted = await rows(
      `select severity, stage, count(*) as n from hazard where enterprise_id = ? and stage not in ('DRAFT', 'VOID') group by severity, stage order by severity, stage`,
    )
    const latest = await rows(
      `select number, place, severity, stage, found_on, due_on from hazard where enterprise_id = ? and stage not in ('DRAFT', 'VOID') order by found_on desc, number desc`,
    )
    return [
      ...listing(
        '隐患汇总',
        ['等级', '状态', '条数'],
        counted.map((row) => [named(SEVERITY_NAME, row['severity']), named(STAGE_NAME, row['stage']), said(row['n'])]),
      ),
      ...listing(
        '隐患台账',
        ['编号', '部位', '等级', '状态', '发现日期', '整改期限'],
        latest.map((row) => [
          said(row['number']),
          said(row['place']),
          named(SEVERITY_NAME, row['severity']),
          named(STAGE_NAME, row['stage']),
          said(row['found_on']),
          said(row['due_on']),
        ]),
      ),
    ]
  },
  EMERGENCY: async (_firm, rows) =>
    listing(
      '应急演练',
      ['日期', '形式', '内容', '应参加', '实际', '评估'],
      (await rows('select * from drill where enterprise_id = ? and voided_on is null order by held_on desc')).map((row) => [
        ...[
          said(row['held_on']),
          named(terms.DRILL_KIND_NAMES, row['kind']),
          said(row['scenario']),
          said(row['required']),
          said(row['joined']),
          row['evaluated'] ? '已评估' : '未评估',
        ],
      ]),
    ),
  ACCIDENTS: async (_firm, rows) => [
    ...listing(
      '事故台账',
      ['日期', '等级', '类型', '死亡', '重伤', '轻伤', '经过'],
      (await rows('select * from accident where enterprise_id = ? and voided_on is null order by happened_on desc')).map((row) => [
        ...[said(row['happened_on']), named(terms.ACCIDENT_GRADE_NAMES, row['grade']), said(row['accident_type'])],
        ...[said(row['deaths']), said(row['serious_injuries']), said(row['minor_injuries']), said(row['summary'])],
      ]),
    ),
    ...listing(
      '零事故报告',
      ['期间', '期末', '情况'],
      (await rows('select * from zero_report where enterprise_id = ? order by ends_on desc')).map((row) => [
        said(row['period']),
        said(row['ends_on']),
        row['contradicted'] ? '与事故台账不符' : '零事故',
      ]),
    ),
  ],
}

const COLOURS: [Colour, string][] = [
  ['RED', '重大风险（红）'],
  ['ORANGE', '较大风险（橙）'],
  ['YELLOW', '一般风险（黄）'],
  ['BLUE', '低风险（蓝）'],
]
async function colours(rows: Rows): Promise<Block[]> {
  const counted = new Map(
    (await rows('select color, count(*) as n from risk_point where enterprise_id = ? and ended_on is null group by color')).map((row) => [
      String(row['color']),
      row['n'],
    ]),
  )
  return listing(
    '四色风险汇总',
    ['等级', '风险点数'],
    COLOURS.map(([colour, name]) => [{ text: name, colour }, said(counted.get(colour) ?? 0)]),
  )
}
