import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Day, Facts, Flag, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { OFFICE, type Rhythm } from './workdays.js'

@Facts('RoutineInput')
export abstract class RoutineFacts extends Recorded {
  /** 1 Monday … 7 Sunday, with commas; blank: none. */
  @Text('每周休息日（1 至 7，用逗号分开）', { max: 20 }) restWeekdays!: string
  @Flag('法定节假日放假') keepsHolidays!: boolean
  @Whole('每日班次数') shifts!: number
  @Day('起用日期') validFrom!: string
}

/** 作息: an enterprise's own rest days and shifts, from a day on; the one before stays true for the days before. */
@Thing('企业作息', { table: 'routine', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['enterprise', 'validFrom'] })
export class Routine extends RoutineFacts {
  @Link('企业', () => Enterprise, { many: { name: 'routines', label: '作息' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string

  describe(facts: RoutineFacts): void {
    const days = [...new Set((facts.restWeekdays ?? '').split(/[,，、\s]+/).filter(Boolean))].sort()
    if (days.some((day) => !/^[1-7]$/.test(day))) throw new Refusal('REST_DAYS', '每周休息日请用 1 至 7（周一至周日），用逗号分开', { field: 'restWeekdays' })
    if (days.length > 6) throw new Refusal('REST_DAYS', '一周不能全是休息日；停产请登记停产停业', { field: 'restWeekdays' })
    if (!Number.isInteger(facts.shifts) || facts.shifts < 1 || facts.shifts > 4) throw new Refusal('SHIFTS', '每日班次为 1 至 4', { field: 'shifts' })
    Object.assign(this, { restWeekdays: days.join(','), keepsHolidays: facts.keepsHolidays, shifts: facts.shifts, validFrom: facts.validFrom })
  }

  rhythm(): Rhythm {
    return { restWeekdays: this.restWeekdays.split(',').filter(Boolean).map(Number), keepsHolidays: this.keepsHolidays, shifts: this.shifts }
  }
}

/** The rhythm on a day: the last routine that was in force, the office's before the first. */
export const rhythmFrom = (routines: readonly Routine[]) => {
  const known = [...routines].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1)).map((one) => ({ from: one.validFrom, rhythm: one.rhythm() }))
  return (day: string): Rhythm => known.find(({ from }) => from <= day)?.rhythm ?? OFFICE
}

/** 停产停业: from a day until work is taken up again, with a check before it is. */
@Thing('停产停业', { table: 'stoppage', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
export class Stoppage extends Recorded {
  @Link('企业', () => Enterprise, { many: { name: 'stoppages', label: '停产停业' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12 }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Day('停产日期') stoppedOn!: string
  @Day('复工日期', { nullable: true }) resumesOn?: string
  @Text('原因', { max: 200 }) reason!: string
}
