import { randomUUID } from 'node:crypto'
import { type Asking, contextFor } from './app.js'
import { clearUnattached } from './attachment/clearUnattached.js'
import { openFiles } from './attachment/openFiles.js'
import type { Config } from './config.js'
import { rejudgeDaily } from './doubt/again.js'
import { drawDaily } from './doubt/sample.js'
import { keepDossiersDaily, openNewDossiers } from './dossier/daily.js'
import { escalate } from './hazard/escalate.js'
import { generateTasks } from './inspection/generateTasks.js'
import { askAllAgain } from './letter/askAgain.js'
import { LISTS } from './lists.js'
import { forgetContacts } from './public/forgetContacts.js'
import { runMonthEnd } from './question/monthEnd.js'
import { forgetSent } from './remind/outbox.js'
import { remindDaily } from './remind/remindDaily.js'
import { REMINDER_SOURCES } from './reminderSources.js'
import { openSummaries } from './report/openDaily.js'
import { riskDaily } from './risk/daily.js'
import type { Acting } from './shared/act.js'
import type { Actor, SignedIn } from './shared/context.js'
import { dayOf } from './shared/days.js'
import type { Door } from './shared/door.js'
import { takeTurn, type Turn } from './shared/job.entity.js'
import { EVERYWHERE } from './shared/scope.js'
import { restandDaily } from './site/restandDaily.js'
import type { Store } from './store.js'
import { runPlan } from './visit/runPlan.js'

const LOOK_MS = 10 * 60_000
/** Whoever waits for the program to come up is served first. */
const FIRST_LOOK_MS = 5_000
/** A process that has said nothing for so long has gone in the middle of the work. */
const SILENT_MS = 2 * 60_000

/** A piece of work in somebody's place: nothing is answered to a browser. */
export const jobOf = (actor: Actor, now: Date): Asking & { actor: Actor } => ({
  ...{ actor, now, session: undefined, request: randomUUID(), address: '', device: '' },
  reply: { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined },
})

/**
 * What happens once a day without anybody: late hazards climb, forgotten uploads go. Looked at soon after the start and then
 * every ten minutes, by whichever process of the store gets its turn first; each piece of work is idempotent, so one that died
 * half-way does no harm.
 */
export function startDailyWork(
  store: Store,
  config: Pick<Config, 'dataDir' | 'bucket'>,
  door: Door,
  failed: (error: unknown) => void,
  clock: () => Date = () => new Date(),
): { stop(): Promise<void> } {
  const { files } = openFiles(config)
  const holder = randomUUID()
  let running: Promise<void> = Promise.resolve()
  const look = () => {
    const now = clock()
    const today = dayOf(now)
    const acting = (): Acting => ({ em: store.em(EVERYWHERE), actor: undefined, now, request: randomUUID() })
    const work = async (turn: Turn) => {
      if (today === turn.doneFor) return void (await openNewDossiers(acting, store.reader))
      await escalate(acting(), store.reader, today)
      await generateTasks(acting(), today)
      await riskDaily(acting(), store.reader, today)
      await runPlan(acting(), today)
      await openSummaries(acting(), today)
      await restandDaily(acting)
      await askAllAgain(acting, store.reader)
      await forgetContacts(acting(), today)
      await rejudgeDaily(acting, today)
      await drawDaily(acting, today)
      await clearUnattached(acting(), store.reader, files)
      await runMonthEnd({ acting, contextOf: (actor) => contextFor(store, jobOf(actor, clock())) as SignedIn, graph: { door, lists: LISTS } }, today)
      await keepDossiersDaily(acting, store.reader, today)
      // Last: it tells what the others have found.
      await remindDaily(acting, store.reader, today, REMINDER_SOURCES)
      await forgetSent(store.em(undefined), now)
    }
    running = running
      .then(async () => {
        const turn = await takeTurn(store.em(undefined), 'daily', holder, SILENT_MS, clock)
        if (!turn) return
        const still = setInterval(() => void turn.keep().catch(() => undefined), SILENT_MS / 4)
        await work(turn).finally(() => clearInterval(still))
        await turn.end(today)
      })
      .catch(failed) // tried again at the next look
  }
  const timers = [setTimeout(look, FIRST_LOOK_MS), setInterval(look, LOOK_MS)]
  for (const timer of timers) timer.unref()
  return {
    stop: async () => {
      for (const timer of timers) clearTimeout(timer)
      await running
    },
  }
}
