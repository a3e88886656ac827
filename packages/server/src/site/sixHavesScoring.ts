import { fraction, over, sumOf, tenthsOf, times } from './fraction.js'
import type { SixHave } from './terms.js'

export interface Counted {
  item: SixHave
  required: number
  intact: number
}
export interface SixHavesResult {
  /** Mean of the applicable items in tenths of a percent; null when nothing is required anywhere. */
  tenths: number | null
  achieved: boolean | null
  missing: number
}

/**
 * 六有: each item intact ÷ required, nothing required does not apply; the rate is the mean of the applicable items, one decimal,
 * half up. Achieved when every applicable item reaches `least` percent: 100 is strict, 90 the other reading (domain.md §6.2).
 * Counts of several places are first added up by item.
 */
export function sixHavesResult(counts: readonly Counted[], least: number): SixHavesResult {
  const items = new Map<SixHave, { required: number; intact: number }>()
  for (const { item, required, intact } of counts) {
    const sum = items.get(item) ?? { required: 0, intact: 0 }
    items.set(item, { required: sum.required + required, intact: sum.intact + intact })
  }
  const applicable = [...items.values()].filter(({ required }) => required > 0)
  const missing = applicable.reduce((total, { required, intact }) => total + required - intact, 0)
  if (!applicable.length) return { tenths: null, achieved: null, missing }
  const mean = over(sumOf(applicable.map(({ required, intact }) => fraction(intact, required))), fraction(applicable.length))
  return { tenths: tenthsOf(times(mean, fraction(100))), achieved: applicable.every(({ required, intact }) => intact * 100 >= required * least), missing }
}
