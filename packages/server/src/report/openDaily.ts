import { act, type Acting } from '../shared/act.js'
import type { Day } from '../shared/days.js'
import { openPeriod, periodsDue, townsAtWork } from './expected.js'
import { reportRules } from './rules.js'

/** The daily job: what is owed from this day on is opened, so that what does not come can be named. Run again, it changes nothing. */
export const openSummaries = (acting: Acting, day: Day): Promise<number> =>
  act(acting, 'summariesOpen', async ({ em }) => {
    const rules = await reportRules(em)
    let opened = 0
    for (const town of await townsAtWork(em))
      for (const period of await periodsDue(em, town.code, day)) opened += await openPeriod(em, town, period, acting.now, rules)
    return opened
  })
