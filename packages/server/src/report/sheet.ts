import type { SqlEntityManager } from '@mikro-orm/sql'
import { factsOf } from '../shared/read/facts.js'
import { askerOf } from '../shared/read/ask.js'
import type { SignedIn } from '../shared/context.js'
import { dayOf, type Instant } from '../shared/days.js'
import type { Reading } from '../shared/read/reading.js'
import type { Engine } from '../shared/read/reader.js'
import { isSqlite, run } from '../shared/run.js'
import type { Scope } from '../shared/scope.js'
import { evaluate, knownLines, type Look, none } from './evaluate.js'
import { type Line, LINES } from './lines.js'
import { boundsOf, type Period } from './period.js'
import type { Summary } from './summary.entity.js'
import { SummaryLevel } from './terms.js'

/** One line as it is kept: with its words, so that a frozen sheet reads the same whatever the catalogue says later. */
export interface FrozenLine {
  group: Line['group']
  key: string
  label: string
  unit: string
  value: number | null
}

/** Whose rows a unit's figures are about. */
export const scopeOfUnit = ({ level, division, station }: Pick<Summary, 'level' | 'division' | 'station'>): Scope =>
  level === SummaryLevel.STATION ? { division, station: station ?? '' } : { division }

/** The figures of one unit and period as of an instant: now from the tables, before now from the log. */
export async function figuresOf(look: Look, engine: Engine, unit: Summary, asOf: Instant, now: Date): Promise<FrozenLine[]> {
  const past = asOf < now.toISOString()
  const reading: Reading = { engine, scope: scopeOfUnit(unit), today: dayOf(asOf), ...(past ? { asOf } : {}) }
  const lines = knownLines(LINES)
  const found = await evaluate(look, reading, lines, boundsOf(unit as Period), 'TOTAL')
  return frozen(lines, found.get('') ?? lines.map(none))
}

export const frozen = (lines: readonly Line[], values: readonly (number | null)[]): FrozenLine[] =>
  lines.map(({ group, key, label, unit }, i) => ({ group, key, label, unit, value: values[i] ?? null }))

export const linesIn = (json: string | undefined): FrozenLine[] => (json ? (JSON.parse(json) as FrozenLine[]) : [])

/** Through the reader: large tables in the heavy lane, beside the town's work. */
export const lookFor =
  (ctx: SignedIn): Look =>
  async (statement, table) =>
    ctx.reader.run(statement, (await factsOf(ctx.reader)).get(table)?.rows ?? 0, askerOf(ctx))
/** Inside an act: what it freezes is what it sees. */
export const lookIn =
  (em: SqlEntityManager): Look =>
  (statement) =>
    run(em, statement.sql, statement.params)
export const engineOf = (em: SqlEntityManager): Engine => (isSqlite(em) ? 'sqlite' : 'postgres')
