/** A number kept as a whole over a whole: thresholds decide on it, so nothing is ever rounded on the way. */
export interface Fraction {
  num: bigint
  den: bigint
}

export const fraction = (num: number, den = 1): Fraction => reduced({ num: BigInt(num), den: BigInt(den) })
export const plus = (a: Fraction, b: Fraction): Fraction => reduced({ num: a.num * b.den + b.num * a.den, den: a.den * b.den })
export const times = (a: Fraction, b: Fraction): Fraction => reduced({ num: a.num * b.num, den: a.den * b.den })
export const over = (a: Fraction, b: Fraction): Fraction => reduced({ num: a.num * b.den, den: a.den * b.num })
export const sumOf = (all: readonly Fraction[]): Fraction => all.reduce(plus, fraction(0))

/** One decimal, half up, as a whole number of tenths. Never of a negative number here. */
export const tenthsOf = ({ num, den }: Fraction): number => Number((num * 20n + den) / (den * 2n))

function reduced({ num, den }: Fraction): Fraction {
  let [a, b] = [num < 0n ? -num : num, den]
  while (b) [a, b] = [b, a % b]
  return a > 1n ? { num: num / a, den: den / a } : { num, den }
}
