import { readFileSync } from 'node:fs'
import { addDays, type Day } from '../shared/days.js'
import type { Marked } from './workdays.js'

interface Written {
  year: number
  title: string
  basis: string
  rest: [name: string, from: Day, to: Day][]
  work: [name: string, day: Day][]
}
export interface NationalCalendar {
  year: number
  title: string
  basis: string
  days: Marked[]
}

const FILE = new URL('../../content/calendars.json', import.meta.url)
let read: Written[] | undefined

const run = (from: Day, to: Day): Day[] => (from > to ? [] : [from, ...run(addDays(from, 1), to)])

/** The public holidays as shipped: the first edition of a year's calendar, which the town office checks and revises. */
export function nationalCalendars(): NationalCalendar[] {
  read ??= JSON.parse(readFileSync(FILE, 'utf8')) as Written[]
  return read.map(({ year, title, basis, rest, work }) => ({
    ...{ year, title, basis },
    days: [
      ...rest.flatMap(([name, from, to]) => run(from, to).map((day): Marked => ({ day, mark: 'REST', name }))),
      ...work.map(([name, day]): Marked => ({ day, mark: 'WORK', name })),
    ].sort((a, b) => (a.day < b.day ? -1 : 1)),
  }))
}
export const calendarOf = (year: number): NationalCalendar | undefined => nationalCalendars().find((one) => one.year === year)
