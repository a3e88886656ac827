import { registerEnumType } from 'type-graphql'
import { Choice, Day, Facts, Flag, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'

export enum DivisionLevel {
  PROVINCE = 'PROVINCE',
  CITY = 'CITY',
  COUNTY = 'COUNTY',
  TOWN = 'TOWN',
  VILLAGE = 'VILLAGE',
}
registerEnumType(DivisionLevel, {
  name: 'DivisionLevel',
  description: '区划级别',
  valuesConfig: worded({ PROVINCE: '省', CITY: '市', COUNTY: '县', TOWN: '镇', VILLAGE: '村' }),
})

/** Length of a division's code by level: a code's prefix is its parent (domain.md §9.2). */
export const CODE_LENGTH: Record<DivisionLevel, number> = { PROVINCE: 2, CITY: 4, COUNTY: 6, TOWN: 9, VILLAGE: 12 }
export const townOf = (code: string) => code.slice(0, CODE_LENGTH.TOWN)

/** 行政区划: city, county, town, village; villages change, so each is valid from and to a day. */
@Thing('行政区划', { table: 'division', scope: 'open' })
export class Division extends Recorded {
  @Text('区划代码', { max: 12, unique: true }) code!: string
  @Text('名称', { max: 40 }) name!: string
  @Choice('级别', DivisionLevel, { index: true }) level!: DivisionLevel
  @Text('上级代码', { max: 12, nullable: true, index: true }) parent?: string
  @Day('启用日期', { nullable: true }) validFrom?: string
  @Day('停用日期', { nullable: true }) validTo?: string
}

@Facts('StationInput')
export abstract class StationFacts extends Recorded {
  @Text('站所名称', { max: 40 }) name!: string
  @Text('别名（导入台账时识别，用顿号分开）', { nullable: true }) aliases?: string
  @Text('县级主管部门', { max: 60, nullable: true }) superior?: string
  @Text('主管行业（用顿号分开）', { nullable: true }) trades?: string
  @Flag('有执法权或受委托执法') authorised!: boolean
}

/** 行业主管站所: urges and guides the enterprises of its trades; only an authorised one may enforce (domain.md §1.7, §1.8). */
@Thing('站所', { table: 'station', scope: 'open' })
export class Station extends StationFacts {
  @Text('站所代码', { max: 40, unique: true }) code!: string
  @Day('停用日期', { nullable: true }) validTo?: string

  tradeList(): string[] {
    return (this.trades ?? '').split(/[、，,;；\s]+/).filter(Boolean)
  }
}
