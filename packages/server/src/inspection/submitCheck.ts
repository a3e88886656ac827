import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { type Place, standing } from '../enterprise/standing.js'
import type { Actor, SignedIn } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { linkedId } from '../shared/datum.js'
import { addDays, dayOf, instant, monthOf } from '../shared/days.js'
import { forbidden, notFound, Refusal } from '../shared/refusal.js'
import { type Answer, answersOf, describe, needAnswer, tally } from './answers.js'
import { Check, CheckResult, Signature } from './check.entity.js'
import { CheckTask } from './checkTask.entity.js'
import type { CheckInput, SignatureInput } from './checkInput.js'
import { needOfficers, unitOf } from './inspectors.js'
import { raiseFrom } from './raiseFrom.js'
import { mayCheck, maySelfCheck } from './rights.js'
import { checkRules, type CheckRules } from './rules.js'
import { CheckKind, ItemOutcome, SignatureRole, TaskOutcome } from './terms.js'

const SKEW_MS = 10 * 60_000

/** The check that this draft has already become; another person's is nobody's business. */
export async function alreadySent(em: SqlEntityManager, by: Actor, key: string): Promise<Check | undefined> {
  const known = await em.findOne(Check, { key }, { filters: false })
  if (!known) return undefined
  const own = known.checkedBy === by.id || (by.role === 'CARD' && known.checkedByRole === 'CARD' && linkedId(known.post) === by.post)
  if (!own) throw new Refusal('CHECK_KEY_TAKEN', '这份草稿的标识已被使用，请重新开始这次检查', { field: 'key' })
  return known
}

/** 提交检查记录, inside an act: the record, an answer for every item, the signatures, the task it does, the hazards it finds. */
export async function submitCheck(em: SqlEntityManager, ctx: SignedIn, input: CheckInput): Promise<Check> {
  const by = ctx.actor
  const rules = await checkRules(em)
  if (!mayCheck(by, input.kind)) throw forbidden('您的角色不能做这种检查')
  const list = input.checklist ? await em.findOne(Checklist, { id: input.checklist, enterprise: input.enterprise }) : undefined
  if (input.checklist && !list) throw new Refusal('NOT_FOUND', notFound('检查清单').message, { field: 'checklist' })
  if (input.kind === CheckKind.SELF_CHECK && !(list && maySelfCheck(by, list.level) && (by.role !== 'CARD' || linkedId(list.post) === by.post)))
    throw forbidden('这份清单不由您检查')
  const part = list ? { unit: linkedId(list.unit), post: linkedId(list.post) } : { unit: input.unit, post: input.post }
  const { firm, place } = await standing(em, input.enterprise, part)
  const times = needTimes(input, ctx.now, rules)
  if (firm.closedOn && firm.closedOn <= dayOf(times.doneAt)) throw new Refusal('ENTERPRISE_CLOSED', '该企业已停业或迁出', { field: 'enterprise' })
  const items = list ? await em.find(ChecklistItem, { checklist: list.id }, { orderBy: { seq: 'asc' } }) : []
  const answers = answersOf(items, input.results)
  for (const answer of answers) needAnswer(answer)
  const check = await recordOf(em, ctx, { input, list: list ?? undefined, firm, place, times, answers, rules })
  const results = await resultsOf(em, by, check, place, answers)
  await sign(em, by, check, place, SignatureRole.CHECKER, input.checker, ctx.now)
  await sign(em, by, check, place, SignatureRole.RECEIVER, input.receiver, ctx.now)
  await doTask(em, check, list ?? undefined, input.task, rules)
  for (const { result, answer, before, after } of results)
    if (result.outcome === ItemOutcome.FIXED || (result.outcome === ItemOutcome.FAIL && answer.input.hazard))
      result.hazard = ref(await raiseFrom(em, by, ctx.now, firm, check, result, { before, after, interimMeasure: answer.input.interimMeasure }))
  return check
}

interface Recording {
  input: CheckInput
  list: Checklist | undefined
  firm: Enterprise
  place: Place
  times: { startedAt: string; doneAt: string }
  answers: readonly Answer[]
  rules: CheckRules
}

async function recordOf(em: SqlEntityManager, { actor: by, now }: SignedIn, { input, list, firm, place, times, answers, rules }: Recording): Promise<Check> {
  const title = list?.title ?? input.title?.trim()
  if (!title) throw new Refusal('MISSING', '请填写检查内容', { field: 'title' })
  if (!isKey(input.key)) throw new Refusal('CHECK_KEY', '草稿标识应为 UUID', { field: 'key' })
  const officers = await needOfficers(em, by, input, rules.checkOfficers)
  const series = `JC-${monthOf(dayOf(times.doneAt)).replace('-', '')}-${firm.division.slice(6).padEnd(6, '0')}`
  const check = Object.assign(new Check(), {
    ...{ key: input.key, kind: input.kind, title, ...times, ...place, doneOn: dayOf(times.doneAt), createdAt: instant(now) },
    ...{ number: `${series}-${String(await takeNumbers(em, series)).padStart(4, '0')}`, checkedBy: by.id, checkedByRole: by.role },
    ...{ checkedByUnit: await unitOf(em, by, firm), checkerName: input.checker?.name.trim() || by.name, ...tally(answers) },
    ...(list ? { checklist: ref(list), level: list.level } : {}),
    ...(input.plannedOn ? { plannedOn: input.plannedOn } : {}),
    ...(input.remark?.trim() ? { remark: input.remark.trim() } : {}),
    ...(officers ? { officers } : {}),
    ...(input.refusedToSign?.trim() ? { refusedToSign: input.refusedToSign.trim() } : {}),
  })
  em.persist(check)
  return check
}

