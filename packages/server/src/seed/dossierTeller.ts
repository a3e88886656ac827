import { ref } from '@mikro-orm/core'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import type { DocumentFacts } from '../dossier/document.entity.js'
import { DossierDocument } from '../dossier/document.entity.js'
import { Dossier } from '../dossier/dossier.entity.js'
import type { DossierRecord } from '../dossier/dossierRecord.js'
import { applies } from '../dossier/judge.js'
import { addMonths } from '../dossier/months.js'
import type { DossierRequirement } from '../dossier/requirement.entity.js'
import { ZeroReport } from '../dossier/zeroReport.entity.js'
import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import type { Recorded } from '../shared/recorded.entity.js'
import type { Told } from './chapters.js'
import { standingIn } from './dossiers.js'
import { plain } from './plain.js'
import type { Past } from './chronicle.js'
import type { Random } from './random.js'
import type { Firm } from './settle.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Tells what one firm put into its dossier and what its station said of it, each at its moment. */
export class DossierTeller {
  readonly #today: Day
  /** Nothing before its own people had accounts. */
  readonly #first: Day
  readonly #documents: DossierDocument[] = []
  readonly #records: DossierRecord[] = []

  constructor(
    private readonly told: Told,
    private readonly firm: Firm,
    private readonly random: Random,
  ) {
    this.#today = dayOf(told.now)
    this.#first = addDays(firm.enterprise.enteredOn, 8)
  }

