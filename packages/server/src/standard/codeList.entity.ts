import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Day, Facts, Flag, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

@Facts('CodeListInput')
export abstract class CodeListFacts extends Recorded {
  @Text('名称', { max: 80 }) name!: string
  @Text('版本', { max: 60 }) edition!: string
  @Day('启用日期', { nullable: true }) validFrom?: string
  @Day('停用日期', { nullable: true }) validTo?: string
  @Text('来源与说明', { nullable: true }) source?: string
}

/** 代码表, one edition of it: trades, accident types, factors, measure classes, sign classes are data that follow the standards. */
@Thing('代码表', { table: 'code_list', scope: 'open' })
@Unique({ properties: ['code', 'edition'] })
export class CodeList extends CodeListFacts {
  @Text('代码表代码', { max: 40 }) code!: string
  /** The edition's names are not all known for sure: to be checked against the printed standard before it is used on papers. */
  @Flag('待核对') unsure!: boolean
}

@Facts('CodeItemInput')
export abstract class CodeItemFacts extends Recorded {
  @Text('代码', { max: 40 }) code!: string
  @Text('名称', { max: 80 }) name!: string
  @Text('上级代码', { max: 40, nullable: true }) parent?: string
  /** The code that stands for it in another list. */
  @Text('对应代码', { max: 60, nullable: true }) mapsTo?: string
  @Text('说明', { max: 200, nullable: true }) note?: string
}

@Thing('代码', { table: 'code_item', scope: 'open' })
@Unique({ properties: ['list', 'code'] })
export class CodeItem extends CodeItemFacts {
  @Link('代码表', () => CodeList, { many: { name: 'items', label: '代码' } }) list!: Ref<CodeList>
  @Whole('序号') seq!: number
  @Flag('在用') active!: boolean
}
