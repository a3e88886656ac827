import type { Ref } from '@mikro-orm/core'
import { Index } from '@mikro-orm/decorators/legacy'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Choice, Day, Facts, Flag, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Template, TemplateItem, TemplateItemFacts } from './template.entity.js'
import { CheckFrequency, ChecklistLevel, DropCause } from './terms.js'

export { CheckFrequency, ChecklistLevel, DropCause } from './terms.js'

@Facts('ChecklistInput')
export abstract class ChecklistFacts extends Recorded {
  @Text('名称', { max: 120 }) title!: string
  @Text('检查责任', { max: 60 }) responsible!: string
  @Choice('检查频率', CheckFrequency) frequency!: CheckFrequency
  @Text('整改要求', { nullable: true }) demand?: string
  @Day('起用日期') startsOn!: string
}

/** 三张清单 of one enterprise: its own copy of a template, at one of the three levels (domain.md §5). */
@Thing('检查清单', { table: 'checklist', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
@Index({ properties: ['enterprise', 'level'] })
export class Checklist extends ChecklistFacts {
  @Link('企业', () => Enterprise, { many: { name: 'checklists', label: '检查清单' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Link('车间', () => Workshop, { nullable: true, many: { name: 'checklists', label: '检查清单' } }) unit?: Ref<Workshop>
  @Link('岗位', () => Post, { nullable: true, many: { name: 'checklists', label: '检查清单' } }) post?: Ref<Post>
  @Choice('层级', ChecklistLevel) level!: ChecklistLevel
  @Link('所据模板（版本）', () => Template, { nullable: true, many: { name: 'copies', label: '企业清单' } }) template?: Ref<Template>
  @Day('停用日期', { nullable: true }) endedOn?: string
}

/** What is checked. Never removed, so that answers given to it keep it: an item leaves by `droppedOn`. */
@Thing('检查项', { table: 'checklist_item', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
@Index({ properties: ['checklist', 'seq'] })
export class ChecklistItem extends TemplateItemFacts {
  @Link('检查清单', () => Checklist, { many: { name: 'items', label: '检查项' } }) checklist!: Ref<Checklist>
  @Link('企业', () => Enterprise, { many: { name: 'checklistItems', label: '检查项' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Link('车间', () => Workshop, { nullable: true }) unit?: Ref<Workshop>
  @Link('岗位', () => Post, { nullable: true }) post?: Ref<Post>
  @Whole('序号') seq!: number
  @Link('规范检查项', () => TemplateItem, { nullable: true, many: { name: 'copies', label: '企业检查项' } }) origin?: Ref<TemplateItem>
  /** The enterprise says it in its own words; an upgrade leaves them. */
  @Flag('已改写') reworded!: boolean
  @Day('停用日期', { nullable: true }) droppedOn?: string
  @Text('停用原因', { max: 200, nullable: true }) dropReason?: string
  @Choice('停用缘由', DropCause, { nullable: true }) dropCause?: DropCause
}