  open(begun: boolean): void {
    const past = this.#past('dossierKeep', this.#first)
    const dossier = standingIn(Dossier, this.firm, this.random.id(past.at.getTime()))
    Object.assign(dossier, {
      inScope: true,
      ...(begun ? { startedOn: this.#first } : {}),
      complete: false,
      partsComplete: 0,
      demanded: 0,
      met: 0,
      expired: 0,
      unreviewed: 0,
      gaps: '',
    })
    this.told.world.chronicle.add(dossier, { act: past.act, by: undefined, at: past.at })
  }

  asks(demand: DossierRequirement): boolean {
    return applies(demand, { facts: this.firm.enterprise as never, documents: new Map(), records: new Map(), sources: new Map(), expired: new Map() })
  }

  ago = (days: number): Day => this.#within(addDays(this.#today, -days))
  /** What this firm has of a kind. */
  of = <R extends DossierRecord>(thing: new () => R): R[] => this.#records.filter((one): one is R => one instanceof thing)

  /** A paper that lasts some years; of the less diligent one in six runs out soon or has run out. */
  lasting(full: boolean): { issuedOn: Day; validUntil: Day } {
    const left = !full && this.random.percent(16) ? this.random.whole(-40, 58) : this.random.whole(90, 900)
    const validUntil = addDays(this.#today, left)
    return { issuedOn: addMonths(validUntil, -36) < this.#today ? addMonths(validUntil, -36) : addDays(this.#today, -60), validUntil }
  }

  inspected(full: boolean): { inspectedOn: Day; nextDueOn: Day } {
    const nextDueOn = addDays(this.#today, !full && this.random.percent(18) ? this.random.whole(-30, 55) : this.random.whole(70, 330))
    return { inspectedOn: addMonths(nextDueOn, -12), nextDueOn }
  }

  /** One or two versions of a document: filed by the principal, answered by the station some days later. */
  file(demand: DossierRequirement, full: boolean): void {
    const months = demand.validMonths ?? 36
    const fresh = Math.max(20, Math.min(300, months * 30 - 70))
    if (this.random.percent(30)) this.#version(demand, 1, this.ago(this.random.whole(fresh, 380)), 'accept')
    const issue = this.#versionsOf(demand).length + 1
    const outcome = full
      ? 'accept'
      : this.random.weighted([
          ['accept', 80],
          ['wait', 12],
          ['return', 8],
        ] as const)
    const day = outcome === 'wait' ? this.ago(this.random.whole(1, 6)) : this.ago(this.random.whole(8, full ? Math.min(fresh, 160) : fresh))
    this.#version(demand, issue, day, outcome)
  }

  #versionsOf = (demand: DossierRequirement): DossierDocument[] => this.#documents.filter(({ code }) => code === demand.code)

  #version(demand: DossierRequirement, issue: number, day: Day, outcome: 'accept' | 'wait' | 'return'): void {
    const { chronicle } = this.told.world
    const past = this.#past('dossierDocumentSubmit', day)
    const before = this.#versionsOf(demand).find((one) => one.inForce)
    const document = standingIn(DossierDocument, this.firm, this.random.id(past.at.getTime()))
    Object.assign(document, {
      ...{ requirement: ref(demand), part: demand.part, code: demand.code, issue, fileCount: 1 },
      ...{ submittedBy: past.by!.id, submittedByRole: past.by!.role },
    })
    const until = demand.needsValidUntil
      ? { validUntil: addDays(this.#today, this.random.percent(15) ? this.random.whole(3, 58) : this.random.whole(90, 700)) }
      : {}
    document.describe({ responsible: this.random.pick(['安全管理员', '主要负责人', '车间主任', '行政办公室']), ...until } as DocumentFacts, demand, past.at)
    this.#documents.push(chronicle.add(document, past))
    this.#scan(document, demand.title, past)
    if (outcome === 'wait') return
    const review = this.#reviewed(past.at, outcome === 'accept' ? 'dossierDocumentAccept' : 'dossierDocumentReturn')
    if (!review) return
    if (outcome === 'return')
      chronicle.change(document, { ...review, reason: '缺单位盖章' }, () => document.return(review.by!, review.at, '缺单位盖章，请补盖后重新提交'))
    else {
      if (before) chronicle.change(before, review, () => Object.assign(before, { inForce: false, replacedBy: document.id }))
      chronicle.change(document, review, () => document.accept(review.by!, review.at, undefined))
    }
  }

  #scan(document: DossierDocument, title: string, past: Past): void {
    const { chronicle, pictures } = this.told.world
    const sent = new Date(past.at.getTime() - 2 * MINUTE)
    const { enterprise } = this.firm
    const attachment = Object.assign(new (plain(Attachment))(), {
      ...{ id: this.random.id(sent.getTime()), ...pictures.pick(this.random, undefined, AttachmentPurpose.AFTER), name: `${title}扫描件.jpg` },
      ...{ uploadedBy: past.by!.id, division: enterprise.division, enterpriseId: enterprise.id },
    })
    chronicle.add(attachment, { act: 'fileUpload', by: past.by, at: sent })
    chronicle.change(attachment, past, () =>
      Object.assign(attachment, {
        ...{ ofThing: 'DossierDocument', ofRecord: document.id, purpose: AttachmentPurpose.OTHER },
        ...(enterprise.station ? { station: enterprise.station } : {}),
      }),
    )
  }

  record<R extends DossierRecord>(thing: new () => R, act: string, day: Day, facts: (day: Day) => object): void {
    const past = this.#past(act, day)
    const record = Object.assign(standingIn(thing, this.firm, this.random.id(past.at.getTime())), facts(day))
    record.check(this.#today)
    this.#records.push(this.told.world.chronicle.add(record, past))
  }

  zero(period: string, endsOn: Day): void {
    const day = addDays(endsOn, this.random.whole(0, 3))
    if (day < this.#first || day > this.#today) return
    const past = this.#past('zeroReportEnter', day)
    const report: Recorded = Object.assign(standingIn(ZeroReport, this.firm, this.random.id(past.at.getTime())), { period, endsOn, reportedBy: past.by!.id })
    this.told.world.chronicle.add(report, past)
  }

  #within = (day: Day): Day => (day < this.#first ? this.#first : day > this.#today ? this.#today : day)

  /** At some minute of the office's day, and never in the future. */
  #past(act: string, day: Day): Past {
    const at = Math.min(Date.parse(startOf(day)) + 9 * HOUR + this.random.whole(0, 420) * MINUTE, this.told.now.getTime() - this.random.whole(5, 50) * MINUTE)
    return { act, by: this.firm.crew.principal.asActor(), at: new Date(at), request: this.random.id(at) }
  }

  /** One to five days later, by the station of the trade; nothing when that lies ahead. */
  #reviewed(after: Date, act: string): Past | undefined {
    const at = new Date(after.getTime() + this.random.whole(20, 110) * HOUR)
    const { enterprise, town } = this.firm
    const by = town.staff.stations.get(enterprise.station ?? '')?.[0] ?? town.staff.town[0]!
    return at < this.told.now ? { act, by: by.asActor(), at, request: this.random.id(at.getTime()) } : undefined
  }
}
