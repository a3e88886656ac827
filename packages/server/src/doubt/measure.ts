import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Entry, judge, type Judged } from './judge.js'
import type { DoubtRules } from './rules.js'

/** An entry that a person has judged, for measuring the rules by it. */
export interface Labelled extends Entry {
  id: string
  perfunctory: boolean
}
/** Set by, held back, and written when the rules were already as they are. */
export type Half = 'tuning' | 'test' | 'fresh'
export interface Measured {
  half: Half
  entries: number
  perfunctory: number
  /** Rightly doubted, wrongly doubted, overlooked, rightly left alone. */
  hit: number
  falseAlarm: number
  missed: number
  quiet: number
  /** Percent with one decimal, half up; null of nothing. */
  precision: number | null
  recall: number | null
  wrong: { entry: Labelled; judged: Judged }[]
}

export const labelledSet = (): Labelled[] => JSON.parse(readFileSync(new URL('../../content/doubt/labelled.json', import.meta.url), 'utf8')) as Labelled[]

/** By the id alone, so that nobody chooses what is measured: weights are set looking at one half and reported on the other. */
export const halfOf = ({ id }: Pick<Labelled, 'id'>): Half =>
  id.startsWith('F') ? 'fresh' : createHash('sha256').update(id).digest()[0]! % 2 ? 'tuning' : 'test'

export function measure(set: readonly Labelled[], half: Half, rules: DoubtRules): Measured {
  const own = set.filter((entry) => halfOf(entry) === half)
  const judged = own.map((entry) => ({ entry, judged: judge(entry, rules) }))
  const doubted = ({ judged: { score } }: { judged: Judged }) => score >= rules.line
  const hit = judged.filter((one) => doubted(one) && one.entry.perfunctory).length
  const falseAlarm = judged.filter((one) => doubted(one) && !one.entry.perfunctory).length
  const missed = judged.filter((one) => !doubted(one) && one.entry.perfunctory).length
  return {
    ...{ half, entries: own.length, perfunctory: hit + missed, hit, falseAlarm, missed, quiet: own.length - hit - falseAlarm - missed },
    ...{ precision: percent(hit, hit + falseAlarm), recall: percent(hit, hit + missed) },
    wrong: judged.filter((one) => doubted(one) !== one.entry.perfunctory),
  }
}

const percent = (of: number, all: number): number | null => (all ? Math.floor((of * 2000 + all) / (2 * all)) / 10 : null)
