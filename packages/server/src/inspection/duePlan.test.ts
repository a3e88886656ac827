import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../shared/days.js'
import { duePlan, type Frequency, type Plan } from './duePlan.js'
import { calendarOf } from './nationalCalendar.js'
import { OFFICE, weekdayOf, Workdays } from './workdays.js'

const national = [...calendarOf(2025)!.days, ...calendarOf(2026)!.days]
const office = new Workdays(national)
const plan = (frequency: Frequency, more: Partial<Plan> = {}): Plan => ({
  ...{ frequency, startsOn: '2026-01-01', workdays: office, restarts: [], holidayAhead: 3 },
  ...more,
})

describe('a working day', () => {
  test('follows the weekday, the holiday and the swapped Saturday', () => {
    expect(office.works('2026-02-13')).toBe(true)
    expect(office.works('2026-02-14')).toBe(true) // 调休上班的周六
    expect(office.works('2026-02-16')).toBe(false)
    expect(office.works('2026-02-24')).toBe(true)
    expect(office.works('2026-03-07')).toBe(false)
  })

  test('follows the enterprise where it has a habit of its own', () => {
    const busy = new Workdays(national, () => ({ restWeekdays: [], keepsHolidays: false, shifts: 2 }))
    expect(busy.works('2026-02-17')).toBe(true)
    const sundays = new Workdays(national, () => ({ restWeekdays: [7], keepsHolidays: true, shifts: 1 }))
    expect(sundays.works('2026-03-07')).toBe(true)
    expect(sundays.works('2026-03-08')).toBe(false)
    expect(sundays.works('2026-05-01')).toBe(false)
  })

  test('is none while the enterprise stands still', () => {
    const stopped = new Workdays(national, () => OFFICE, [{ from: '2026-03-02', to: '2026-03-04' }])
    expect(['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-05'].map((day) => stopped.works(day))).toEqual([false, false, false, true])
  })

  test('a holiday is one run of days of one name', () => {
    expect(office.holidays('2026-01-02', '2026-06-01')).toEqual([
      { name: '春节', from: '2026-02-15', to: '2026-02-23' },
      { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
      { name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
    ])
  })
})

describe('a due plan', () => {
  test('has a check for every shift of every working day', () => {
    const busy = new Workdays(national, () => ({ ...OFFICE, shifts: 3 }))
    const due = duePlan(plan('SHIFT', { workdays: busy }), '2026-03-06', '2026-03-09')
    expect(due.map(({ slot }) => slot)).toEqual(['2026-03-06#1', '2026-03-06#2', '2026-03-06#3', '2026-03-09#1', '2026-03-09#2', '2026-03-09#3'])
  })

  test('a week is open from its first working day and due on its last, across a holiday too', () => {
    expect(duePlan(plan('WEEKLY'), '2026-02-09', '2026-03-01')).toEqual([
      { slot: 'W2026-02-09', opensOn: '2026-02-09', dueOn: '2026-02-14' },
      { slot: 'W2026-02-23', opensOn: '2026-02-24', dueOn: '2026-02-28' },
    ])
  })

  test.each([
    ['MONTHLY', 12],
    ['QUARTERLY', 4],
    ['HALF_YEARLY', 2],
    ['YEARLY', 1],
  ] as const)('%s comes %i times a year', (frequency, times) => {
    const due = duePlan(plan(frequency), '2026-01-01', '2026-12-31')
    expect(due).toHaveLength(times)
    expect(due.every(({ dueOn }) => office.works(dueOn))).toBe(true)
  })

  test('before a holiday it is done on one of the last working days', () => {
    expect(duePlan(plan('BEFORE_HOLIDAY'), '2026-02-01', '2026-02-28')).toEqual([{ slot: 'H2026-02-15', opensOn: '2026-02-12', dueOn: '2026-02-14' }])
  })

  test('after a standstill work is not taken up before the restart has been checked', () => {
    expect(duePlan(plan('RESTART', { restarts: ['2026-02-24'] }), '2026-02-01', '2026-02-28')).toEqual([
      { slot: 'R2026-02-24', opensOn: '2026-02-21', dueOn: '2026-02-24' },
    ])
  })

  test('a list that has ended owes nothing more, not even what was half over', () => {
    expect(duePlan(plan('MONTHLY', { endedOn: '2026-02-10' }), '2026-01-01', '2026-12-31').map(({ slot }) => slot)).toEqual(['1M2026-01'])
    expect(duePlan(plan('DAILY', { endedOn: '2026-01-06' }), '2026-01-01', '2026-12-31').map(({ slot }) => slot)).toEqual([
      '2026-01-04',
      '2026-01-05',
      '2026-01-06',
    ])
  })

  test('a month spent at a standstill owes nothing', () => {
    const workdays = new Workdays(national, () => OFFICE, [{ from: '2026-02-25', to: '2026-04-02' }])
    expect(duePlan(plan('MONTHLY', { workdays }), '2026-01-01', '2026-04-30').map(({ slot }) => slot)).toEqual(['1M2026-01', '1M2026-02', '1M2026-04'])
  })

  const frequencies = fc.constantFrom<Frequency>('SHIFT', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY', 'BEFORE_HOLIDAY')
  const rhythm = fc.record({
    restWeekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
    keepsHolidays: fc.boolean(),
    shifts: fc.integer({ min: 1, max: 3 }),
  })

  test('computed day by day is the plan computed at once: no slot twice, none lost', () => {
    fc.assert(
      fc.property(frequencies, rhythm, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 120 }), (frequency, habit, start, span) => {
        const workdays = new Workdays(national, () => habit)
        const from = addDays('2026-01-01', start)
        const to = addDays(from, span)
        const one = plan(frequency, { workdays, startsOn: addDays(from, -7) })
        const whole = duePlan(one, from, to)
        const daily = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i)).flatMap((day) => duePlan(one, day, day))
        expect(daily).toEqual(whole)
        expect(new Set(whole.map(({ slot }) => slot)).size).toBe(whole.length)
        for (const { opensOn, dueOn } of whole) {
          expect(opensOn <= dueOn).toBe(true)
          expect(workdays.works(dueOn)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('Monday is 1 and Sunday 7', () => expect(['2026-03-02', '2026-03-08'].map(weekdayOf)).toEqual([1, 7]))
})
