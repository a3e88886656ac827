import { ref } from '@mikro-orm/core'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { give } from '../attachment/attach.js'
import type { DossierRequirement } from '../dossier/requirement.entity.js'
import { climb, keyOf } from '../hazard/escalate.js'
import { draftOf } from '../hazard/found.js'
import { Hazard } from '../hazard/hazard.entity.js'
import type { HazardFacts } from '../hazard/hazardFacts.js'
import { remindersOfMajor } from '../hazard/remind.js'
import type { Reminder } from '../remind/reminder.entity.js'
import { ReminderRead } from '../remind/reminderRead.entity.js'
import * as may from '../hazard/rights.js'
import type { HazardRules } from '../hazard/rules.js'
import { isOpen } from '../hazard/terms.js'
import type { RiskColor } from '../risk/terms.js'
import type { Actor } from '../shared/context.js'
import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import type { Criterion } from '../standard/criterion.entity.js'
import type { Cast } from './cast.js'
import type { Chronicle, Past } from './chronicle.js'
import type { Numbers } from './numbers.js'
import type { OfficeHours } from './officeHours.js'
import type { Pictures } from './pictures.js'
import { plain } from './plain.js'
import type { Random } from './random.js'
import type { Recurrence } from './recurrence.js'
import type { Firm } from './settle.js'

/** What all the stories of one load share. */
export interface World {
  chronicle: Chronicle
  random: Random
  now: Date
  rules: HazardRules
  numbers: Numbers
  criteria: ReadonlyMap<string, Criterion>
  /** What a dossier must hold, by code. */
  demands: ReadonlyMap<string, DossierRequirement>
  /** Names of the villages, towns and stations by their codes. */
  names: ReadonlyMap<string, string>
  pictures: Pictures
  recurrence: Recurrence
  /** Since when which enterprise has had which colour. */
  colors: Map<string, { on: Day; at: Date; color: RiskColor | undefined }[]>
  /** A mass load: no more photos than the rules ask for, and the daily job looks only today. */
  lean: boolean
}

const MINUTE = 60_000
/** When the daily job looks: at half past six. */
const earlyOn = (day: Day) => new Date(Date.parse(startOf(day)) + 390 * MINUTE)

/** One hazard that lives: each act at its moment, by its person, under the rules of the hazard itself. */
export class Life {
  hazard!: Hazard
  #looked: Day = ''
  readonly #known = new Set<string>()

  constructor(
    readonly world: World,
    readonly firm: Firm,
    readonly cast: Cast,
    private readonly hours: OfficeHours,
  ) {}

  get day(): Day {
    return this.hours.day
  }

  /** Does an act on that day or soon after; false when its moment has not come yet. */
  act(name: string, day: Day, by: Actor, work: (at: Date, past: Past) => void, reason?: string): boolean {
    const past = this.#moment(name, day, by, reason)
    if (!past) return false
    this.lookUntil(past.at)
    this.world.chronicle.change(this.hazard, past, () => work(past.at, past))
    return true
  }

