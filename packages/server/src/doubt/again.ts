import { act, type Acting } from '../shared/act.js'
import { addDays, type Day, startOf } from '../shared/days.js'
import { run } from '../shared/run.js'
import { divisionRange } from '../shared/scope.js'
import { gatherChecks, gatherHazards } from './gather.js'
import { keepDoubts } from './keep.js'
import { doubtRules } from './rules.js'

const BATCH = 200
type Row = { id: string; hazard: string | null; check_of: string | null }
const LOOK = 'select id, hazard_id as hazard, check_id as check_of from doubt'

async function judgeAgain(acting: () => Acting, rows: readonly Row[]): Promise<number> {
  let changed = 0
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = rows.slice(i, i + BATCH)
    const one = acting()
    changed += await act(one, 'doubtsRejudge', async (doing) => {
      const rules = await doubtRules(doing.em)
      const hazards = await gatherHazards(doing.em, [...new Set(batch.flatMap(({ hazard }) => hazard ?? []))])
      const checks = await gatherChecks(
        doing.em,
        batch.flatMap(({ check_of }) => check_of ?? []),
      )
      return keepDoubts(doing, 'doubtsRejudge', [...hazards, ...checks], rules, one.now)
    })
    one.em.clear()
  }
  return changed
}

/** The daily job: whose words have turned up in other enterprises since is judged again. Run again, it finds nothing. */
export async function rejudgeDaily(acting: () => Acting, day: Day): Promise<number> {
  const rows = await run<Row>(
    acting().em,
    `${LOOK} where text_key in (select text_key from doubt where text_key is not null group by text_key having count(distinct enterprise_id) > 1 and max(created_at) >= ?) order by id`,
    [startOf(addDays(day, -1))],
  )
  return judgeAgain(acting, rows)
}

/** 重新评分, after the rules were changed: what was done since a day, within a territory. Only the last round of a hazard still has its words. */
export async function rejudgeSince(acting: () => Acting, division: string, since: Day): Promise<number> {
  const [low, high] = divisionRange(division)
  return judgeAgain(acting, await run<Row>(acting().em, `${LOOK} where division >= ? and division < ? and done_on >= ? order by id`, [low, high, since]))
}
