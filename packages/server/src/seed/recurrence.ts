import type { Hazard } from '../hazard/hazard.entity.js'
import type { HazardRules } from '../hazard/rules.js'
import { linkedId } from '../shared/datum.js'
import { addDays } from '../shared/days.js'

const YEAR = 365

/** 反复, as recurring.ts counts it, over hazards that are not in the store yet. */
export class Recurrence {
  readonly #found = new Map<string, { hazard: Hazard; voided?: Date }[]>()

  found(hazard: Hazard, at: Date, rules: HazardRules): boolean {
    const place = placeOf(hazard)
    const same = this.#found.get(place) ?? []
    const since = addDays(hazard.foundOn, -YEAR)
    const before = same.filter((one) => one.hazard.foundOn >= since && one.hazard.createdAt <= hazard.createdAt && !(one.voided && one.voided < at))
    this.#found.set(place, [...same, { hazard }])
    return before.length + 1 >= rules.recurringTimes
  }

  voided(hazard: Hazard, at: Date): void {
    const one = this.#found.get(placeOf(hazard))?.find((other) => other.hazard === hazard)
    if (one) one.voided = at
  }
}

const placeOf = (hazard: Hazard) => `${linkedId(hazard.enterprise)} ${hazard.place}`
