import type { Ref } from '@mikro-orm/core'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Derived, Facts, Link, Lookup, Text, Thing } from '../shared/datum.js'
import type { Day as DayText } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { type DossierRecord, needOrder, needPast, needText } from './dossierRecord.js'
import { CertificateKind } from './terms.js'

/** The last four characters tell two certificates apart; the rest is nobody's business in a list. */
export const maskNumber = (number: string | null | undefined): string | null =>
  number ? `${'*'.repeat(Math.max(0, Math.min(8, number.length - 4)))}${number.slice(-4)}` : null

@Facts('CertificateInput')
export abstract class CertificateFacts extends Recorded {
  @Choice('证照类型', CertificateKind) kind!: CertificateKind
  @Text('证照名称', { max: 120 }) title!: string
  @Text('持证岗位', { max: 60, nullable: true }) holderRole?: string
  @Text('发证机关', { max: 80, nullable: true }) issuer?: string
  @Day('发证日期', { nullable: true }) issuedOn?: string
  @Day('有效期至', { nullable: true }) validUntil?: string
  @Text('备注', { nullable: true }) remark?: string
}

/** 证照: of the enterprise, or of somebody named by his post; his name is personal, his 身份证号 is not collected. */
@Thing('证照', { table: 'certificate', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class Certificate extends CertificateFacts implements DossierRecord {
  @Link('企业', () => Enterprise, { many: { name: 'certificates', label: '证照' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Day('作废日期', { nullable: true }) voidedOn?: string
  @Text('持证人', { max: 40, nullable: true, personal: true, shown: false }) holderName?: string
  @Text('证号', { max: 60, nullable: true, personal: true, shown: false }) number?: string
  @Derived('证号（部分）', () => String, ['number'], (row) => maskNumber(row['number'] as string | null | undefined), { nullable: true })
  numberMasked?: string | null

  check(today: DayText): void {
    needText(this.title, 'title', '证照名称')
    needPast(this.issuedOn, today, 'issuedOn', '发证日期')
    needOrder(this.issuedOn, this.validUntil, 'validUntil', '有效期至须晚于发证日期')
    needText(this.validUntil, 'validUntil', '有效期至')
    if (this.kind !== CertificateKind.LICENCE) needText(this.holderRole, 'holderRole', '持证岗位')
  }
}
