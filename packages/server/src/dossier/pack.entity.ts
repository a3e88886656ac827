import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Facts, Flag, Id, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'

/** The sheets of the pack for the city's platform, one for each kind of record. */
export enum PackSheet {
  ENTERPRISE = 'ENTERPRISE',
  DOCUMENT = 'DOCUMENT',
  TRAINING = 'TRAINING',
  EQUIPMENT = 'EQUIPMENT',
  CERTIFICATE = 'CERTIFICATE',
  DRILL = 'DRILL',
  ACCIDENT = 'ACCIDENT',
  ZERO_REPORT = 'ZERO_REPORT',
}
export const SHEET_NAMES: Record<PackSheet, string> = {
  ...{ ENTERPRISE: '企业', DOCUMENT: '档案资料', TRAINING: '教育培训', EQUIPMENT: '设备台账' },
  ...{ CERTIFICATE: '证照', DRILL: '应急演练', ACCIDENT: '事故', ZERO_REPORT: '零事故报告' },
}
registerEnumType(PackSheet, { name: 'PackSheet', description: '导出包的工作表', valuesConfig: worded(SHEET_NAMES) })

export enum CellFormat {
  TEXT = 'TEXT',
  DAY = 'DAY',
  DAY_SLASH = 'DAY_SLASH',
  DAY_PLAIN = 'DAY_PLAIN',
  NUMBER = 'NUMBER',
  YES_NO = 'YES_NO',
}
registerEnumType(CellFormat, {
  name: 'CellFormat',
  description: '单元格格式',
  valuesConfig: worded({ TEXT: '文本', DAY: '日期 2026-03-01', DAY_SLASH: '日期 2026/03/01', DAY_PLAIN: '日期 20260301', NUMBER: '数字', YES_NO: '是、否' }),
})

@Facts('ExportMappingInput')
export abstract class MappingFacts extends Recorded {
  @Choice('工作表', PackSheet) sheet!: PackSheet
  /** One of the codes that packCells.ts knows for the sheet. */
  @Text('字段代码', { max: 40 }) code!: string
  @Text('平台列名', { max: 60 }) title!: string
  @Choice('格式', CellFormat) format!: CellFormat
  @Whole('次序') position!: number
  @Flag('导出') active!: boolean
}

/** 导出字段对照: which of our data stands under which column of the city's platform. Its columns change; ours do not for that. */
@Thing('导出字段对照', { table: 'export_mapping', scope: 'open' })
@Unique({ properties: ['sheet', 'code'] })
export class ExportMapping extends MappingFacts {}

export enum PackVerdict {
  PENDING = 'PENDING',
  ACCEPTED = 'ACCEPTED',
  REFUSED = 'REFUSED',
}
registerEnumType(PackVerdict, {
  name: 'PackVerdict',
  description: '平台回执：未回执、已接收、被退回',
  valuesConfig: worded({ PENDING: '未回执', ACCEPTED: '已接收', REFUSED: '被退回' }),
})

/** 导出包: what changed since the last one, frozen when it was made, so that it can be fetched again as it was. */
@Thing('导出包', { table: 'export_pack', scope: { division: 'division', station: 'station' } })
export class ExportPack extends Recorded {
  @Text('编号', { max: 40, unique: true }) number!: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Flag('全部（不只增量）') whole!: boolean
  @Id('导出人') madeBy!: string
  @Text('导出人姓名', { max: 40, personal: true }) madeByName!: string
  @Whole('行数') rowCount!: number
  @Whole('文件数') fileCount!: number
  @Instant('回执时间', { nullable: true }) receivedAt?: string
}

/** 导出包的一行, with the cells as they were sent. */
@Thing('导出包的行', { table: 'export_pack_row', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['pack', 'record'] })
export class ExportPackRow extends Recorded {
  @Link('导出包', () => ExportPack, { many: { name: 'rows', label: '行' } }) pack!: Ref<ExportPack>
  @Link('企业', () => Enterprise, { many: { name: 'packRows', label: '导出包的行' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Choice('工作表', PackSheet) sheet!: PackSheet
  @Id('记录编号') record!: string
  @Text('摘要', { max: 200, filter: false }) summary!: string
  @Text('内容', { personal: true, shown: false }) cells!: string
  @Text('内容摘要值', { max: 64, shown: false }) digest!: string
  @Choice('回执', PackVerdict) verdict: PackVerdict = PackVerdict.PENDING
  @Text('平台意见', { nullable: true }) message?: string
}

/** 回执的一行, as the platform wrote it, and whether we know it. */
@Thing('回执的行', { table: 'receipt_line', scope: { division: 'division', station: 'station' } })
export class ReceiptLine extends Recorded {
  @Link('导出包', () => ExportPack, { many: { name: 'receipts', label: '回执' } }) pack!: Ref<ExportPack>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Whole('回执行号') line!: number
  @Text('记录编号或信用代码', { max: 120, nullable: true }) key?: string
  @Text('名称', { max: 200, nullable: true, filter: false }) name?: string
  @Choice('回执', PackVerdict) verdict!: PackVerdict
  @Text('平台意见', { nullable: true }) message?: string
  /** false: 平台有、这里没有. */
  @Flag('对得上') matched!: boolean
  @Text('说明') words!: string
}
