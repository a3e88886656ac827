import { ref } from '@mikro-orm/core'
import { parse } from 'graphql'
import { Person } from '../person/person.entity.js'
import { act, type Acting } from '../shared/act.js'
import type { Actor, SignedIn } from '../shared/context.js'
import { type Day, instant, monthOf } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { Capability, entitled } from '../shared/capability.js'
import { answerFile, type Graph } from './answerFile.js'
import { objectOf } from './facts.js'
import { type Month, monthBefore, monthsBack, monthVariables } from './month.js'
import { Question } from './question.entity.js'
import { QuestionResult } from './questionResult.entity.js'
import { dropParts, keepParts } from './results.js'
import { noteRun } from './noteRun.js'

const KEPT_MONTHS = 24
const MOST_ROWS = 200_000

export interface MonthEnd {
  /** The system itself, which sees every question. */
  acting(): Acting
  /** Somebody's own eyes. */
  contextOf(actor: Actor): SignedIn
  graph: Graph
}

/**
 * 月末运行: on the first day of a month every scheduled question is answered for the month past, whose last day is over
 * by then, with what its owner may see at that moment. A month is answered once; what failed says why and is tried
 * again on the next day. Several processes may have the same day: who enters the try first has it.
 */
export async function runMonthEnd(job: MonthEnd, today: Day): Promise<void> {
  const month = monthBefore(today)
  const { em } = job.acting()
  const scheduled = await em.find(Question, { monthly: true, archivedAt: null }, { orderBy: { id: 'asc' } })
  for (const question of scheduled) {
    if (!question.monthlySince || monthOf(question.monthlySince) > month.month) continue
    const result = await begin(job, question.id, month, today)
    if (result) await answer(job, question, result, month)
  }
  await forget(job, monthsBack(month.month, KEPT_MONTHS))
}

/** Enters the try; nothing when the month is answered, was tried today already or is in another's hands. */
async function begin(job: MonthEnd, id: string, { month }: Month, today: Day): Promise<string | undefined> {
  const acting = job.acting()
  try {
    return await act(acting, 'questionRun', async ({ em }) => {
      const known = await em.findOne(QuestionResult, { question: id, month })
      if (known?.ranAt || known?.triedOn === today) return undefined
      if (known) known.triedOn = today
      const question = await em.findOneOrFail(Question, { id })
      const facts = { question: ref(question), month, triedOn: today, division: question.division, createdAt: instant(acting.now) }
      const result = known ?? Object.assign(new QuestionResult(), facts, question.station ? { station: question.station } : {})
      if (!known) em.persist(result)
      return result.id
    })
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'DUPLICATE' || error.code === 'CONFLICT')) return undefined
    throw error
  }
}

async function answer(job: MonthEnd, question: Question, id: string, month: Month): Promise<void> {
  const started = Date.now()
  try {
    const context = await eyesOf(job, question.owner)
    const wanted = { ...askedBy(question, month), title: `${question.name} ${month.month}`, format: 'xlsx' as const, most: MOST_ROWS }
    const made = await answerFile(job.graph, { context, now: () => eyesOf(job, question.owner) }, wanted)
    const bytes = await keepParts(job.acting().em, id, instant(context.now), made.stream)
    await finish(job, id, { rows: made.rows(), bytes, scope: context.actor.scope })
    await noteRun(job.acting().em, question, question.owner, context.now, { rows: made.rows(), ms: Date.now() - started })
  } catch (error) {
    await dropParts(job.acting().em, [id])
    const why = error instanceof Refusal ? error.message : '运行时出错，明天再试'
    await finish(job, id, { error: why })
    await noteRun(job.acting().em, question, question.owner, job.acting().now, { error: why, ms: Date.now() - started })
    if (!(error instanceof Refusal)) process.stderr.write(`month end: ${question.id}: ${String(error)}\n`)
  }
}

async function eyesOf(job: MonthEnd, owner: string): Promise<SignedIn> {
  const person = await job.acting().em.findOne(Person, { id: owner })
  if (!person || person.disabledAt) throw new Refusal('OWNER_GONE', '问题的所有人已停用')
  return entitled(job.contextOf(person.asActor()), Capability.QUESTIONS)
}

/** The query with its own variables, and those of the month where it has them. */
function askedBy(question: Question, month: Month) {
  const { query, list, variables } = question
  const own = variables ? objectOf(variables, 'QUESTION_VARIABLES', '变量', 'variables') : {}
  const named = new Set(
    parse(query).definitions.flatMap((one) =>
      one.kind === 'OperationDefinition' ? (one.variableDefinitions ?? []).map((def) => def.variable.name.value) : [],
    ),
  )
  const ofMonth = Object.fromEntries(Object.entries(monthVariables(month)).filter(([name]) => named.has(name)))
  return { query, list, variables: { ...own, ...ofMonth } }
}

type Outcome = { rows: number; bytes: number; scope: Actor['scope'] } | { error: string }
function finish(job: MonthEnd, id: string, outcome: Outcome): Promise<void> {
  const acting = job.acting()
  return act(acting, 'questionRun', async ({ em }) => {
    const result = await em.findOneOrFail(QuestionResult, { id })
    if ('error' in outcome) {
      result.error = outcome.error
      return
    }
    const { rows, bytes, scope } = outcome
    Object.assign(result, { rows, bytes, ranAt: instant(acting.now), division: scope.division }, scope.station ? { station: scope.station } : {})
    delete result.error
  })
}

async function forget(job: MonthEnd, before: string): Promise<void> {
  await act(job.acting(), 'questionForget', async ({ em }) => {
    const old = await em.find(QuestionResult, { month: { $lte: before } }, { limit: 1000 })
    await dropParts(
      em,
      old.map(({ id }) => id),
    )
    em.remove(old)
  })
}
