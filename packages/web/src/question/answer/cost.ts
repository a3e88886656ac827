/** What the server allows; said to the analyst, decided there. */
export const COST_MOST = 30_000
export const COST_PER_MINUTE = 1_000_000
/** What an ordinary page costs does not count. */
export const COST_FREE = 1_000