const isKey = (key: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(key)

/** The device says when; its clock may be a little wrong, but nobody checked tomorrow, nor months ago. */
function needTimes({ startedAt, doneAt }: Pick<CheckInput, 'startedAt' | 'doneAt'>, now: Date, rules: CheckRules): { startedAt: string; doneAt: string } {
  const done = Date.parse(doneAt)
  if (done > now.getTime() + SKEW_MS) throw new Refusal('CHECK_IN_FUTURE', '检查时间晚于现在，请校准设备时间', { field: 'doneAt' })
  if (dayOf(doneAt) < addDays(dayOf(now), -rules.checkUploadDays))
    throw new Refusal('CHECK_TOO_OLD', `检查记录须在 ${rules.checkUploadDays} 天内上传`, { field: 'doneAt' })
  const ended = instant(new Date(Math.min(done, now.getTime())))
  return { startedAt: startedAt < ended ? startedAt : ended, doneAt: ended }
}

interface Recorded {
  result: CheckResult
  answer: Answer
  before: Attachment[]
  after: Attachment[]
}

async function resultsOf(em: SqlEntityManager, by: Actor, check: Check, place: Place, answers: readonly Answer[]): Promise<Recorded[]> {
  const made: Recorded[] = []
  for (const [i, answer] of answers.entries()) {
    const result = Object.assign(new CheckResult(), { check: ref(check), ...place, seq: i + 1, doneOn: check.doneOn, createdAt: check.createdAt })
    if (answer.item) result.item = ref(answer.item)
    describe(result, answer)
    em.persist(result)
    const photos = (ids: readonly string[] | null | undefined, purpose: AttachmentPurpose) =>
      attachTo(em, CheckResult, result, ids ?? [], { purpose, field: 'photos', only: 'photo' }, by)
    made.push({
      result,
      answer,
      before: await photos(answer.input.photos, AttachmentPurpose.BEFORE),
      after: await photos(answer.input.photosAfter, AttachmentPurpose.AFTER),
    })
  }
  return made
}

async function sign(
  em: SqlEntityManager,
  by: Actor,
  check: Check,
  place: Place,
  role: SignatureRole,
  input: SignatureInput | null | undefined,
  now: Date,
): Promise<void> {
  if (!input) return
  const name = input.name.trim()
  if (!name) throw new Refusal('MISSING', '请填写签字人姓名', { field: role === SignatureRole.CHECKER ? 'checker' : 'receiver' })
  const { post: _post, unit: _unit, ...stands } = place
  const signature = Object.assign(new Signature(), { check: ref(check), ...stands, role, name, account: by.id, createdAt: instant(now) })
  const [picture] = await attachTo(em, Signature, signature, [input.picture], { purpose: AttachmentPurpose.SIGNATURE, field: 'signature', only: 'photo' }, by)
  signature.sha256 = picture!.sha256
  signature.signedAt = input.at && input.at < instant(now) ? input.at : instant(now)
  em.persist(signature)
}

/**
 * The task is done when every item has been looked at. Two who did it at once both keep their records; the first has the
 * task. One that was missed too long ago stays missed.
 */
async function doTask(em: SqlEntityManager, check: Check, list: Checklist | undefined, wanted: string | null | undefined, rules: CheckRules): Promise<void> {
  if (!list) return
  const of = { checklist: list.id }
  const task = wanted ? await em.findOne(CheckTask, { ...of, id: wanted }) : await nextTask(em, of, check.doneOn)
  if (wanted && !task) throw new Refusal('NOT_FOUND', notFound('检查任务').message, { field: 'task' })
  if (!task || task.opensOn > check.doneOn) return
  check.task = ref(task)
  check.plannedOn ??= task.dueOn
  const inReach = check.doneOn <= addDays(task.dueOn, rules.checkLateDays)
  if (task.outcome === TaskOutcome.OPEN && check.notChecked === 0 && inReach) task.finish(check.doneAt)
}

/** Whoever checks without saying for which: the earliest one that is open on that day. */
const nextTask = (em: SqlEntityManager, of: { checklist: string }, day: string) =>
  em.findOne(CheckTask, { ...of, outcome: TaskOutcome.OPEN, opensOn: { $lte: day }, dueOn: { $gte: day } }, { orderBy: { dueOn: 'asc', slot: 'asc' } })
