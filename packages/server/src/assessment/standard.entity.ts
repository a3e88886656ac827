import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Choice, Day, Facts, Flag, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { AssessmentLevel, Carry } from './terms.js'

@Facts('AssessmentStandardInput')
export abstract class AssessmentStandardFacts extends Recorded {
  @Text('标准代号', { max: 40 }) code!: string
  @Text('版本', { max: 20 }) edition!: string
  @Text('名称', { max: 120 }) name!: string
  @Text('适用行业', { max: 40, nullable: true }) trade?: string
  @Day('实施日期') validFrom!: string
  @Day('废止日期', { nullable: true }) validTo?: string
  @Text('说明', { nullable: true }) note?: string
}

/** 评定标准, one edition of it: a tree of any shape. Once published its content is frozen; assessments are pinned to it. */
@Thing('评定标准', { table: 'assessment_standard', scope: 'open' })
@Unique({ properties: ['code', 'edition'] })
export class AssessmentStandard extends AssessmentStandardFacts {
  @Flag('已发布') published: boolean = false
}

/** 要素: a branch when it has no points, an item to be scored when it has. */
@Thing('评定要素', { table: 'standard_element', scope: 'open' })
@Unique({ properties: ['standard', 'code'] })
export class StandardElement extends Recorded {
  @Link('评定标准', () => AssessmentStandard, { many: { name: 'elements', label: '要素' } }) standard!: Ref<AssessmentStandard>
  @Whole('顺序') seq!: number
  @Text('编码', { max: 30 }) code!: string
  @Text('上级编码', { max: 30, nullable: true }) parent?: string
  @Text('名称', { max: 120 }) name!: string
  @Whole('标准分值（十分之一分）', { nullable: true }) pointsTenths?: number
  @Text('要求', { nullable: true }) requirement?: string
  @Text('扣分办法', { nullable: true }) deduction?: string
}

/** What a level asks: a percent, and how bad the safety record may be (domain.md §2.4). `seq` 0 is the best. */
@Thing('等级条件', { table: 'standard_level', scope: 'open' })
@Unique({ properties: ['standard', 'level'] })
export class StandardLevel extends Recorded {
  @Link('评定标准', () => AssessmentStandard, { many: { name: 'levels', label: '等级条件' } }) standard!: Ref<AssessmentStandard>
  @Whole('顺序') seq!: number
  @Choice('等级', AssessmentLevel) level!: AssessmentLevel
  @Whole('最低得分率（千分之一）') percentTenths!: number
  @Whole('最多死亡人数', { nullable: true }) mostDeaths?: number
  @Whole('最多重伤人数', { nullable: true }) mostSerious?: number
}

/** 否决项 (domain.md §2.5): configuration, since the field leaves them open. */
@Thing('否决项', { table: 'standard_veto', scope: 'open' })
@Unique({ properties: ['standard', 'seq'] })
export class StandardVeto extends Recorded {
  @Link('评定标准', () => AssessmentStandard, { many: { name: 'vetoes', label: '否决项' } }) standard!: Ref<AssessmentStandard>
  @Whole('顺序') seq!: number
  @Text('内容', { max: 255 }) text!: string
}

/** How the elements of one edition become those of another. */
@Thing('换版对照', { table: 'element_mapping', scope: 'open' })
export class ElementMapping extends Recorded {
  @Link('原标准', () => AssessmentStandard) from!: Ref<AssessmentStandard>
  @Link('新标准', () => AssessmentStandard) to!: Ref<AssessmentStandard>
  @Text('原编码', { max: 30, nullable: true }) fromCode?: string
  @Text('新编码', { max: 30, nullable: true }) toCode?: string
  @Choice('怎么办', Carry) carry!: Carry
}
