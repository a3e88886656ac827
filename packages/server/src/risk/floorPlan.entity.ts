import type { Ref } from '@mikro-orm/core'
import { registerEnumType } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Choice, Day, Facts, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'

/** What can stand on a plan: a risk point, or one of the things that are visible on site (六有、安全标识). */
export enum MarkKind {
  RISK_POINT = 'RISK_POINT',
  SIGN = 'SIGN',
  SIX_HAVES = 'SIX_HAVES',
}
registerEnumType(MarkKind, {
  name: 'MarkKind',
  description: '平面图上的标记',
  valuesConfig: worded({ RISK_POINT: '风险点', SIGN: '安全标识', SIX_HAVES: '六有' }),
})

@Facts('FloorPlanInput')
export abstract class FloorPlanFacts extends Recorded {
  @Text('名称', { max: 60 }) name!: string
  @Text('楼层或区域', { max: 60, nullable: true }) storey?: string
}

/** 平面图 of an enterprise: its picture hangs on it as a file; what stands on it is placed in thousandths of its sides. */
@Thing('平面图', { table: 'floor_plan', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class FloorPlan extends FloorPlanFacts {
  @Link('企业', () => Enterprise, { many: { name: 'floorPlans', label: '平面图' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Id('图片', { nullable: true }) picture?: string
  @Whole('图片宽', { filter: false }) width!: number
  @Whole('图片高', { filter: false }) height!: number
  @Day('停用日期', { nullable: true }) endedOn?: string
}

/** 平面图上的标记. */
@Thing('平面图标记', { table: 'floor_mark', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class FloorMark extends Recorded {
  @Link('平面图', () => FloorPlan, { many: { name: 'marks', label: '标记' } }) plan!: Ref<FloorPlan>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Choice('标记类型', MarkKind) kind!: MarkKind
  @Id('标记对象') target!: string
  @Text('标注', { max: 60, nullable: true }) label?: string
  @Whole('横向位置（千分之）', { filter: false }) x!: number
  @Whole('纵向位置（千分之）', { filter: false }) y!: number
  /** Counts in this area wherever it stands (a legend at the edge, a pipe on another floor). */
  @Link('归属区域', () => FloorArea, { nullable: true }) area?: Ref<FloorArea>
}

/** 平面图上的区域: an outline and a name; never a colour, which follows from the points (areaColor.ts). */
@Thing('平面图区域', { table: 'floor_area', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class FloorArea extends Recorded {
  @Link('平面图', () => FloorPlan, { many: { name: 'areas', label: '区域' } }) plan!: Ref<FloorPlan>
  @Link('企业', () => Enterprise) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Text('名称', { max: 60 }) name!: string
  @Text('轮廓（各点千分之坐标）') outline!: string
}
