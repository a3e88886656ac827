import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { CheckKind } from '../inspection/terms.js'
import { RiskColor } from '../risk/terms.js'
import { Choice, Day, Facts, Id, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { FrequencyState } from './terms.js'

/** What the town decides about all visits: when the table begins, and the numbers that the field leaves open. */
@Facts('FrequencyTableInput')
export abstract class FrequencyTableFacts extends Recorded {
  @Day('生效日期') validFrom!: string
  @Text('依据', { nullable: true }) basis?: string
  @Whole('每次检查的时间窗（工作日）', { filter: false }) windowDays!: number
  @Whole('逾期几天后记为漏检', { filter: false }) graceDays!: number
  /** An enterprise that nobody has rated is not therefore one without risk. */
  @Choice('未评级的企业按', RiskColor, { nullable: true, filter: false }) unratedAs?: RiskColor
}

/** 差异化检查规则: one edition of a town's table. A published one is frozen; visits name the edition they come from. */
@Thing('差异化检查规则', { table: 'frequency_table', scope: 'open' })
@Unique({ properties: ['division', 'edition'] })
export class FrequencyTable extends FrequencyTableFacts {
  @Text('镇（区划代码）', { max: 12, index: true }) division!: string
  @Whole('版次') edition!: number
  @Choice('状态', FrequencyState) state!: FrequencyState
  @Id('发布人', { nullable: true }) publishedBy?: string
  @Instant('发布时间', { nullable: true }) publishedAt?: string
  /** Of the draft: the table's own version tells of its lines, too, so that two who edit at once never both succeed. */
  @Instant('修改时间', { nullable: true, shown: false }) editedAt?: string

  needDraft(): void {
    if (this.state !== FrequencyState.DRAFT) throw new Refusal('FREQUENCY_FROZEN', `第 ${this.edition} 版已发布，不能再改；请另起一版`)
  }

  describe({ validFrom, basis, windowDays, graceDays, unratedAs }: FrequencyTableFacts): void {
    const within = (field: string, value: number, low: number, high: number) => {
      if (value < low || value > high) throw new Refusal('OUT_OF_RANGE', `应在 ${low} 至 ${high} 之间`, { field })
    }
    within('windowDays', windowDays, 1, 60)
    within('graceDays', graceDays, 0, 180)
    Object.assign(this, { validFrom, windowDays, graceDays })
    if (basis?.trim()) this.basis = basis.trim()
    else delete this.basis
    if (unratedAs) this.unratedAs = unratedAs
    else delete this.unratedAs
  }
}

/** 一条规则: how often enterprises of a trade (or any) and a colour are checked in one kind of check, at least and at most. */
@Thing('差异化检查规则（条）', { table: 'frequency_rule', scope: 'open' })
export class FrequencyRule extends Recorded {
  @Link('规则表', () => FrequencyTable, { many: { name: 'rules', label: '规则' } }) table!: Ref<FrequencyTable>
  @Text('行业（空为各行业）', { max: 40, nullable: true }) trade?: string
  @Choice('颜色', RiskColor) color!: RiskColor
  @Choice('检查类型', CheckKind) kind!: CheckKind
  @Whole('每年至少') minPerYear!: number
  @Whole('每年至多（只限执法检查）', { nullable: true }) maxPerYear?: number
  @Text('检查重点', { nullable: true }) focus?: string
}
