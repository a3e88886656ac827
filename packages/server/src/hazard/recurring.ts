import type { SqlEntityManager } from '@mikro-orm/sql'
import { addDays, type Day } from '../shared/days.js'
import type { Hazard } from './hazard.entity.js'
import { Hazard as HazardThing } from './hazard.entity.js'
import type { HazardRules } from './rules.js'
import { HazardStage } from './terms.js'

const YEAR = 365

/** 反复: the same place of the same enterprise for the third time within twelve months (domain.md §4.6). */
export async function markRecurring(em: SqlEntityManager, hazard: Hazard, rules: HazardRules): Promise<void> {
  const before = await em.count(HazardThing, {
    enterprise: hazard.enterprise.unwrap(),
    place: hazard.place,
    foundOn: { $gte: addDays(hazard.foundOn, -YEAR), $lte: hazard.foundOn },
    stage: { $ne: HazardStage.VOID },
    id: { $ne: hazard.id },
  })
  hazard.recurring = before + 1 >= rules.recurringTimes
}

/** How alike two descriptions are, 0 to 1: shared pairs of characters over all pairs (Dice). */
export function likeness(a: string, b: string): number {
  const pairs = (text: string) => {
    const clean = text.replace(/[\s，。、；：,.;:（）()“”"]/g, '')
    return new Set(Array.from({ length: Math.max(clean.length - 1, 0) }, (_, i) => clean.slice(i, i + 2)))
  }
  const [left, right] = [pairs(a), pairs(b)]
  if (!left.size || !right.size) return 0
  let shared = 0
  for (const pair of left) if (right.has(pair)) shared++
  return (2 * shared) / (left.size + right.size)
}

const ALIKE = 0.4

/** Hazards of the same enterprise in the last days that look like this one, most alike first. */
export async function similar(
  em: SqlEntityManager,
  enterprise: string,
  text: { description: string; place: string },
  today: Day,
  rules: HazardRules,
): Promise<Hazard[]> {
  const recent = await em.find(
    HazardThing,
    { enterprise, foundOn: { $gte: addDays(today, -rules.similarDays) }, stage: { $ne: HazardStage.VOID } },
    { orderBy: { foundOn: 'desc' }, limit: 500 },
  )
  const scored = recent.map((hazard) => ({
    hazard,
    score: Math.max(likeness(hazard.description, text.description), likeness(`${hazard.place}${hazard.description}`, `${text.place}${text.description}`)),
  }))
  return scored
    .filter((one) => one.score >= ALIKE)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
    .map((one) => one.hazard)
}
