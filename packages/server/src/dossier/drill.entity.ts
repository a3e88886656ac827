import type { Ref } from '@mikro-orm/core'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Flag, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import type { Day as DayText } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { type DossierRecord, needCounts, needPast, needText } from './dossierRecord.js'
import { DrillKind } from './terms.js'

@Facts('DrillInput')
export abstract class DrillFacts extends Recorded {
  @Choice('演练形式', DrillKind) kind!: DrillKind
  @Text('演练内容', { max: 200 }) scenario!: string
  @Day('演练日期') heldOn!: string
  @Whole('应参加人数') required!: number
  @Whole('实际参加人数') joined!: number
  @Flag('已评估') evaluated!: boolean
  @Text('评估与改进', { nullable: true }) findings?: string
}

@Thing('应急演练', { table: 'drill', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class Drill extends DrillFacts implements DossierRecord {
  @Link('企业', () => Enterprise, { many: { name: 'drills', label: '应急演练' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  @Day('作废日期', { nullable: true }) voidedOn?: string

  check(today: DayText): void {
    needText(this.scenario, 'scenario', '演练内容')
    needPast(this.heldOn, today, 'heldOn', '演练日期')
    if (this.evaluated) needText(this.findings, 'findings', '评估与改进')
    needCounts([
      [this.required, 'required', '应参加人数'],
      [this.joined, 'joined', '实际参加人数'],
    ])
  }
}
