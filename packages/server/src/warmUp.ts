import { History } from './board/history.js'
import { Division, DivisionLevel } from './division/division.entity.js'
import { instant } from './shared/days.js'
import { factsOf } from './shared/read/facts.js'
import { EVERYWHERE } from './shared/scope.js'
import type { Store } from './store.js'

const JUST_NOW_MS = 120_000

/**
 * What a process learns by its first answers it learns before anybody waits for one: what tables there are, each connection
 * for itself, and how a board is worked out. Of an instant just past, for since then hardly anything has changed.
 */
export async function warmUp({ reader, em }: Pick<Store, 'reader' | 'em'>, now: Date): Promise<void> {
  await Promise.all([reader.warm(), factsOf(reader)])
  const town = await em(EVERYWHERE).findOne(Division, { level: DivisionLevel.TOWN }, { orderBy: { code: 'asc' } })
  // Not in the turn of those who look back.
  if (town) await new History(reader).at({ division: town.code }, instant(new Date(now.getTime() - JUST_NOW_MS)), now)
}
