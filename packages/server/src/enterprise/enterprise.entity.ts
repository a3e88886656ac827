import { Index } from '@mikro-orm/decorators/legacy'
import { registerEnumType } from 'type-graphql'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { maskPhone } from '../shared/phone.js'
import type { Role } from '../shared/context.js'
import { Choice, Day, Derived, Facts, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { nameOf } from '../shared/read/names.js'
import { Recorded } from '../shared/recorded.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { Refusal } from '../shared/refusal.js'
import { checkUscc } from './uscc.js'
import { worded } from '../shared/words.js'

/** 规模: Quanzhou's own three classes (domain.md §0.4). */
export enum ScaleClass {
  ABOVE_SCALE = 'ABOVE_SCALE',
  MEDIUM = 'MEDIUM',
  SMALL_MICRO = 'SMALL_MICRO',
}
registerEnumType(ScaleClass, {
  name: 'ScaleClass',
  description: '规模：规上、中等、小微',
  valuesConfig: worded({ ABOVE_SCALE: '规上', MEDIUM: '中等', SMALL_MICRO: '小微' }),
})

/** Whose work needs to reach somebody: an analyst counts, and calls nobody. */
const CONTACT_READERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST']

@Facts('EnterpriseInput')
export abstract class EnterpriseFacts extends Recorded {
  @Text('单位名称', { max: 120, index: true }) name!: string
  @Text('统一社会信用代码', { max: 18, nullable: true, unique: true }) uscc?: string
  @Text('无信用代码的原因', { max: 120, nullable: true }) noUsccReason?: string
  @Text('所属村（区划代码）', { max: 12, index: true }) division!: string
  @Text('详细地址', { max: 200, nullable: true }) address?: string
  @Text('行业主管站所（代码）', { max: 40, nullable: true, index: true }) station?: string
  @Text('行业类别', { max: 40, nullable: true, index: true }) trade?: string
  @Choice('规模', ScaleClass, { nullable: true }) scaleClass?: ScaleClass
  @Whole('从业人数', { nullable: true }) staffCount?: number
  @Text('法定代表人', { max: 40, nullable: true, personal: true, read: CONTACT_READERS }) legalRep?: string
  @Text('主要负责人', { max: 40, nullable: true, personal: true, read: CONTACT_READERS }) principal?: string
  @Text('安全管理员', { max: 40, nullable: true, personal: true, read: CONTACT_READERS }) safetyOfficer?: string
  @Text('标准化等级', { max: 20, nullable: true }) standardLevel?: string
  @Text('备注', { nullable: true }) remark?: string
}

/** 生产经营单位: two owners at once, the station of its trade and the village on whose land it stands (domain.md §1.2). */
@Thing('企业', { table: 'enterprise', scope: { division: 'division', station: 'station', enterprise: 'id' } })
@Index({ properties: ['division', 'name'] })
export class Enterprise extends EnterpriseFacts {
  @Text('联系电话（完整）', { max: 40, nullable: true, personal: true, shown: false }) phone?: string
  @Derived('联系电话', () => String, ['phone'], (row) => maskPhone(row['phone'] as string | null | undefined), { nullable: true, read: CONTACT_READERS })
  phoneMasked?: string
  @Derived('所属村', () => String, ['division'], (row, context) => nameOf(context, 'division', row['division']), { nullable: true }) divisionName?: string
  @Derived('行业主管站所', () => String, ['station'], (row, context) => nameOf(context, 'station', row['station']), { nullable: true }) stationName?: string
  @Lookup('所属村（区划）', () => Division, { name: 'division', to: 'code' }, { many: { name: 'enterprises', label: '企业（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'enterprises', label: '企业' } }) tradeStation?: Station
  @Lookup('四色', () => RiskStanding, { name: 'id', to: 'enterprise' }) risk?: object
  @Day('停业或迁出日期', { nullable: true }) closedOn?: string
  @Day('建档日期') enteredOn!: string

  /** Takes what was typed in: left out is unchanged, null or blank is cleared; refuses with the field that is wrong. */
  describe(facts: EnterpriseFacts): void {
    const { id: _id, version: _version, createdAt: _at, ...typed } = facts
    for (const [key, value] of Object.entries(typed)) if (value !== undefined) this.take(key as keyof EnterpriseFacts, value)
    if ((this.name ?? '').length < 2) throw new Refusal('NAME_MISSING', '请填写单位名称', { field: 'name' })
    if (this.staffCount != null && this.staffCount < 0) throw new Refusal('STAFF_COUNT', '从业人数不能是负数', { field: 'staffCount' })
    if (this.uscc) this.uscc = checkUscc(this.uscc)
    else if (!this.noUsccReason && !this.phone) throw new Refusal('USCC_MISSING', '没有统一社会信用代码的，请写明原因或留联系电话', { field: 'uscc' })
  }

  private take(key: keyof EnterpriseFacts, value: string | number | null): void {
    const kept = typeof value === 'string' ? value.trim() : value
    if (kept === null || kept === '') delete this[key]
    else Object.assign(this, { [key]: kept })
  }

  /** 停业、迁出: nothing is forgotten, it leaves the figures from that day. */
  closeDown(on: string, today: string): void {
    if (this.closedOn) throw new Refusal('ALREADY', '这家企业已经停业或迁出')
    if (on > today) throw new Refusal('DAY_FUTURE', '停业日期不能晚于今天', { field: 'closedOn' })
    if (on < this.enteredOn) throw new Refusal('DAY_ORDER', `停业日期不能早于建档日期 ${this.enteredOn}`, { field: 'closedOn' })
    this.closedOn = on
  }

  reopen(): void {
    if (!this.closedOn) throw new Refusal('ALREADY', '这家企业没有停业')
    delete this.closedOn
  }
}
