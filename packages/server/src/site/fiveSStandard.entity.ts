import type { Ref } from '@mikro-orm/core'
import { Choice, Day, Facts, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { FiveSStage } from './terms.js'

@Facts('FiveSStandardInput')
export abstract class FiveSStandardFacts extends Recorded {
  @Text('标准名称', { max: 80 }) name!: string
  @Text('版次', { max: 40 }) edition!: string
  @Whole('每项最高分') itemMost: number = 4
  @Whole('低于几分须有照片') photoBelow: number = 3
  @Whole('优（A）不低于') gradeA: number = 90
  @Whole('良（B）不低于') gradeB: number = 80
  @Whole('合格不低于') pass: number = 60
}

/** 5S现场管理标准: what is scored and what decides. Published it is frozen; an audit keeps the version it was made with. */
@Thing('5S标准', { table: 'five_s_standard', scope: 'open' })
export class FiveSStandard extends FiveSStandardFacts {
  @Choice('状态', FiveSStage) stage: FiveSStage = FiveSStage.DRAFT
  @Day('发布日期', { nullable: true }) publishedOn?: string
  @Day('被取代日期', { nullable: true }) supersededOn?: string
}

/** 整理、整顿、清扫、清洁、素养; some add 安全 as a sixth. */
@Thing('5S要素', { table: 'five_s_dimension', scope: 'open' })
export class FiveSDimension extends Recorded {
  @Link('5S标准', () => FiveSStandard, { many: { name: 'dimensions', label: '要素' } }) standard!: Ref<FiveSStandard>
  @Whole('次序') rank!: number
  @Text('要素', { max: 20 }) name!: string
  @Whole('分值') points!: number
}

@Thing('5S检查项', { table: 'five_s_item', scope: 'open' })
export class FiveSItem extends Recorded {
  @Link('5S标准', () => FiveSStandard, { many: { name: 'items', label: '检查项' } }) standard!: Ref<FiveSStandard>
  @Link('5S要素', () => FiveSDimension, { many: { name: 'items', label: '检查项' } }) dimension!: Ref<FiveSDimension>
  @Whole('次序') rank!: number
  @Text('检查内容', { max: 200 }) text!: string
}
