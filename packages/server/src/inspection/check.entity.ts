import type { Ref } from '@mikro-orm/core'
import { Index, Unique } from '@mikro-orm/decorators/legacy'
import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { ChecklistLevel } from '../checklist/terms.js'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardFactor, HazardSeverity } from '../hazard/terms.js'
import { Choice, Day, Derived, Flag, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { CheckTask } from './checkTask.entity.js'
import { CheckKind, ItemOutcome, SignatureRole } from './terms.js'

const SCOPE = { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } as const

/** 检查记录: who looked at what when, item by item; sent once and never changed afterwards. */
@Thing('检查记录', { table: 'check_record', scope: SCOPE })
@Index({ properties: ['enterprise', 'doneOn'] })
@Index({ properties: ['division', 'doneOn'] })
export class Check extends Recorded {
  /** Made by the device that fills it in: the same draft sent twice is one record. */
  @Text('设备生成的唯一标识', { max: 36, unique: true, shown: false }) key!: string
  @Text('编号', { max: 40, unique: true }) number!: string
  @Choice('检查类型', CheckKind) kind!: CheckKind
  @Link('检查清单', () => Checklist, { nullable: true, many: { name: 'checks', label: '检查记录' } }) checklist?: Ref<Checklist>
  @Link('检查任务', () => CheckTask, { nullable: true, many: { name: 'checks', label: '检查记录' } }) task?: Ref<CheckTask>
  @Link('企业', () => Enterprise, { many: { name: 'checks', label: '检查记录' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Link('车间', () => Workshop, { nullable: true, many: { name: 'checks', label: '检查记录' } }) unit?: Ref<Workshop>
  @Link('岗位', () => Post, { nullable: true, many: { name: 'checks', label: '检查记录' } }) post?: Ref<Post>
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'checks', label: '检查记录（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'checks', label: '检查记录' } }) tradeStation?: Station
  @Choice('层级', ChecklistLevel, { nullable: true }) level?: ChecklistLevel
  @Text('检查内容', { max: 120 }) title!: string
  @Day('计划日期', { nullable: true }) plannedOn?: string
  @Instant('开始时间') startedAt!: string
  @Instant('完成时间') doneAt!: string
  @Day('检查日期') doneOn!: string
  @Id('检查人账号或岗位会话') checkedBy!: string
  @Text('检查人角色', { max: 20 }) checkedByRole!: string
  @Text('检查单位', { max: 60 }) checkedByUnit!: string
  @Text('检查人', { max: 60, personal: true }) checkerName!: string
  /** 执法人员及执法证号: at least two (行政处罚法 第42条). */
  @Text('执法人员及证号', { max: 200, nullable: true, personal: true }) officers?: string
  @Whole('符合') passed!: number
  @Whole('不符合') failed!: number
  @Whole('当场整改') fixed!: number
  @Whole('不适用') notApplicable!: number
  @Whole('未检查') notChecked!: number
  @Text('检查情况', { nullable: true }) remark?: string
  @Text('受检单位拒绝签字的情况', { max: 200, nullable: true }) refusedToSign?: string
  @Derived('符合率', () => Number, ['passed', 'failed', 'fixed'], (row) => compliance(row as never), { nullable: true }) compliance?: number | null
}

/** 符合 ÷ (符合 + 不符合 + 当场整改), one decimal, half up; nothing looked at is no compliance (domain.md §5.3). */
export function compliance({ passed, failed, fixed }: Pick<Check, 'passed' | 'failed' | 'fixed'>): number | null {
  const of = passed + failed + fixed
  return of === 0 ? null : Math.floor((passed * 2000 + of) / (2 * of)) / 10
}

/** 一项的检查结果: what stood on the list that day is kept with the answer. */
@Thing('检查项结果', { table: 'check_result', scope: SCOPE })
@Unique({ properties: ['check', 'seq'] })
export class CheckResult extends Recorded {
  @Link('检查记录', () => Check, { many: { name: 'results', label: '检查项结果' } }) check!: Ref<Check>
  @Link('检查项', () => ChecklistItem, { nullable: true, many: { name: 'results', label: '检查结果' } }) item?: Ref<ChecklistItem>
  @Link('企业', () => Enterprise, { many: { name: 'checkResults', label: '检查项结果' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Link('车间', () => Workshop, { nullable: true }) unit?: Ref<Workshop>
  @Link('岗位', () => Post, { nullable: true }) post?: Ref<Post>
  @Whole('序号') seq!: number
  @Text('分组', { max: 120, nullable: true }) section?: string
  @Text('检查内容') content!: string
  @Text('合格标准', { nullable: true }) requirement?: string
  @Choice('结果', ItemOutcome) outcome!: ItemOutcome
  @Text('说明', { nullable: true }) note?: string
  @Text('部位', { max: 120, nullable: true }) place?: string
  @Choice('隐患因素', HazardFactor, { nullable: true }) factor?: HazardFactor
  @Choice('不合格时的隐患等级', HazardSeverity) severity!: HazardSeverity
  @Flag('关键项') critical!: boolean
  @Text('法规依据', { nullable: true }) legalBasis?: string
  @Text('整改要求', { nullable: true }) demand?: string
  @Day('检查日期') doneOn!: string
  @Link('隐患', () => Hazard, { nullable: true, many: { name: 'checkResults', label: '来源检查' } }) hazard?: Ref<Hazard>
}

/** 签字: drawn on the screen; the picture's hash, the moment and the account stand with it. */
@Thing('签字', { table: 'signature', scope: SCOPE })
@Unique({ properties: ['check', 'role'] })
export class Signature extends Recorded {
  @Link('检查记录', () => Check, { many: { name: 'signatures', label: '签字' } }) check!: Ref<Check>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Choice('签字人', SignatureRole) role!: SignatureRole
  @Text('姓名', { max: 60, personal: true }) name!: string
  @Id('办理账号') account!: string
  @Instant('签字时间') signedAt!: string
  @Text('签名图片的 SHA-256', { max: 64 }) sha256!: string
}
