import { addDays, type Day } from '../shared/days.js'
import type { CalendarMark } from './terms.js'

/** What the published calendars say of single days; every other day is what its weekday says. */
export interface Marked {
  day: Day
  mark: CalendarMark | `${CalendarMark}`
  name: string
}
/** 作息: which weekdays an enterprise rests (1 Monday … 7 Sunday), whether it rests on public holidays, and its shifts a day. */
export interface Rhythm {
  restWeekdays: readonly number[]
  keepsHolidays: boolean
  shifts: number
}
/** 停产停业, from and to included; without an end it still lasts. */
export interface Stop {
  from: Day
  to?: Day | undefined
}
export interface Holiday {
  name: string
  from: Day
  to: Day
}

export const OFFICE: Rhythm = { restWeekdays: [6, 7], keepsHolidays: true, shifts: 1 }

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** The working days of one enterprise: the national calendar with its swapped days, its own rest days, its standstills. */
export class Workdays {
  readonly #marks: ReadonlyMap<Day, Marked>

  constructor(
    private readonly marked: readonly Marked[],
    private readonly rhythmOn: (day: Day) => Rhythm = () => OFFICE,
    private readonly stops: readonly Stop[] = [],
  ) {
    this.#marks = new Map(marked.map((one) => [one.day, one]))
  }

  shifts(day: Day): number {
    return this.rhythmOn(day).shifts
  }

  stopped(day: Day): boolean {
    return this.stops.some(({ from, to }) => from <= day && (!to || day <= to))
  }

  /** A day of rest by the calendar and the enterprise's own habit, whether or not it stands still. */
  rests(day: Day): boolean {
    const rhythm = this.rhythmOn(day)
    const restsWeekly = rhythm.restWeekdays.includes(weekdayOf(day))
    if (!rhythm.keepsHolidays) return restsWeekly
    const mark = this.#marks.get(day)?.mark
    if (mark === 'REST') return true
    // 调休: a swapped Saturday or Sunday is a working day for those who rest on it.
    return mark === 'WORK' ? false : restsWeekly
  }

  works(day: Day): boolean {
    return !this.rests(day) && !this.stopped(day)
  }

  /** The working days from a to b, both included. */
  between(from: Day, to: Day): Day[] {
    const days: Day[] = []
    for (let day = from; day <= to; day = addDays(day, 1)) if (this.works(day)) days.push(day)
    return days
  }

  /** The last so many working days before a day. */
  before(day: Day, many: number, noFurther = 60): Day[] {
    const days: Day[] = []
    for (let back = 1; back <= noFurther && days.length < many; back++) if (this.works(addDays(day, -back))) days.unshift(addDays(day, -back))
    return days
  }

  /** Public holidays that begin between two days: unbroken runs of marked rest days of one name. */
  holidays(from: Day, to: Day): Holiday[] {
    const found: Holiday[] = []
    for (const { day, name } of this.marked.filter(({ mark }) => mark === 'REST').sort((a, b) => (a.day < b.day ? -1 : 1))) {
      const last = found.at(-1)
      if (last && last.name === name && addDays(last.to, 1) === day) last.to = day
      else found.push({ name, from: day, to: day })
    }
    return found.filter((one) => one.from >= from && one.from <= to)
  }
}
