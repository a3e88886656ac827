/** num ÷ den in percent, one decimal, half up; null on a zero denominator, never 100 % (domain.md §8). Integers only. */
export const percent = (num: number, den: number): number | null => (den === 0 ? null : Math.floor((num * 2000 + den) / (2 * den)) / 10)

/** One decimal, half up, of a number of days; null stays null. */
export const oneDecimal = (value: number | null): number | null => (value === null ? null : Math.floor(value * 10 + 0.5) / 10)
