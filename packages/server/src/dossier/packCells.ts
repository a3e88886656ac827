import { SCALE_NAMES } from './scaleNames.js'
import { maskNumber } from './certificate.entity.js'
import { CellFormat, PackSheet } from './pack.entity.js'
import * as terms from './terms.js'
import type { PlainRow } from '../shared/read/reader.js'

/** How the rows of one sheet are read: the table, which of them still hold, and each code's column or rule. */
export interface SheetSource {
  table: string
  /** Rows that are not live are told of only when they were sent before. */
  live: string
  /** Code → what it is called, the SQL behind it on alias t (e: the enterprise), and how its value is said. */
  codes: Record<string, { label: string; sql: string; say?: (value: unknown) => unknown }>
  summary: string
}

const choice = (names: Record<string, string>) => (value: unknown) => (value == null ? null : (names[String(value)] ?? value))
const firm = {
  enterpriseUscc: { label: '统一社会信用代码', sql: 'e.uscc' },
  enterpriseName: { label: '单位名称', sql: 'e.name' },
}
const village = '(select d.name from division d where d.code = e.division)'
const station = '(select s.name from station s where s.code = e.station)'
const LIVE = 't.voided_on is null'

export const SHEETS: Record<PackSheet, SheetSource> = {
  ENTERPRISE: {
    ...{ table: 'enterprise', live: 't.closed_on is null', summary: 'e.name' },
    codes: {
      ...{ uscc: { label: '统一社会信用代码', sql: 'e.uscc' }, name: { label: '单位名称', sql: 'e.name' }, village: { label: '所属村', sql: village } },
      ...{ station: { label: '行业主管站所', sql: station }, trade: { label: '行业类别', sql: 'e.trade' } },
      ...{ scale: { label: '规模', sql: 'e.scale_class', say: choice(SCALE_NAMES) }, staffCount: { label: '从业人数', sql: 'e.staff_count' } },
      ...{ address: { label: '地址', sql: 'e.address' }, standardLevel: { label: '标准化等级', sql: 'e.standard_level' } },
      percent: { label: '档案完整度', sql: '(select d.percent from dossier d where d.enterprise_id = e.id)' },
      startedOn: { label: '建档日期', sql: '(select d.started_on from dossier d where d.enterprise_id = e.id)' },
      closed: { label: '停业或迁出', sql: 'case when e.closed_on is null then 0 else 1 end' },
    },
  },
  DOCUMENT: {
    ...{ table: 'dossier_document', live: 't.in_force', summary: 't.title' },
    codes: {
      ...firm,
      ...{ part: { label: '档案部分', sql: 't.part', say: choice(terms.PART_NAMES) } },
      requirement: { label: '资料类别', sql: '(select q.title from dossier_requirement q where q.id = t.requirement_id)' },
      ...{ title: { label: '资料名称', sql: 't.title' }, issue: { label: '版次', sql: 't.issue' }, responsible: { label: '责任岗位', sql: 't.responsible' } },
      ...{
        validFrom: { label: '生效日期', sql: 't.valid_from' },
        validUntil: { label: '有效期至', sql: 't.valid_until' },
        files: { label: '文件数', sql: 't.file_count' },
      },
      folder: { label: '文件夹', sql: `e.name || '/' || t.code || '-' || t.issue` },
    },
  },
  TRAINING: {
    ...{ table: 'training_record', live: LIVE, summary: 't.topic' },
    codes: {
      ...firm,
      ...{ kind: { label: '培训类型', sql: 't.kind', say: choice(terms.TRAINING_KIND_NAMES) }, topic: { label: '内容', sql: 't.topic' } },
      ...{ heldOn: { label: '培训日期', sql: 't.held_on' }, hours: { label: '学时', sql: 't.hours' }, required: { label: '应培训人数', sql: 't.required' } },
      ...{ trained: { label: '实际培训人数', sql: 't.trained' }, passed: { label: '考核合格人数', sql: 't.passed' } },
    },
  },
  EQUIPMENT: {
    ...{ table: 'equipment', live: LIVE, summary: 't.name' },
    codes: {
      ...firm,
      ...{ kind: { label: '设备类型', sql: 't.kind', say: choice(terms.EQUIPMENT_KIND_NAMES) }, name: { label: '设备名称', sql: 't.name' } },
      ...{
        special: { label: '特种设备', sql: 'case when t.special then 1 else 0 end' },
        registrationCode: { label: '使用登记证编号', sql: 't.registration_code' },
      },
      ...{ place: { label: '所在部位', sql: 't.place' }, inspectedOn: { label: '检验日期', sql: 't.inspected_on' } },
      ...{ nextDueOn: { label: '下次检验日期', sql: 't.next_due_on' }, state: { label: '状态', sql: 't.state', say: choice(terms.EQUIPMENT_STATE_NAMES) } },
    },
  },
  CERTIFICATE: {
    ...{ table: 'certificate', live: LIVE, summary: 't.title' },
    codes: {
      ...firm,
      ...{ kind: { label: '证照类型', sql: 't.kind', say: choice(terms.CERTIFICATE_KIND_NAMES) }, title: { label: '证照名称', sql: 't.title' } },
      ...{
        holderRole: { label: '持证岗位', sql: 't.holder_role' },
        issuer: { label: '发证机关', sql: 't.issuer' },
        issuedOn: { label: '发证日期', sql: 't.issued_on' },
      },
      numberMasked: { label: '证号（后四位）', sql: 't.number', say: (value) => maskNumber(value as string | null) },
      validUntil: { label: '有效期至', sql: 't.valid_until' },
    },
  },
  DRILL: {
    ...{ table: 'drill', live: LIVE, summary: 't.scenario' },
    codes: {
      ...firm,
      ...{ kind: { label: '演练形式', sql: 't.kind', say: choice(terms.DRILL_KIND_NAMES) }, scenario: { label: '演练内容', sql: 't.scenario' } },
      ...{
        heldOn: { label: '演练日期', sql: 't.held_on' },
        required: { label: '应参加人数', sql: 't.required' },
        joined: { label: '实际参加人数', sql: 't.joined' },
      },
      evaluated: { label: '已评估', sql: 'case when t.evaluated then 1 else 0 end' },
    },
  },
  ACCIDENT: {
    ...{ table: 'accident', live: LIVE, summary: 't.accident_type' },
    codes: {
      ...firm,
      ...{ happenedOn: { label: '发生日期', sql: 't.happened_on' }, grade: { label: '事故等级', sql: 't.grade', say: choice(terms.ACCIDENT_GRADE_NAMES) } },
      ...{ accidentType: { label: '事故类型', sql: 't.accident_type' }, deaths: { label: '死亡人数', sql: 't.deaths' } },
      ...{ seriousInjuries: { label: '重伤人数', sql: 't.serious_injuries' }, minorInjuries: { label: '轻伤人数', sql: 't.minor_injuries' } },
      summary: { label: '经过', sql: 't.summary' },
    },
  },
  ZERO_REPORT: {
    ...{ table: 'zero_report', live: 't.voided_on is null and not t.contradicted', summary: 't.period' },
    codes: { ...firm, period: { label: '报告期', sql: 't.period' }, endsOn: { label: '期末', sql: 't.ends_on' } },
  },
}

export interface Column {
  code: string
  title: string
  format: CellFormat
}

/** One cell as the platform wants it; a day stays a day, whatever its dress. */
export function cellOf(sheet: PackSheet, { code, format }: Column, row: PlainRow): string | number | null {
  const { say } = SHEETS[sheet].codes[code]!
  const value = say ? say(row[code]) : row[code]
  if (value === null || value === undefined || value === '') return null
  switch (format) {
    case CellFormat.NUMBER:
      return Number.isFinite(Number(value)) ? Number(value) : String(value as string)
    case CellFormat.DAY_SLASH:
      return String(value as string).replaceAll('-', '/')
    case CellFormat.DAY_PLAIN:
      return String(value as string).replaceAll('-', '')
    case CellFormat.YES_NO:
      return Number(value) ? '是' : '否'
    case CellFormat.TEXT:
    case CellFormat.DAY:
      return String(value as string)
  }
}
