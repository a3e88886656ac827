import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Choice, Day, Flag, Id, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { CalendarMark } from './terms.js'

/** 工作日历: one edition of a year's public holidays and swapped days. Published once and frozen; a correction is the next edition. */
@Thing('工作日历', { table: 'work_calendar', scope: 'open' })
@Unique({ properties: ['year', 'edition'] })
export class WorkCalendar extends Recorded {
  @Whole('年度') year!: number
  @Whole('版次') edition!: number
  @Text('名称', { max: 60 }) title!: string
  @Text('依据', { max: 200, nullable: true }) basis?: string
  @Flag('出厂数据（待核对）') shipped: boolean = false
  @Id('发布人', { nullable: true }) publishedBy?: string
  @Instant('被新版取代的时间', { nullable: true }) supersededAt?: string
}

/** 放假或调休上班的一天. */
@Thing('日历中的一天', { table: 'calendar_day', scope: 'open' })
@Unique({ properties: ['calendar', 'day'] })
export class CalendarDay extends Recorded {
  @Link('工作日历', () => WorkCalendar, { many: { name: 'days', label: '放假与调休' } }) calendar!: Ref<WorkCalendar>
  @Day('日期') day!: string
  @Choice('放假或上班', CalendarMark) mark!: CalendarMark
  @Text('节日', { max: 40 }) name!: string
}
