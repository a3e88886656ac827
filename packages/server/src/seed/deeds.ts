import { ref } from '@mikro-orm/core'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { urging } from '../hazard/remind.js'
import { HazardStage } from '../hazard/terms.js'
import { addDays, type Day, dayOf, daysBetween } from '../shared/days.js'
import type { HazardText } from './content.js'
import type { Course } from './course.js'
import type { Life } from './life.js'
import * as words from './words.js'

/** What can be done to one hazard of a story; each tells whether its moment has come. */
export class Deeds {
  readonly #today: Day
  constructor(
    protected readonly life: Life,
    protected readonly text: HazardText,
    protected readonly course: Course,
  ) {
    this.#today = dayOf(life.world.now)
  }

  protected on(ago: number | undefined): Day {
    return addDays(this.#today, -(ago ?? this.course.found))
  }
  protected get hazard(): Hazard {
    return this.life.hazard
  }
  protected get random() {
    return this.life.world.random
  }

  protected register(): boolean {
    if (this.hazard.stage !== HazardStage.DRAFT) return true
    const criterion = this.life.world.criteria.get(this.text.id)
    const by = this.life.cast.registrar(this.hazard)
    return this.life.act('hazardRegister', this.on(this.course.registered), by, (at) => {
      if (criterion) this.hazard.criterion = ref(criterion)
      this.hazard.register(by, at, criterion)
    })
  }

  protected void(): boolean {
    const reason = this.random.pick(words.VOIDED)
    const by = this.life.cast.town[0]!
    return this.life.act(
      'hazardVoid',
      this.on(this.course.notified),
      by,
      (at) => {
        this.hazard.void(by, reason)
        this.life.world.recurrence.voided(this.hazard, at)
      },
      reason,
    )
  }

  protected fixOnSpot(): boolean {
    const by = this.life.cast.fixer(this.hazard)
    return this.life.act('hazardFixOnSpot', this.hazard.foundOn, by, (at, past) => {
      this.hazard.fixOnSpot(by, at, { ...this.done(), photos: 1 })
      this.life.attach(1, AttachmentPurpose.AFTER, past)
    })
  }

  protected list(): boolean {
    const by = this.life.cast.town[0]!
    return this.life.act('hazardList', this.life.day, by, (at) => this.hazard.list(by, at, this.life.world.numbers.listing(dayOf(at))), words.LISTED)
  }

  protected notify(): boolean {
    const by = this.life.cast.notifier(this.hazard)
    const { rules, numbers } = this.life.world
    return this.life.act('hazardNotify', this.on(this.course.notified), by, (at) => {
      const today = dayOf(at)
      const most = this.hazard.isMajor ? rules.majorMaxDays : rules.generalMaxDays
      const wanted = daysBetween(today, this.on(this.course.due))
      this.hazard.notify(by, at, rules, {
        number: numbers.notice(today),
        dueOn: addDays(today, Math.min(Math.max(wanted, 0), most)),
        demand: this.text.measure,
      })
    })
  }

  /** 五落实: always of a major hazard, now and then of another. */
  protected plan(): boolean {
    const hazard = this.hazard
    if (!hazard.isMajor && !this.random.percent(12)) return true
    const by = this.life.cast.fixer(hazard)
    return this.life.act('hazardPlan', this.life.day, by, (at) => {
      Object.assign(hazard, {
        responsiblePerson: this.life.firm.enterprise.principal,
        responsibleDept: hazard.workshop ?? '安全管理部门',
        measures: this.text.measure,
        fundFen: this.text.costYuan * 100,
        fundSource: '企业自筹',
      })
      Object.assign(hazard, { milestones: `${hazard.dueOn} 前完成`, emergencyPlan: words.EMERGENCY_PLAN })
      hazard.plan(by, at)
    })
  }

  protected approve(): boolean {
    const by = this.life.cast.authority[0]!
    return !this.hazard.isMajor || this.life.act('hazardApprovePlan', addDays(this.life.day, this.random.whole(0, 1)), by, () => this.hazard.approvePlan(by))
  }

  protected accept(): boolean {
    const by = this.life.cast.fixer(this.hazard)
    return this.life.act('hazardAccept', this.on(this.course.accepted), by, (at) => this.hazard.accept(by, at))
  }

  protected submit(ago: number | undefined): boolean {
    const by = this.life.cast.fixer(this.hazard)
    return this.life.act('hazardSubmit', this.on(ago), by, (at, past) => {
      const photos = this.life.world.lean || this.random.percent(80) ? 1 : 2
      this.life.attach(photos, AttachmentPurpose.AFTER, past)
      this.hazard.submit(by, at, { ...this.done(), photos })
    })
  }

  protected done() {
    return {
      result: words.lazyResult(this.hazard.id) ?? `已整改：${this.text.measure}`,
      costFen: Math.round((this.text.costYuan * this.random.whole(80, 120)) / 100) * 100,
    }
  }

  protected return(returned: NonNullable<Course['returned']>): boolean {
    const { rules } = this.life.world
    const [by] = this.life.cast.reviewers(this.hazard, 1)
    const reason = this.random.pick(words.RETURNED)
    return this.life.act(
      'hazardReturn',
      this.on(returned.on),
      by!,
      (at) => {
        const due = this.on(returned.due)
        this.hazard.return(by!, at, rules, reason, due > dayOf(at) ? due : addDays(dayOf(at), 1))
      },
      reason,
    )
  }

  protected close(): boolean {
    const { rules } = this.life.world
    const needed = this.course.end === 'SIGNED_ONCE' ? 1 : this.hazard.reviewersNeeded(rules)
    const reviewers = this.life.cast.reviewers(this.hazard, this.hazard.reviewersNeeded(rules)).slice(0, needed)
    return reviewers.every((by) =>
      this.life.act('hazardClose', this.on(this.course.reviewed), by, (at) => this.hazard.close(by, at, rules, this.random.pick(words.OPINIONS))),
    )
  }

  protected transfer(): boolean {
    const by = this.life.cast.authority[0]!
    const day = this.on(this.course.reviewed)
    return this.life.act(
      'hazardTransfer',
      day,
      by,
      (at) => this.hazard.transfer(by, at, this.random.pick(words.TRANSFERRED_TO), `YS-${dayOf(at).slice(0, 4)}-${this.random.whole(100, 999)}`),
      '超出本级权限',
    )
  }

  protected urge(): void {
    if (this.course.urged === undefined) return
    const by = this.random.pick(this.life.cast.authority)
    this.life.urge(this.on(this.course.urged), by, (at) => urging(this.hazard, by, at, undefined))
  }
}
