import type { Ref } from '@mikro-orm/core'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import type { Day as DayText } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { type DossierRecord, needCounts, needPast, needText } from './dossierRecord.js'
import { TrainingKind } from './terms.js'

@Facts('TrainingInput')
export abstract class TrainingFacts extends Recorded {
  @Choice('培训类型', TrainingKind) kind!: TrainingKind
  @Text('内容', { max: 200 }) topic!: string
  @Day('培训日期') heldOn!: string
  @Whole('学时') hours!: number
  @Whole('应培训人数') required!: number
  @Whole('实际培训人数') trained!: number
  @Whole('考核合格人数', { nullable: true }) passed?: number
  @Text('备注', { nullable: true }) remark?: string
}

/** 教育培训记录: people as numbers, never by name. */
@Thing('教育培训记录', { table: 'training_record', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class TrainingRecord extends TrainingFacts implements DossierRecord {
  @Link('企业', () => Enterprise, { many: { name: 'trainings', label: '教育培训' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Day('作废日期', { nullable: true }) voidedOn?: string

  check(today: DayText): void {
    needText(this.topic, 'topic', '培训内容')
    needPast(this.heldOn, today, 'heldOn', '培训日期')
    if (!(this.hours > 0)) throw new Refusal('COUNT_NEGATIVE', '学时须大于 0', { field: 'hours' })
    needCounts([
      [this.required, 'required', '应培训人数'],
      [this.trained, 'trained', '实际培训人数'],
      [this.passed, 'passed', '考核合格人数'],
    ])
  }
}
