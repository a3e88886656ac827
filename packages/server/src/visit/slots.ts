import { addDays, type Day, daysBetween } from '../shared/days.js'

/** One part of a year that holds one visit. */
export interface Slot {
  name: string
  from: Day
  to: Day
}

const MONTHS = 12

/** A year in n equal parts: whole months where they come out even, days where they do not. */
export function slotsOf(year: number, n: number): Slot[] {
  const first = `${year}-01-01`
  const days = daysBetween(first, `${year + 1}-01-01`)
  const begin = (i: number): Day => {
    if (i === n) return `${year + 1}-01-01`
    return MONTHS % n === 0 ? `${year}-${String((i * MONTHS) / n + 1).padStart(2, '0')}-01` : addDays(first, Math.floor((i * days) / n))
  }
  return Array.from({ length: n }, (_, i) => ({ name: `${i + 1}/${n}`, from: begin(i), to: addDays(begin(i + 1), -1) }))
}

/** The part of the year that a visit was planned for. */
export function periodOf(year: number, slot: string): Slot | undefined {
  const [, i, n] = /^(\d+)\/(\d+)$/.exec(slot) ?? []
  return n ? slotsOf(year, Number(n))[Number(i) - 1] : undefined
}

/** How a slot's visits are laid: so many working days long, and where among the working days, in thousandths, so that a station's enterprises do not all fall into the same week. */
export interface Layout {
  windowDays: number
  phase: number
}
/** Of a part of the year that has begun, so many working days must be left for a visit to be planned in it. */
const LEAST_LEFT = 5

/** The days of a visit within its slot, on working days, from a day on; none when too little of it is left. */
export function windowIn(slot: Slot, from: Day, workdays: readonly Day[], { windowDays, phase }: Layout): { from: Day; to: Day } | undefined {
  const begins = from > slot.from ? from : slot.from
  const low = firstFrom(workdays, begins)
  const many = firstFrom(workdays, addDays(slot.to, 1)) - low
  if (many < (begins > slot.from ? LEAST_LEFT : 1)) return undefined
  const length = Math.min(windowDays, Math.ceil(many / 2))
  const at = low + Math.floor((phase * (many - length + 1)) / 1000)
  return { from: workdays[at]!, to: workdays[at + length - 1]! }
}

/** The place of the first of these days that is not before a day. */
function firstFrom(days: readonly Day[], day: Day): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const mid = (low + high) >> 1
    if (days[mid]! < day) low = mid + 1
    else high = mid
  }
  return low
}
