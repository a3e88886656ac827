import type { SqlEntityManager } from '@mikro-orm/sql'
import { HazardStage } from '../hazard/terms.js'
import { type Assessment, AssessmentAnswer, AssessmentVeto, Deduction } from './assessment.entity.js'
import { levelByRecord, levelByScore, levelOf, type LevelRule, scoreOf } from './score.js'
import { StandardElement, StandardLevel, StandardVeto } from './standard.entity.js'

/** The items that carry points, in the order of the form. */
export const itemsOf = (em: SqlEntityManager, standard: string): Promise<StandardElement[]> =>
  em.find(StandardElement, { standard, pointsTenths: { $ne: null } }, { orderBy: { seq: 'asc' } })

export const levelRules = async (em: SqlEntityManager, standard: string): Promise<LevelRule[]> =>
  (await em.find(StandardLevel, { standard }, { orderBy: { seq: 'asc' } })).map(({ level, percentTenths, mostDeaths, mostSerious }) => ({
    level,
    percentTenths,
    mostDeaths: mostDeaths ?? undefined,
    mostSerious: mostSerious ?? undefined,
  }))

/** Scores the assessment anew from its answers, in the same act as whatever changed them. */
export async function tally(em: SqlEntityManager, assessment: Assessment): Promise<void> {
  await em.flush()
  const standard = assessment.standard.id
  const items = await itemsOf(em, standard)
  const answers = new Map((await em.find(AssessmentAnswer, { assessment: assessment.id })).map((answer) => [answer.element.id, answer]))
  const deductions = await em.find(Deduction, { assessment: assessment.id, withdrawnOn: null })
  const byAnswer = Map.groupBy(deductions, (one) => one.answer.id)
  for (const answer of answers.values()) answer.deductedTenths = (byAnswer.get(answer.id) ?? []).reduce((sum, { tenths }) => sum + tenths, 0)
  const scored = items.map((item) => {
    const answer = answers.get(item.id)
    return { standardTenths: item.pointsTenths!, na: !!answer?.na, deductions: [answer?.deductedTenths ?? 0], done: !!answer && !answer.recheck }
  })
  // What has not been looked at yet has earned nothing: the figure climbs to its truth instead of falling to it.
  const score = scoreOf(scored.map((item) => (item.done ? item : { ...item, deductions: [item.standardTenths] })))
  const rules = await levelRules(em, standard)
  const { deaths, seriousInjuries } = assessment
  const record = { deaths, seriousInjuries }
  set(assessment, {
    totalTenths: score.totalTenths,
    naTenths: score.naTenths,
    earnedTenths: score.earnedTenths,
    percentTenths: score.percentTenths,
    answered: scored.filter(({ done }) => done).length,
    items: items.length,
    levelByScore: levelByScore(rules, score.percentTenths),
    levelByRecord: levelByRecord(rules, record),
    level: levelOf(rules, score.percentTenths, record),
    vetoes: await em.count(AssessmentVeto, { assessment: assessment.id, hit: true, text: { $in: await vetoTexts(em, standard) } }),
  })
}

const vetoTexts = async (em: SqlEntityManager, standard: string) => (await em.find(StandardVeto, { standard })).map(({ text }) => text)

/** What stands between an assessment and its signature. */
export async function leftOf(em: SqlEntityManager, assessment: Assessment): Promise<{ unanswered: number; open: number }> {
  const deductions = await em.find(
    Deduction,
    { assessment: assessment.id, withdrawnOn: null, answer: { element: { standard: assessment.standard.id } } },
    { populate: ['hazard'] as never },
  )
  const settled = ({ hazard, verifiedOn }: Deduction) =>
    hazard ? ([HazardStage.CLOSED, HazardStage.VOID] as HazardStage[]).includes(hazard.unwrap().stage) : !!verifiedOn
  return { unanswered: assessment.items - assessment.answered, open: deductions.filter((one) => !settled(one)).length }
}

function set(assessment: Assessment, values: { [Key in keyof Assessment]?: Assessment[Key] | null }): void {
  for (const [key, value] of Object.entries(values))
    if (value === null) delete (assessment as unknown as Record<string, unknown>)[key]
    else Object.assign(assessment, { [key]: value })
}
