import { Unique } from '@mikro-orm/decorators/legacy'
import { Choice, Day, Facts, Flag, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { DossierPart, RequirementKind } from './terms.js'

@Facts('DossierRequirementInput')
export abstract class RequirementFacts extends Recorded {
  @Choice('部分', DossierPart) part!: DossierPart
  @Text('名称', { max: 80 }) title!: string
  @Text('说明') demand!: string
  @Choice('形式', RequirementKind) kind!: RequirementKind
  /** A RECORD's source (sources.ts), or the fields of the enterprise that a FACT asks for: `name,uscc|noUsccReason`. */
  @Text('记录来源或企业字段', { max: 200, nullable: true }) source?: string
  @Whole('至少几条记录', { nullable: true }) atLeast?: number
  @Whole('近几个月内', { nullable: true }) withinMonths?: number
  @Whole('有效月数', { nullable: true }) validMonths?: number
  @Flag('必须写明有效期至') needsValidUntil!: boolean
  @Text('适用行业（逗号分开，空为全部）', { max: 200, nullable: true }) trades?: string
  @Text('适用规模（逗号分开，空为全部）', { max: 60, nullable: true }) scales?: string
  @Whole('从业人数超过', { nullable: true }) moreStaffThan?: number
  @Text('有这种记录才适用', { max: 40, nullable: true }) onlyWith?: string
  @Text('GB/T 33000 要素', { max: 20, nullable: true }) element?: string
  @Whole('次序') position!: number
}

/**
 * 一企一档要求: what a part of the dossier must hold. A change never rewrites a row: the old edition ends and the next one
 * begins, so that a document can tell which demand it was filed under.
 */
@Thing('一企一档要求', { table: 'dossier_requirement', scope: 'open' })
@Unique({ properties: ['code', 'edition'] })
export class DossierRequirement extends RequirementFacts {
  @Text('代码', { max: 40, index: true }) code!: string
  @Whole('版次') edition: number = 1
  @Flag('现行') active: boolean = true
  @Day('施行日期') validFrom!: string
  @Day('停用日期', { nullable: true }) validTo?: string

  /** The next edition takes this one's place from that day on. */
  end(on: string): void {
    if (!this.active) throw new Refusal('ALREADY', '这一版要求已经停用')
    this.active = false
    this.validTo = on
  }
}
