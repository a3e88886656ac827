import { ref } from '@mikro-orm/core'
import { Assessment, AssessmentAnswer, AssessmentVeto, Deduction } from '../assessment/assessment.entity.js'
import { levelByRecord, levelByScore, levelOf, type LevelRule, scoreOf } from '../assessment/score.js'
import { AssessmentStandard, StandardElement, StandardLevel, StandardVeto } from '../assessment/standard.entity.js'
import { addDays, dayOf, instant } from '../shared/days.js'
import type { Recorded } from '../shared/recorded.entity.js'
import type { Chapter, Told } from './chapters.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import type { Firm } from './settle.js'
import { shippedStandards } from './standards.js'

const DAY = 86_400_000
const FINDINGS = ['缺两份岗位责任书', '培训签到不全', '灭火器一具压力不足', '操作规程未上墙', '应急药箱药品过期', '一处警示标志褪色']
const MEASURES = ['补签并归档', '补训并补签到', '更换并登记', '制作上墙', '更换药品', '重新张贴']

interface Form {
  standard: AssessmentStandard
  items: StandardElement[]
  rules: LevelRule[]
  vetoes: StandardVeto[]
}

/** The year's self-assessments: most begun, many signed and reviewed, some still at it, a few not begun. */
export const ASSESSMENTS: Chapter = { things: [Assessment, AssessmentAnswer, Deduction, AssessmentVeto], tell }

function tell(told: Told): void {
  const random = new Random('anbiao assessments')
  const shipped = shippedStandards(new Set(), instant(told.began))
  const [national, small] = [formOf(shipped, 'GB/T 33000'), formOf(shipped, 'QZ-XW')]
  for (const firm of told.firms) {
    if (firm.enterprise.closedOn || random.percent(18)) continue
    new Year(told, firm, (firm.enterprise.staffCount ?? 0) >= 60 ? national : small, random).tell()
  }
}

function formOf(shipped: readonly Recorded[], code: string): Form {
  const standard = shipped.find((one): one is AssessmentStandard => one instanceof AssessmentStandard && one.code === code)!
  const own = <T extends Recorded & { standard: { id: string } }>(thing: new () => T) =>
    shipped.filter((one): one is T => one instanceof thing && (one as T).standard.id === standard.id)
  return {
    standard,
    items: own(StandardElement).filter(({ pointsTenths }) => pointsTenths),
    rules: own(StandardLevel) as LevelRule[],
    vetoes: own(StandardVeto),
  }
}

class Year {
  readonly #at: Date
  constructor(
    private readonly told: Told,
    private readonly firm: Firm,
    private readonly form: Form,
    private readonly random: Random,
  ) {
    this.#at = new Date(told.now.getTime() - random.whole(20, 90) * DAY)
  }

  #made<T extends Recorded>(thing: new () => T, said: object): T {
    const { enterprise } = this.firm
    const place = { enterprise: ref(enterprise), division: enterprise.division, ...(enterprise.station ? { station: enterprise.station } : {}) }
    return Object.assign(new (plain(thing))(), { id: this.random.id(this.#at.getTime()) }, place, said)
  }

  tell(): void {
    const { random, form, told, firm } = this
    const { chronicle } = told.world
    const by = firm.crew.principal.asActor()
    const year = Number(dayOf(this.#at).slice(0, 4))
    const { standard, items, vetoes } = form
    const assessment = this.#made(Assessment, { year, standard: ref(standard), dueOn: `${year}-12-20`, items: items.length })
    const part = random.percent(70) ? 1 : random.whole(2, 8) / 10
    const [answers, deductions] = this.#answers(assessment, items.slice(0, Math.ceil(items.length * part)))
    this.#score(assessment, answers)
    chronicle.add(assessment, { act: 'assessmentBegin', by, at: this.#at })
    const during = (act: string, hours: number) => ({ act, by, at: new Date(this.#at.getTime() + hours * 3_600_000) })
    for (const answer of answers) chronicle.add(answer, during('assessmentAnswer', 2))
    for (const deduction of deductions) chronicle.add(deduction, during('deductionAdd', 3))
    for (const { text } of vetoes) chronicle.add(this.#made(AssessmentVeto, { assessment: ref(assessment), text }), during('assessmentBegin', 0))
    if (part === 1 && random.percent(80)) this.#finish(assessment, deductions)
  }

  #answers(assessment: Assessment, items: readonly StandardElement[]): [AssessmentAnswer[], Deduction[]] {
    const { random } = this
    const deductions: Deduction[] = []
    const answers = items.map((item) => {
      const na = random.percent(6)
      const answer = this.#made(AssessmentAnswer, {
        assessment: ref(assessment),
        element: ref(item),
        na,
        ...(na ? { naReason: '本单位没有这类设备或作业' } : {}),
      })
      if (na || !random.percent(22)) return answer
      const which = random.whole(0, FINDINGS.length - 1)
      const tenths = Math.min(item.pointsTenths!, random.pick([20, 30, 50, 80]))
      const told = { finding: FINDINGS[which]!, measure: MEASURES[which]!, responsible: '安全管理员', dueOn: addDays(dayOf(this.#at), 15) }
      deductions.push(this.#made(Deduction, { answer: ref(answer), assessment: ref(assessment), tenths, ...told }))
      answer.deductedTenths = tenths
      return answer
    })
    return [answers, deductions]
  }

  #score(assessment: Assessment, answers: readonly AssessmentAnswer[]): void {
    const { items, rules } = this.form
    const byItem = new Map(answers.map((answer) => [answer.element.id, answer]))
    const score = scoreOf(
      items.map((item) => {
        const answer = byItem.get(item.id)
        return { standardTenths: item.pointsTenths!, na: !!answer?.na, deductions: [answer ? answer.deductedTenths : item.pointsTenths!] }
      }),
    )
    const record = { deaths: 0, seriousInjuries: 0 }
    const levels = {
      levelByScore: levelByScore(rules, score.percentTenths),
      levelByRecord: levelByRecord(rules, record),
      level: levelOf(rules, score.percentTenths, record),
    }
    const { possibleTenths: _possible, ...kept } = score
    Object.assign(assessment, { answered: answers.length, ...kept }, Object.fromEntries(Object.entries(levels).filter(([, level]) => level)))
  }

  /** Non-conformities fixed and verified, then signed; most are reviewed by their station. */
  #finish(assessment: Assessment, deductions: readonly Deduction[]): void {
    const { chronicle } = this.told.world
    const { principal } = this.firm.crew
    const { random } = this
    const reviewer = this.firm.town.staff.stations.get(this.firm.enterprise.station ?? '')?.[0]?.asActor()
    if (!reviewer) return
    const at = (days: number) => new Date(this.#at.getTime() + days * DAY)
    for (const deduction of deductions) {
      chronicle.change(deduction, { act: 'deductionFix', by: principal.asActor(), at: at(5) }, () =>
        deduction.fix(principal.asActor(), at(5), '已按要求整改完成'),
      )
      chronicle.change(deduction, { act: 'deductionVerify', by: reviewer, at: at(8) }, () => deduction.verify(reviewer, at(8)))
    }
    const sign = { act: 'assessmentSign', by: principal.asActor(), at: at(10) }
    chronicle.change(assessment, sign, () => assessment.sign(principal.asActor(), at(10), principal.name, { unanswered: 0, open: 0 }))
    if (!random.percent(75)) return
    const accepted = random.percent(85)
    chronicle.change(assessment, { act: 'assessmentReview', by: reviewer, at: at(14) }, () =>
      assessment.review(reviewer, at(14), accepted, accepted ? '' : '请补充教育培训的佐证材料'),
    )
  }
}
