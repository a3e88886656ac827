import type { Actor } from '../shared/context.js'
import { addDays, type Day, dayOf, daysBetween } from '../shared/days.js'
import { doersOf, idsOf, samePerson } from '../shared/onePerson.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { HazardRecord } from './hazardFacts.js'
import * as may from './rights.js'
import type { HazardRules } from './rules.js'
import { HazardSeverity, HazardStage, NEXT, STAGE_NAME } from './terms.js'
import { ObjectType } from 'type-graphql'

/** The guards every act of a hazard shares: its place in the workflow, its deadline, who may not verify. */
@ObjectType('GuardedHazard', { simpleResolvers: true })
export abstract class GuardedHazard extends HazardRecord {
  get isMajor(): boolean {
    return this.severity === HazardSeverity.MAJOR
  }

  /** Refuses unless the next step may be `stage`; changes nothing. */
  protected needStep(stage: HazardStage, only: HazardStage = this.stage): void {
    if (this.stage !== only || !NEXT[this.stage].includes(stage)) throw this.wrongStage(STAGE_NAME[stage])
  }

  protected wrongStage(wanted: string): Refusal {
    return new Refusal('WRONG_STAGE', `这条隐患现在是“${STAGE_NAME[this.stage]}”，不能${wanted.length > 4 ? '' : '办理'}“${wanted}”，请刷新后再看`)
  }

  protected needText(value: string | undefined, field: string, sentence: string): void {
    if (!value?.trim()) throw new Refusal('MISSING', sentence, { field })
  }

  needDeadline(dueOn: Day, at: Date, rules: HazardRules): void {
    const today = dayOf(at)
    if (dueOn < today) throw new Refusal('DEADLINE_PAST', '整改期限不能早于今天', { field: 'dueOn' })
    const most = this.isMajor ? rules.majorMaxDays : rules.generalMaxDays
    if (daysBetween(today, dueOn) > most) throw new Refusal('DEADLINE_FAR', `整改期限最长 ${most} 天，最迟 ${addDays(today, most)}`, { field: 'dueOn' })
  }

  protected needReviewer(by: Actor): void {
    this.needOther(by, '复查人不能是整改人或提交人')
    if (!may.review(by, this)) throw forbidden('这条隐患不由您复查')
  }

  /** Separation of duties, by account, whatever the account's role is today; who stands in for somebody counts as one with him. */
  protected needOther(by: Actor, sentence: string): void {
    const done = idsOf(by).filter((id) => this.fixedBy(id))
    if (done.length) throw new Refusal('SAME_PERSON', samePerson(by, done, sentence))
  }

  fixedBy(person: string): boolean {
    return this.rectifier === person || this.submittedBy === person || this.fixers.split(' ').includes(person)
  }

  protected rememberFixer(by: Actor): void {
    for (const id of doersOf(by)) if (!this.fixers.split(' ').includes(id)) this.fixers = `${this.fixers} ${id}`.trim()
  }
}
