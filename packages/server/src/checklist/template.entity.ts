import type { Ref } from '@mikro-orm/core'
import { Index, Unique } from '@mikro-orm/decorators/legacy'
import { HazardFactor, HazardSeverity } from '../hazard/terms.js'
import { Choice, Facts, Flag, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Norm } from '../standard/norm.entity.js'
import { CheckFrequency, ChecklistLevel } from './terms.js'

/** One sheet of a structured norm: what an enterprise of the trade copies at one level. `key` is the same in every version. */
@Thing('检查清单模板', { table: 'template', scope: 'open' })
@Unique({ properties: ['norm', 'key'] })
export class Template extends Recorded {
  @Link('所属规范（版本）', () => Norm, { many: { name: 'templates', label: '检查清单模板' } }) norm!: Ref<Norm>
  @Text('模板编号（各版相同）', { max: 40 }) key!: string
  @Text('行业类别', { max: 40 }) trade!: string
  @Choice('层级', ChecklistLevel) level!: ChecklistLevel
  @Text('名称', { max: 120 }) title!: string
  /** 适用的车间、岗位: words of their names; none means every one. */
  @Text('适用的车间或岗位（用顿号分开）', { max: 120, nullable: true }) appliesTo?: string
  @Text('检查责任', { max: 60 }) responsible!: string
  @Choice('检查频率', CheckFrequency) frequency!: CheckFrequency
  @Text('整改要求', { nullable: true }) demand?: string
}

@Facts('TemplateItemInput')
export abstract class TemplateItemFacts extends Recorded {
  @Text('分组', { max: 120, nullable: true }) section?: string
  @Text('检查内容') content!: string
  @Text('合格标准', { nullable: true }) requirement?: string
  @Text('检查方法', { max: 40, nullable: true }) method?: string
  @Text('检查责任', { max: 60, nullable: true }) responsible?: string
  @Choice('检查频率', CheckFrequency, { nullable: true }) frequency?: CheckFrequency
  @Text('整改要求', { nullable: true }) demand?: string
  @Choice('隐患因素', HazardFactor, { nullable: true }) factor?: HazardFactor
  @Flag('关键项') critical!: boolean
  @Choice('不合格时的隐患等级', HazardSeverity) severity!: HazardSeverity
  @Text('法规依据', { nullable: true }) legalBasis?: string
  @Text('标准化要素（GB/T 33000）', { max: 20, nullable: true }) element?: string
}

/** An item of a template; `key` stays with it from version to version, wherever it is moved. */
@Thing('模板检查项', { table: 'template_item', scope: 'open' })
@Index({ properties: ['template', 'seq'] })
export class TemplateItem extends TemplateItemFacts {
  @Link('模板', () => Template, { many: { name: 'items', label: '检查项' } }) template!: Ref<Template>
  @Text('检查项编号（各版相同）', { max: 40 }) key!: string
  @Whole('序号') seq!: number
}
