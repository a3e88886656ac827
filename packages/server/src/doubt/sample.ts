import { createHash } from 'node:crypto'
import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { act, type Acting } from '../shared/act.js'
import { addDays, type Day, instant, monthOf } from '../shared/days.js'
import { divisionRange } from '../shared/scope.js'
import { Doubt, DoubtSample } from './doubt.entity.js'
import { type DoubtRules, doubtRules } from './rules.js'
import { SampleCause } from './terms.js'

/** Whose list: a station of a town, or the town office for enterprises without a station. */
export interface Drawing {
  town: string
  station: string | undefined
  month: string
}
const lot = ({ town, station, month }: Drawing, id: string): string =>
  createHash('sha256')
    .update(`${month}|${town}|${station ?? ''}|${id}`)
    .digest('hex')

/**
 * The most doubtful ones, then some by lot of all the others: without these nobody would know what the rules overlook. The
 * lot is a hash of month, town, station and entry, so that whoever draws again draws the same.
 */
export function drawn<T extends { id: string; score: number; doubtful: boolean }>(entries: readonly T[], of: Drawing, rules: DoubtRules): [T, SampleCause][] {
  const byLot = [...entries].map((one) => [lot(of, one.id), one] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  const worst = byLot
    .filter(([, one]) => one.doubtful)
    .sort(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1))
    .slice(0, rules.sampleDoubtful)
    .map(([, one]) => one)
  const rest = byLot.filter(([, one]) => !worst.includes(one)).slice(0, rules.sampleRandom)
  return [...worst.map((one): [T, SampleCause] => [one, SampleCause.DOUBTFUL]), ...rest.map(([, one]): [T, SampleCause] => [one, SampleCause.RANDOM])]
}

/** Draws the list of a month once; how many. A second time it finds it drawn. */
export async function drawSample(em: SqlEntityManager, of: Drawing, now: Date): Promise<number> {
  const { town, station, month } = of
  const [low, high] = divisionRange(town)
  const here = { division: { $gte: low, $lt: high }, station: station ?? null }
  if (await em.count(DoubtSample, { ...here, month }, { filters: false })) return 0
  const entries = await em.find(Doubt, { ...here, doneOn: { $gte: `${month}-01`, $lte: `${month}-31` } }, { filters: false })
  const chosen = drawn(entries, of, await doubtRules(em))
  chosen.forEach(([doubt, cause], i) => em.persist(sampleOf(new DoubtSample(), doubt, cause, { month, rank: i + 1, at: now })))
  return chosen.length
}

export const sampleOf = (sample: DoubtSample, doubt: Doubt, cause: SampleCause, { month, rank, at }: { month: string; rank: number; at: Date }): DoubtSample =>
  Object.assign(sample, {
    ...{ doubt: ref(doubt), enterprise: doubt.enterprise, division: doubt.division, month, rank, cause, createdAt: instant(at) },
    ...(doubt.station ? { station: doubt.station } : {}),
  })

/** The daily job: last month's lists, for every station that has entries, once. */
export async function drawDaily(acting: () => Acting, day: Day): Promise<number> {
  const month = monthOf(addDays(`${monthOf(day)}-01`, -1))
  const look = acting()
  const places = await look.em.find(Doubt, { doneOn: { $gte: `${month}-01`, $lte: `${month}-31` } }, { filters: false, fields: ['division', 'station'] })
  const drawings = new Map(
    places.map(({ division, station }) => [`${division.slice(0, 9)}|${station ?? ''}`, { town: division.slice(0, 9), station: station ?? undefined, month }]),
  )
  let many = 0
  for (const of of drawings.values()) {
    const one = acting()
    many += await act(one, 'doubtSampleDraw', ({ em }) => drawSample(em, of, one.now))
  }
  return many
}
