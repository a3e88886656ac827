import type { Ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Id, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Checklist } from './checklist.entity.js'
import { Template } from './template.entity.js'

/** An enterprise's copy carried over to a newer version, with all that is needed to take it back without loss. */
@Thing('清单升级', { table: 'checklist_upgrade', scope: { division: 'division', station: 'station', enterprise: 'enterprise', workshop: 'workshop' } })
export class ChecklistUpgrade extends Recorded {
  @Link('检查清单', () => Checklist, { many: { name: 'upgrades', label: '升级记录' } }) checklist!: Ref<Checklist>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Link('原版模板', () => Template) fromTemplate!: Ref<Template>
  @Link('新版模板', () => Template) toTemplate!: Ref<Template>
  @Whole('新增项数') added!: number
  @Whole('修改项数') changed!: number
  @Whole('取消项数') dropped!: number
  @Id('升级人', { nullable: true }) upgradedBy?: string
  @Instant('退回时间', { nullable: true }) takenBackAt?: string
  @Id('退回人', { nullable: true }) takenBackBy?: string
  /** What every field that the upgrade wrote held before and after. */
  @Text('退回所需', { shown: false }) undo!: string
}
