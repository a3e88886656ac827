import type { Actor, Context, Role, SignedIn } from '../shared/context.js'
import type { Instant } from '../shared/days.js'
import { raw, type Sql, TRUE } from '../shared/read/sql.js'
import { signedIn } from '../shared/signedIn.js'
import type { Summary } from './summary.entity.js'
import { SIGNED, SummaryLevel } from './terms.js'

/** Enterprises have no part in the offices' summaries. */
export const SUMMARY_READERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY']
export const summaryReader = (context: Context): SignedIn => signedIn(context, ...SUMMARY_READERS)

type Unit = Pick<Summary, 'level' | 'division' | 'station'>

/** Its own unit writes it: nobody else's hand, not even that of the level above. */
export const write = (by: Actor, { level, division, station }: Unit): boolean => {
  switch (level) {
    case SummaryLevel.STATION:
      return by.role === 'STATION' && by.scope.division === division && by.scope.station === station
    case SummaryLevel.VILLAGE:
      return by.role === 'VILLAGE' && by.scope.division === division
    case SummaryLevel.TOWN:
      return by.role === 'TOWN_OFFICE' && by.scope.division === division
  }
}

/** The level above: it accepts, returns and reopens. */
export const judge = (by: Actor, { level, division }: Unit): boolean =>
  level === SummaryLevel.TOWN
    ? by.role === 'COUNTY' && division.startsWith(by.scope.division)
    : by.role === 'TOWN_OFFICE' && division.startsWith(by.scope.division)

/** The county reads what has been signed, and a town's that it sent back itself. */
export const countyReads = ({ state, level }: Pick<Summary, 'state' | 'level'>): boolean =>
  SIGNED.includes(state) || (level === SummaryLevel.TOWN && state === 'RETURNED')
const signedSql = (at: string): Sql =>
  raw(`(${at}.state in (${SIGNED.map((state) => `'${state}'`).join(', ')}) or (${at}.level = '${SummaryLevel.TOWN}' and ${at}.state = 'RETURNED'))`)

/** The rule that the scope does not say, for lists: on alias t, or of the summary that t hangs on. */
export const readable = ({ actor }: SignedIn): Sql => (actor.role === 'COUNTY' ? signedSql('t') : TRUE)
export const readableThrough = ({ actor }: SignedIn, column = 'summary_id', _asOf?: Instant): Sql =>
  actor.role === 'COUNTY' ? raw(`exists (select 1 from summary rs where rs.id = t.${column} and ${signedSql('rs').sql})`) : TRUE
