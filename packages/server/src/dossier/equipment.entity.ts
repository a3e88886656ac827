import type { Ref } from '@mikro-orm/core'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Flag, Link, Lookup, Text, Thing } from '../shared/datum.js'
import type { Day as DayText } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { type DossierRecord, needOrder, needPast, needText } from './dossierRecord.js'
import { EquipmentKind, EquipmentState } from './terms.js'

@Facts('EquipmentInput')
export abstract class EquipmentFacts extends Recorded {
  @Text('设备名称', { max: 120 }) name!: string
  @Choice('设备类型', EquipmentKind) kind!: EquipmentKind
  @Flag('特种设备') special!: boolean
  @Text('型号规格', { max: 80, nullable: true }) model?: string
  @Text('使用登记证编号', { max: 60, nullable: true }) registrationCode?: string
  @Text('所在部位', { max: 120, nullable: true }) place?: string
  @Day('检验日期', { nullable: true }) inspectedOn?: string
  @Day('下次检验日期', { nullable: true }) nextDueOn?: string
  @Choice('状态', EquipmentState) state!: EquipmentState
  @Text('备注', { nullable: true }) remark?: string
}

/** 设备台账: special equipment bears its registration code and the day it is to be inspected again. */
@Thing('设备', { table: 'equipment', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class Equipment extends EquipmentFacts implements DossierRecord {
  @Link('企业', () => Enterprise, { many: { name: 'equipments', label: '设备台账' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Day('作废日期', { nullable: true }) voidedOn?: string

  check(today: DayText): void {
    needText(this.name, 'name', '设备名称')
    needPast(this.inspectedOn, today, 'inspectedOn', '检验日期')
    needOrder(this.inspectedOn, this.nextDueOn, 'nextDueOn', '下次检验日期须晚于检验日期')
    if (!this.special || this.state !== EquipmentState.IN_USE) return
    needText(this.registrationCode, 'registrationCode', '特种设备使用登记证编号')
    if (!this.nextDueOn) throw new Refusal('MISSING', '在用的特种设备须填写下次检验日期', { field: 'nextDueOn' })
  }
}
