import type { Ref } from '@mikro-orm/core'
import { Float, ObjectType } from 'type-graphql'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { HazardFactor } from '../hazard/terms.js'
import { Choice, Day, Derived, Facts, Flag, Id, Instant, Link, Lookup, Text, Whole } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { actsOf, RISK_ACT_NEEDS } from './acts.js'
import { levelsOf } from './levels.js'
import { ControlLevel, DirectRed, ReviewCause, RiskAct, RiskColor, RiskKind, RiskMethod } from './terms.js'

/** What is typed in about a risk point (domain.md §3.6). People by their post, never by name: what is posted at a gate shows no names (§9.5). */
@Facts('RiskPointInput')
export abstract class RiskPointFacts extends Recorded {
  @Text('名称', { max: 80 }) name!: string
  @Choice('类型', RiskKind) kind!: RiskKind
  @Text('部位', { max: 120, nullable: true }) place?: string
  @Text('风险描述', { nullable: true }) description?: string
  @Text('责任岗位（部门）', { max: 60, nullable: true }) responsible?: string
  @Text('检查内容', { nullable: true }) checkContent?: string
  @Text('检查频次', { max: 40, nullable: true }) checkFrequency?: string
  @Text('应急处置', { nullable: true }) emergency?: string
}

const hundredth = (name: string) => (row: Record<string, unknown>) => (row[name] == null ? null : Number(row[name]) / 100)
const FACTORS = { PERSON: 'factorPerson', OBJECT: 'factorObject', ENVIRONMENT: 'factorEnvironment', MANAGEMENT: 'factorManagement' } as const
export const factorsOf = (row: object): HazardFactor[] =>
  (Object.entries(FACTORS) as [HazardFactor, string][]).filter(([, flag]) => !!(row as Record<string, unknown>)[flag]).map(([factor]) => factor)
export const factorFlags = (factors: readonly HazardFactor[]) =>
  Object.fromEntries(Object.entries(FACTORS).map(([factor, flag]) => [flag, factors.includes(factor as HazardFactor)]))
export const accidentsOf = (text: unknown): string[] => (typeof text === 'string' ? text.split('、').filter(Boolean) : [])

/** Everything the register keeps about a risk point. The rules that move it are in riskPoint.entity.ts. */
@ObjectType('RiskRecord', { simpleResolvers: true })
export abstract class RiskRecord extends RiskPointFacts {
  @Text('编号', { max: 40 }) code!: string
  @Link('企业', () => Enterprise, { many: { name: 'riskPoints', label: '风险点' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Text('车间（部门）', { max: 60, nullable: true }) workshop?: string
  @Link('所属车间', () => Workshop, { nullable: true, many: { name: 'riskPoints', label: '风险点' } }) unit?: Ref<Workshop>
  @Link('所属岗位', () => Post, { nullable: true, many: { name: 'riskPoints', label: '风险点' } }) post?: Ref<Post>
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'riskPoints', label: '风险点（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'riskPoints', label: '风险点' } }) tradeStation?: Station

  @Flag('人的因素') factorPerson: boolean = false
  @Flag('物的因素') factorObject: boolean = false
  @Flag('环境因素') factorEnvironment: boolean = false
  @Flag('管理因素') factorManagement: boolean = false
  @Derived('四种因素', () => [HazardFactor], Object.values(FACTORS), factorsOf) factors?: HazardFactor[]
  @Text('可能导致的事故类型（用顿号分开）', { max: 200, nullable: true }) accidents?: string
  @Derived('可能导致的事故类型', () => [String], ['accidents'], (row) => accidentsOf(row['accidents'])) accidentTypes?: string[]

  /** 颜色 of the point: the residual one. Nothing until it has been rated. */
  @Choice('颜色', RiskColor, { nullable: true }) color?: RiskColor
  @Choice('固有风险颜色', RiskColor, { nullable: true }) inherentColor?: RiskColor
  @Choice('剩余风险颜色', RiskColor, { nullable: true }) residualColor?: RiskColor
  @Choice('评价方法', RiskMethod, { nullable: true }) method?: RiskMethod
  @Text('评价预设', { max: 40, nullable: true }) preset?: string
  @Whole('预设版本', { nullable: true, filter: false }) presetEdition?: number
  @Whole('固有 L（×10）', { nullable: true, filter: false }) inherentL10?: number
  @Whole('固有 E（×10）', { nullable: true, filter: false }) inherentE10?: number
  @Whole('固有 C（S）', { nullable: true, filter: false }) inherentC?: number
  @Whole('固有风险值（×100）', { nullable: true }) inherentScore100?: number
  @Whole('剩余 L（×10）', { nullable: true, filter: false }) residualL10?: number
  @Whole('剩余 E（×10）', { nullable: true, filter: false }) residualE10?: number
  @Whole('剩余 C（S）', { nullable: true, filter: false }) residualC?: number
  @Whole('剩余风险值（×100）', { nullable: true }) residualScore100?: number
  @Derived('固有风险值 D（R）', () => Float, ['inherentScore100'], hundredth('inherentScore100'), { nullable: true }) inherentScore?: number
  @Derived('剩余风险值 D（R）', () => Float, ['residualScore100'], hundredth('residualScore100'), { nullable: true }) residualScore?: number
  @Choice('直接判定理由', DirectRed, { nullable: true }) directRed?: DirectRed
  @Text('直接判定的情况', { nullable: true }) directRedNote?: string
  @Choice('管控层级', ControlLevel, { nullable: true }) controlLevel?: ControlLevel
  @Derived('各级管控（含下级）', () => [ControlLevel], ['controlLevel'], (row) => levelsOf(row['controlLevel'] as ControlLevel | null))
  controlLevels?: ControlLevel[]

  @Instant('评价时间', { nullable: true }) assessedAt?: string
  @Day('评价日期', { nullable: true }) assessedOn?: string
  @Id('评价人账号', { nullable: true }) assessedBy?: string
  @Text('评价人', { max: 60, nullable: true, personal: true }) assessorName?: string
  @Choice('复评缘由', ReviewCause, { nullable: true }) reviewCause?: ReviewCause
  @Day('下次复评日期', { nullable: true }) nextReviewOn?: string
  @Choice('被要求复评', ReviewCause, { nullable: true }) reviewAsked?: ReviewCause
  @Text('要求复评的原因', { nullable: true }) reviewAskedWhy?: string
  @Flag('等待站所确认') awaitsConfirmation: boolean = false
  @Id('确认人账号', { nullable: true }) confirmedBy?: string
  @Instant('确认时间', { nullable: true }) confirmedAt?: string
  @Day('撤销日期', { nullable: true }) endedOn?: string
  @Text('撤销原因', { nullable: true }) endReason?: string

  @Derived('复评已到期', () => Boolean, ['nextReviewOn', 'endedOn'], (row, { now }) => reviewIsDue(row, dayOf(now))) reviewDue?: boolean
  @Derived('我可以办理', () => [RiskAct], RISK_ACT_NEEDS, (row, { actor }) => (actor ? actsOf(actor, row as unknown as RiskRecord) : [])) acts?: RiskAct[]
}

const reviewIsDue = (row: Record<string, unknown>, today: string): boolean => !row['endedOn'] && !!row['nextReviewOn'] && String(row['nextReviewOn']) < today
