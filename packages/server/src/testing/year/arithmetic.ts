/** Percent with one decimal, half up; of nothing there is no share. */
export const share = (num: number, den: number): number | null => (den === 0 ? null : Math.floor((num * 2000 + den) / (2 * den)) / 10)

const DAY = 86_400_000
/** The mean of milliseconds as days with one decimal, half up. */
export const meanDays = (spans: readonly number[]): number | null => {
  if (!spans.length) return null
  const sum = spans.reduce((all, one) => all + one, 0)
  return Math.floor((20 * sum + spans.length * DAY) / (2 * spans.length * DAY)) / 10
}
export const medianDays = (spans: readonly number[]): number | null => {
  const sorted = [...spans].sort((a, b) => a - b)
  const n = sorted.length
  return n === 0 ? null : meanDays(n % 2 ? [sorted[(n - 1) / 2]!] : [sorted[n / 2 - 1]!, sorted[n / 2]!])
}
/** The mean of tenths, one decimal, half up. */
export const meanTenths = (tenths: readonly number[]): number | null => {
  const n = tenths.length
  return n === 0 ? null : Math.floor((2 * tenths.reduce((all, one) => all + one, 0) + n) / (2 * n)) / 10
}
