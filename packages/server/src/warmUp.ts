import { historyOf } from './board/history.js'
import { CODE_LENGTH } from './division/division.entity.js'
import { instant } from './shared/days.js'
import { factsOf } from './shared/read/facts.js'
import type { Reader } from './shared/read/reader.js'

const JUST_NOW_MS = 120_000

/**
 * What a process learns by its first answers it learns before anybody waits for one: what tables there are, each connection
 * for itself, and how a board is worked out. Of an instant just past, for since then hardly anything has changed.
 */
export async function warmUp(reader: Reader, now: Date): Promise<void> {
  await Promise.all([reader.warm(), factsOf(reader)])
  const [town] = await reader.all('select code from division where length(code) = ? order by code limit 1', [CODE_LENGTH.TOWN])
  if (town) await historyOf(reader).at({ division: String(town['code']) }, instant(new Date(now.getTime() - JUST_NOW_MS)), now)
}
