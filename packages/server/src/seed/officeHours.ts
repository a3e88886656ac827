import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import type { Random } from './random.js'

const MINUTE = 60_000
const DAWN = 8 * 60 + 10
const NOON = 11 * 60 + 30
const EVENING = 17 * 60 + 50

const isSunday = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 0
const instantOf = (day: Day, minute: number) => Date.parse(startOf(day)) + minute * MINUTE

/**
 * The moments at which one story's acts are done: in office hours, each after the one before, none on a Sunday, none
 * after now. A story that must have come so far by today squeezes what is left of it into the part of today that is over.
 */
export class OfficeHours {
  #last = 0
  readonly #today: Day

  constructor(
    private readonly random: Random,
    private readonly now: Date,
    private readonly punctual: boolean,
  ) {
    this.#today = dayOf(now)
  }

  get day(): Day {
    return dayOf(new Date(this.#last))
  }

  /** A moment on that day or soon after; undefined when it has not come yet. */
  on(wanted: Day): Date | undefined {
    const day = this.#workday(wanted > this.day ? wanted : this.day)
    const today = this.#today === day
    const earliest = Math.max(this.#last + this.random.whole(6, 45) * MINUTE, instantOf(day, this.random.whole(DAWN, NOON)) * (this.day === day ? 0 : 1))
    let at = earliest + this.random.whole(0, 59) * 1000
    if (this.punctual && today && at > this.now.getTime()) at = this.#squeezed(day)
    if (at > this.now.getTime()) return undefined
    this.#last = at
    return new Date(at)
  }

  /** Between the last act, or the opening of the office, and now; before the office opens, in the night shift. */
  #squeezed(day: Day): number {
    const now = Math.min(this.now.getTime(), Math.max(instantOf(day, EVENING), this.#last + MINUTE))
    const open = instantOf(day, DAWN)
    const from = Math.max(this.#last, now > open + 10 * MINUTE ? open : instantOf(day, 0))
    return from + Math.floor(((now - from) * this.random.whole(30, 80)) / 100)
  }

  #workday(day: Day): Day {
    if (!isSunday(day) || day === this.#today) return day
    const saturday = addDays(day, -1)
    return saturday >= this.day && this.#last ? saturday : addDays(day, 1)
  }
}
