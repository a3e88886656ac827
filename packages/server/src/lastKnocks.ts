import type { Server } from 'node:http'
import { setImmediate as breath } from 'node:timers/promises'

/** A line that waits is taken in by one turn of the event loop, and what it asks is read by a later one. */
const QUIET_TURNS = 20
/** Who goes on coming all the while is for another process. */
const MOST_MS = 3_000

/**
 * Resolves when everybody who has connected up to now has been taken in and read. The system keeps those who connect while
 * the process is busy, a turn takes in one of them or a few, and whoever is still kept when the door closes is cut off unheard.
 */
export async function lastKnocks(server: Server): Promise<void> {
  let quiet = 0
  const knocked = () => (quiet = 0)
  server.on('connection', knocked)
  const until = performance.now() + MOST_MS
  while (quiet++ < QUIET_TURNS && performance.now() < until) {
    await breath()
  }
  server.off('connection', knocked)
}
