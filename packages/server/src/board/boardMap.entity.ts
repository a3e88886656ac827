import { Property } from '@mikro-orm/decorators/legacy'
import { Id, Instant, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/** 看板地图: the outlines of a territory's villages (of a county: its towns), which take the place of the schematic map. */
@Thing('看板地图', { table: 'board_map', scope: { division: 'division' } })
export class BoardMap extends Recorded {
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('来源（文件名）', { max: 120, nullable: true }) source?: string
  @Whole('画出的村（镇）', { filter: false }) places!: number
  @Whole('轮廓点数', { filter: false }) spots!: number
  @Instant('更换时间', { nullable: true }) changedAt?: string
  @Id('更换人', { nullable: true }) changedBy?: string
  /** As they are drawn (shapes.ts); a bare column: the log says that the map changed, not each of its points. */
  @Property({ type: 'text', nullable: true, hidden: true }) shapes?: string
}
