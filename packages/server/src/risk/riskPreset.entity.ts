import { Unique } from '@mikro-orm/decorators/legacy'
import { Choice, Day, Derived, Flag, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { colorOf, NO_EXPOSURE, type Rating, score100 } from './grade.js'
import { ControlLevel, type RiskColor, RiskMethod } from './terms.js'
import { Int } from 'type-graphql'

const numbers = (text: unknown) => String(text).split(' ').filter(Boolean).map(Number)

/** 评价预设: the steps, bounds and control levels of a method. An edition is never changed; a new one takes its place (domain.md §3.4–3.6). */
@Thing('四色评价预设', { table: 'risk_preset', scope: 'open' })
@Unique({ properties: ['code', 'edition'] })
export class RiskPreset extends Recorded {
  @Text('预设代码', { max: 40, index: true }) code!: string
  @Whole('版本') edition!: number
  @Text('名称', { max: 60 }) name!: string
  @Choice('评价方法', RiskMethod) method!: RiskMethod
  /** Times a hundred, as scores are. */
  @Whole('红色下限（×100）') red100!: number
  @Whole('橙色下限（×100）') orange100!: number
  @Whole('黄色下限（×100）') yellow100!: number
  @Text('L 各档（×10）', { max: 120, filter: false }) likelihoods!: string
  @Text('E 各档（×10）', { max: 120, filter: false }) exposures!: string
  @Text('C（S）各档', { max: 120, filter: false }) consequences!: string
  @Choice('红色管控层级', ControlLevel, { filter: false }) redLevel!: ControlLevel
  @Choice('橙色管控层级', ControlLevel, { filter: false }) orangeLevel!: ControlLevel
  @Choice('黄色管控层级', ControlLevel, { filter: false }) yellowLevel!: ControlLevel
  @Choice('蓝色管控层级', ControlLevel, { filter: false }) blueLevel!: ControlLevel
  @Flag('现行') active!: boolean
  @Day('启用日期') validFrom!: string
  @Text('说明', { nullable: true }) note?: string
  @Derived('L 可选值（×10）', () => [Int], ['likelihoods'], (row) => numbers(row['likelihoods'])) likelihoodSteps?: number[]
  @Derived('E 可选值（×10）', () => [Int], ['exposures'], (row) => numbers(row['exposures'])) exposureSteps?: number[]
  @Derived('C（S）可选值', () => [Int], ['consequences'], (row) => numbers(row['consequences'])) consequenceSteps?: number[]

  /** Score and colour of a rating; refuses a step that the method does not know. */
  grade(rating: Rating): { score: number; color: RiskColor } {
    const exposures = this.method === RiskMethod.LS ? [NO_EXPOSURE] : numbers(this.exposures)
    const steps = { l10: numbers(this.likelihoods), e10: exposures, c: numbers(this.consequences) }
    for (const [field, allowed] of Object.entries(steps) as [keyof Rating, number[]][])
      if (!allowed.includes(rating[field])) throw new Refusal('RISK_STEP', `${WORD[field]} 只能取评价表中的值`, { field })
    const score = score100(rating)
    return { score, color: colorOf(score, this) }
  }

  levelOf(color: RiskColor): ControlLevel {
    return { RED: this.redLevel, ORANGE: this.orangeLevel, YELLOW: this.yellowLevel, BLUE: this.blueLevel }[color]
  }
}
const WORD = { l10: '可能性 L', e10: '暴露频率 E', c: '后果 C（S）' }
