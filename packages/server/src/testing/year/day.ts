import { randomUUID } from 'node:crypto'
import { rejudgeDaily } from '../../doubt/again.js'
import { drawDaily } from '../../doubt/sample.js'
import { keepDossiersDaily } from '../../dossier/daily.js'
import { escalate } from '../../hazard/escalate.js'
import { generateTasks } from '../../inspection/generateTasks.js'
import { askAllAgain } from '../../letter/askAgain.js'
import { forgetContacts } from '../../public/forgetContacts.js'
import { remindDaily } from '../../remind/remindDaily.js'
import { REMINDER_SOURCES } from '../../reminderSources.js'
import { openSummaries } from '../../report/openDaily.js'
import { riskDaily } from '../../risk/daily.js'
import type { Acting } from '../../shared/act.js'
import { dayOf } from '../../shared/days.js'
import { restandDaily } from '../../site/restandDaily.js'
import { runPlan } from '../../visit/runPlan.js'
import { goTo } from '../checklists.js'
import type { Town } from '../town.js'

/** The morning of a day: everybody still signed in, the daily work done in the order in which the program does it. */
export async function morning(town: Town, day: string): Promise<void> {
  await goTo(town, day, 8)
  const { store, clock } = town
  const today = dayOf(clock.now)
  const acting = (): Acting => ({ em: store.em({ division: '' }), actor: undefined, now: clock.now, request: randomUUID() })
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
  await keepDossiersDaily(acting, store.reader, today)
  await remindDaily(acting, store.reader, today, REMINDER_SOURCES)
  await goTo(town, day)
}
