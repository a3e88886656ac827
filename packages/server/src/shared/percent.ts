/** num ÷ den in percent, one decimal, half up; null on a zero denominator, never 100 % (domain.md §8). Integers only. */
export const percent = (num: number, den: number): number | null => (den === 0 ? null : Math.floor((num * 2000 + den) / (2 * den)) / 10)
