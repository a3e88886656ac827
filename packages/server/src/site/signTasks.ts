import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { SignedIn } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { addDays, dayOf, instant } from '../shared/days.js'
import type { RiskNotice } from './riskNotice.entity.js'
import { type Sign, SignTask } from './sign.entity.js'
import type { SiteRow } from './siteRow.js'
import type { SixHavesCheck, SixHavesCount } from './sixHaves.entity.js'
import type { SiteRules } from './siteRules.js'
import { SIGN_CLASS_NAME, SIGN_STATE_NAME, SignState, SignTaskKind, SignTaskStage, SIX_HAVE_NAME, type SixHave } from './terms.js'

/** Who puts up what is missing, by his work: the workshop's head, else the safety officer. */
const responsibleOf = ({ workshop }: { workshop?: string }) => (workshop ? `${workshop}负责人` : '安全管理员')

function newTask(row: SiteRow, { now }: Pick<SignedIn, 'now'>, rules: SiteRules, facts: Partial<SignTask>): SignTask {
  const { enterprise, division, station, workshop, unit, post } = row
  const today = dayOf(now)
  const task = Object.assign(new SignTask(), {
    enterprise,
    division,
    createdAt: instant(now),
    raisedOn: today,
    dueOn: addDays(today, rules.sixHavesTaskDays),
    ...facts,
  })
  if (station) task.station = station
  if (workshop) task.workshop = workshop
  if (unit) task.unit = unit
  if (post) task.post = post
  task.responsible = responsibleOf(row)
  return task
}

/** What a count found missing is a task; what it found whole again ends the task that stood open for it. */
export async function tasksOfCount(
  em: SqlEntityManager,
  ctx: SignedIn,
  check: SixHavesCheck,
  counts: readonly SixHavesCount[],
  rules: SiteRules,
): Promise<void> {
  const where = { enterprise: linkedId(check.enterprise)!, unit: linkedId(check.unit), post: linkedId(check.post) }
  const open = await em.find(SignTask, { ...where, kind: SignTaskKind.SIX_HAVES, stage: SignTaskStage.OPEN })
  for (const { item, missing, note } of counts) {
    const task = open.find((one) => one.item === item)
    if (!missing) {
      if (task) Object.assign(task, { stage: SignTaskStage.DONE, doneBy: ctx.actor.id, doneOn: dayOf(ctx.now), result: '复查清点，已补齐' })
    } else if (task) task.many = missing
    else em.persist(newTask(check, ctx, rules, { kind: SignTaskKind.SIX_HAVES, item, many: missing, what: whatOf(item, missing, note) }))
  }
}

const whatOf = (item: SixHave, missing: number, note: string | undefined) =>
  `${SIX_HAVE_NAME[item]}：缺损 ${missing} 处${note ? `（${note}）` : ''}`.slice(0, 200)

/** A sign or a notice that was found damaged or gone: one open task at a time. */
export async function taskOfState(
  em: SqlEntityManager,
  ctx: SignedIn,
  row: Sign | RiskNotice,
  kind: SignTaskKind.SIGN | SignTaskKind.NOTICE,
  rules: SiteRules,
): Promise<void> {
  const link = kind === SignTaskKind.SIGN ? 'sign' : 'notice'
  const open = await em.findOne(SignTask, { [link]: row.id, stage: SignTaskStage.OPEN })
  if (row.state === SignState.INTACT) {
    if (open) Object.assign(open, { stage: SignTaskStage.DONE, doneBy: ctx.actor.id, doneOn: dayOf(ctx.now), result: '检查时已完好' })
    return
  }
  const name = 'text' in row ? `${SIGN_CLASS_NAME[row.kind]}标识“${row.text}”` : `“${row.title}”`
  const what = `${name}${SIGN_STATE_NAME[row.state]}`
  if (open) open.what = what
  else em.persist(newTask(row, ctx, rules, { kind, many: 1, what, spot: row.spot, [link]: ref(row as never) }))
}
