import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Day, Flag, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/**
 * 一企一档: how complete the dossier of one enterprise is, part by part. Never typed in: kept by every act that touches what
 * it counts (keep.ts), and by the daily work when a day ends the validity of something.
 */
@Thing('一企一档', { table: 'dossier', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['enterprise'] })
export class Dossier extends Recorded {
  @Link('企业', () => Enterprise, { index: false, many: { name: 'dossiers', label: '一企一档' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }) tradeStation?: Station
  /** The enterprise is at work; one that closed or moved away leaves the rates. */
  @Flag('在统计范围') inScope!: boolean
  @Day('建档日期', { nullable: true }) startedOn?: string
  @Whole('完整度（%）', { nullable: true }) percent?: number
  @Flag('十一部分齐全') complete!: boolean
  @Whole('齐全的部分数') partsComplete!: number
  @Whole('要求数') demanded!: number
  @Whole('已满足') met!: number
  @Whole('过期数') expired!: number
  @Whole('待审核数') unreviewed!: number
  @Whole('企业基本信息（%）', { nullable: true }) basics?: number
  @Whole('全员安全生产责任制（%）', { nullable: true }) responsibility?: number
  @Whole('制度化管理（%）', { nullable: true }) rules?: number
  @Whole('教育培训（%）', { nullable: true }) training?: number
  @Whole('设备设施（%）', { nullable: true }) equipment?: number
  @Whole('现场管理（%）', { nullable: true }) site?: number
  @Whole('安全风险管控（%）', { nullable: true }) risk?: number
  @Whole('隐患排查治理（%）', { nullable: true }) hazards?: number
  @Whole('应急管理（%）', { nullable: true }) emergency?: number
  @Whole('事故管理（%）', { nullable: true }) accidents?: number
  @Whole('持续改进（%）', { nullable: true }) improvement?: number
  /** `缺 EMERGENCY_FILING` per line: the reason kind and the requirement's code, to be searched by. */
  @Text('缺项（原因与要求代码）') gaps!: string
}
