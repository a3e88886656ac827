import { History } from './board/history.js'
import { Division, DivisionLevel } from './division/division.entity.js'
import { instant } from './shared/days.js'
import { factsOf } from './shared/read/facts.js'
import { EVERYWHERE } from './shared/scope.js'
import type { Store } from './store.js'

const JUST_NOW_MS = 120_000
const MONTH_MS = 30 * 86_400_000

/**
 * What a process learns by its first answers it learns before anybody waits for one: what tables there are, each connection
 * for itself, and how a board is worked out. Of an instant just past, for since then hardly anything has changed; then of a
 * month ago, as far back as a replay goes, which brings that much of the log to mind.
 */
export async function warmUp({ reader, em }: Pick<Store, 'reader' | 'em'>, now: Date): Promise<void> {
  await Promise.all([reader.warm(), factsOf(reader)])
  const town = await em(EVERYWHERE).findOne(Division, { level: DivisionLevel.TOWN }, { orderBy: { code: 'asc' } })
  // Not in the turn of those who look back.
  const history = new History(reader)
  if (town) for (const ago of [JUST_NOW_MS, MONTH_MS]) await history.at({ division: town.code }, instant(new Date(now.getTime() - ago)), now)
}
