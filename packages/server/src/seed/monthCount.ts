import '../inspection/checkFigures.js'
import '../report/figures.js'
import '../site/siteFigures.js'
import '../statistics/dossierFigures.js'
import '../statistics/hazardFigures.js'
import '../statistics/letterFigures.js'
import '../statistics/riskFigures.js'
import { evaluate, knownLines } from '../report/evaluate.js'
import { LINES } from '../report/lines.js'
import { boundsOf } from '../report/period.js'
import { engineOf, frozen, lookIn } from '../report/sheet.js'
import type { Summary } from '../report/summary.entity.js'
import { SummaryKind, SummaryLevel } from '../report/terms.js'
import { addDays, dayOf, type Instant, instant, startOf } from '../shared/days.js'
import type { Told } from './chapters.js'
import type { Town } from './settle.js'
import type { Then } from './then.js'

export const HOUR = 3_600_000
/** The figures of a unit's month as of an instant, as they are frozen. */
export type Figures = Map<string, string>
export const keyOf = (unit: Pick<Summary, 'level' | 'division' | 'unit'>, month: string, at: string) =>
  [unit.level, unit.division, unit.unit, month, at].join(' ')

/** When the units of a month sign, and when the town does: each an instant at which everything is counted. */
export function momentsOf(month: string): { units: Date; late: Date; town: Date } {
  const { last } = boundsOf({ kind: SummaryKind.MONTH, period: month })
  const at = (days: number, hour: number) => new Date(Date.parse(startOf(addDays(last, days))) + hour * HOUR)
  return { units: at(0, 15), late: at(1, 10), town: at(2, 16) }
}

/** The chronicle is replayed once; at each instant the formulas of the summaries are asked, all units together. */
export async function countMonths(told: Told, towns: readonly Town[], then: Then, months: readonly string[]): Promise<Figures> {
  const figures: Figures = new Map()
  const moments = months
    .flatMap((month) => {
      const { units, late, town } = momentsOf(month)
      return [units, ...([months.at(-1), months.at(-3)].includes(month) ? [late] : []), town].map((at) => ({ month, at: instant(at), town: at === town }))
    })
    .filter(({ at }) => at < instant(told.now))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
  const entries = told.world.chronicle.entries()
  let next = 0
  for (const { month, at, town } of moments) {
    while (next < entries.length && entries[next]!.at! <= at) then.take(entries[next++]!)
    await then.settle()
    for (const one of towns) await countTown(told, figures, one, { month, at, own: town })
  }
  while (next < entries.length) then.take(entries[next++]!)
  await then.settle()
  return figures
}

async function countTown({ em }: Told, figures: Figures, { code }: Town, { month, at, own }: { month: string; at: Instant; own: boolean }): Promise<void> {
  const lines = knownLines(LINES)
  const reading = { engine: engineOf(em), scope: { division: code }, today: dayOf(at) }
  const bounds = boundsOf({ kind: SummaryKind.MONTH, period: month })
  const keep = (level: SummaryLevel, division: string, unit: string, values: (number | null)[]) =>
    figures.set(keyOf({ level, division, unit }, month, at), JSON.stringify(frozen(lines, values)))
  const asked = own ? (['TOTAL'] as const) : (['STATION', 'VILLAGE'] as const)
  for (const split of asked)
    for (const [key, values] of await evaluate(lookIn(em), reading, lines, bounds, split)) {
      if (split === 'TOTAL') keep(SummaryLevel.TOWN, code, code, values)
      else if (split === 'VILLAGE') keep(SummaryLevel.VILLAGE, key, key, values)
      else keep(SummaryLevel.STATION, code, key, values)
    }
}