  #moment(act: string, day: Day, by: Actor, reason?: string): Past | undefined {
    const at = this.hours.on(day)
    return at && { act, by, at, request: this.world.random.id(at.getTime()), ...(reason ? { reason } : {}) }
  }

  /** Reported, and registered at once by whoever may. */
  report(day: Day, by: Actor, facts: HazardFacts, photos: number, criterion: Criterion | undefined): boolean {
    const past = this.#moment('hazardReport', day, by)
    if (!past) return false
    const { chronicle, names, numbers, recurrence, random } = this.world
    const { enterprise } = this.firm
    const finder = { mayEnforce: by.station === 'LAW_TEAM', unit: this.cast.unitOf(by, names) }
    const hazard = draftOf(by, past.at, enterprise, { ...facts, foundOn: dayOf(past.at) } as HazardFacts, finder, new (plain(Hazard))())
    this.hazard = hazard
    hazard.id = random.id(past.at.getTime())
    hazard.number = numbers.hazard(hazard.foundOn, hazard.division)
    hazard.photosBefore = photos
    hazard.recurring = recurrence.found(hazard, past.at, this.world.rules)
    const registers = may.register(by, hazard)
    if (registers && criterion) hazard.criterion = ref(criterion)
    if (registers) hazard.register(by, past.at, criterion)
    chronicle.add(hazard, past)
    this.attach(photos, AttachmentPurpose.BEFORE, past)
    if (hazard.isMajor && !this.world.lean) this.#remind(remindersOfMajor(hazard, past.at), past)
    this.#looked = hazard.foundOn
    return true
  }

  /** Photos that were sent a little before the act that uses them. */
  attach(many: number, purpose: AttachmentPurpose, past: Past): void {
    const { chronicle, pictures, random } = this.world
    for (let i = 0; i < many; i++) {
      const { scope, id } = past.by!
      const sent = new Date(past.at.getTime() - random.whole(20, 200) * 1000)
      const attachment = Object.assign(new (plain(Attachment))(), {
        id: random.id(sent.getTime()),
        ...pictures.pick(random, this.hazard.category, purpose),
        uploadedBy: id,
        division: scope.division,
      })
      if (scope.station) attachment.station = scope.station
      if (scope.enterprise) attachment.enterpriseId = scope.enterprise
      chronicle.add(attachment, { act: 'fileUpload', by: past.by, at: sent, request: random.id(sent.getTime()) })
      chronicle.change(attachment, past, () => give(attachment, this.hazard, purpose, this.hazard.returns))
    }
  }

  /** The daily job of every morning before that moment. */
  lookUntil(moment: Date): void {
    if (this.world.lean || !isOpen(this.hazard.stage)) return
    for (let day = addDays(this.#looked, 1); earlyOn(day) < moment; day = addDays(day, 1)) this.#look(day)
  }

  /** The daily job for the last time until now; in a mass load for the first time too. */
  lookNow(): void {
    const { now, lean } = this.world
    if (!lean) return this.lookUntil(now)
    const today = dayOf(now)
    if (isOpen(this.hazard.stage)) this.#look(earlyOn(today) < now ? today : addDays(today, -1))
  }

  #look(day: Day): void {
    this.#looked = day
    const { hazard, world } = this
    if (!hazard.dueOn) return // nothing to be late with
    const past: Past = { act: 'escalate', by: undefined, at: earlyOn(day), request: `escalate ${day}` }
    let reminders: Reminder[] = []
    world.chronicle.change(hazard, past, () => (reminders = climb(hazard, day, past.at, world.rules, this.#known)))
    this.#remind(reminders, past)
  }

  #remind(reminders: Reminder[], past: Past): void {
    const { chronicle, random, now, lean } = this.world
    for (const reminder of reminders) {
      reminder.id = random.id(past.at.getTime())
      chronicle.add(reminder, past)
      this.#known.add(keyOf(reminder))
      const read = new Date(past.at.getTime() + random.whole(120, 600) * MINUTE)
      if (lean || read > now || !random.percent(read.getTime() > now.getTime() - 5 * 24 * 60 * MINUTE ? 40 : 95)) continue
      const by = this.cast.reader(reminder.audience)
      const done = Object.assign(new (plain(ReminderRead))(), { id: random.id(read.getTime()), reminder: ref(reminder), person: by.id })
      chronicle.add(done, { act: 'remindersRead', by, at: read })
    }
  }

  /** Somebody urges; the hazard itself does not change. */
  urge(day: Day, by: Actor, urging: (at: Date) => Reminder): void {
    const past = this.#moment('hazardUrge', day, by)
    if (!past) return
    this.lookUntil(past.at)
    this.#remind([urging(past.at)], past)
  }

  /** Another record that goes with the hazard, such as an extension. */
  beside(name: string, day: Day, by: Actor, work: (past: Past) => void, reason?: string): boolean {
    const past = this.#moment(name, day, by, reason)
    if (!past) return false
    this.lookUntil(past.at)
    work(past)
    return true
  }
}
