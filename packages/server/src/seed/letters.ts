import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import { counterOf, drawUp, type Issue, issuerFor } from '../letter/issue.js'
import { Letter } from '../letter/letter.entity.js'
import { LetterCopy } from '../letter/letterCopy.entity.js'
import { hazardSaid } from '../letter/ofHazard.js'
import { CopyHolder, LetterKind, RULES, SignerRole } from '../letter/terms.js'
import type { Actor } from '../shared/context.js'
import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import type { Chapter, Told } from './chapters.js'
import { stations } from './content.js'
import { someone } from './people.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import type { Firm } from './settle.js'

const STANDARD = '泉州市中小微企业安全生产标准化达标细则'
const HOUR = 3_600_000
/** Of a hundred: issued, then signed, then each copy in its place. */
const SHARE = { issued: 92, signed: 88, copy: 93, ofHazard: 9 }

/** 告知书、承诺书 of this year and the letters of some hazards: most served, some not signed yet, some copies still on their way. */
export const letters: Chapter = { things: [Letter, LetterCopy], tell: (told) => new Round(told).tell() }

class Round {
  readonly #random = new Random('anbiao letters')
  readonly #stations = new Map(stations().map((station) => [station.code, station]))
  constructor(private readonly told: Told) {}

  tell(): void {
    const { firms, now, began } = this.told
    const year = dayOf(now).slice(0, 4)
    const first = [`${year}-01-08`, addDays(dayOf(began), 12)].sort().at(-1)!
    firms.forEach((firm, i) => {
      if (firm.enterprise.closedOn) return
      const start = [first, addDays(firm.enterprise.enteredOn, 2)].sort().at(-1)!
      for (const kind of [LetterKind.NOTICE, LetterKind.COMMITMENT]) if (this.#random.percent(SHARE.issued)) this.#campaign(firm, kind, addDays(start, i % 24))
    })
    this.#changedHands(firms)
    const byId = new Map(firms.map((firm) => [firm.enterprise.id, firm]))
    for (const hazard of this.told.world.chronicle.all(Hazard)) {
      const firm = byId.get(hazard.enterprise.id)
      if (firm && hazard.notifiedAt && hazard.dueOn && (hazard.listedAt || this.#random.percent(SHARE.ofHazard))) this.#ofHazard(firm, hazard)
    }
  }

  #campaign(firm: Firm, kind: LetterKind, day: Day): void {
    const station = this.#stationOf(firm) ?? firm.town.staff.town[0]!.asActor()
    const dueOn = `${day.slice(0, 4)}-10-31`
    const letter = this.#issue(firm, station, day, { kind, firm: firm.enterprise, facts: { ...(dueOn > day ? { dueOn } : {}), standard: STANDARD } })
    if (!letter || !this.#random.percent(SHARE.signed)) return
    const { legalRep, principal } = firm.enterprise
    const notice = kind === LetterKind.NOTICE
    const role = notice ? SignerRole.PRINCIPAL : legalRep ? SignerRole.LEGAL_REP : SignerRole.BRANCH_HEAD
    this.#serve(firm, letter, addDays(day, this.#random.whole(1, 25)), role, (notice ? principal : legalRep) ?? someone(this.#random))
  }

  #issue(firm: Firm, by: Actor, day: Day, wanted: Issue): Made | undefined {
    const at = this.#at(day)
    if (!at) return undefined
    const { chronicle, names, numbers } = this.told.world
    const own = by.station ? this.#stations.get(by.station) : undefined
    const issuer = issuerFor(by, wanted.kind, { code: firm.town.code, name: names.get(firm.town.code) ?? firm.town.name }, own)
    const serial = numbers.letter(counterOf(issuer, wanted.kind, Number(day.slice(0, 4))))
    const { letter, copies } = drawUp({ actor: by, now: at }, issuer, serial, wanted, { letter: plain(Letter), copy: plain(LetterCopy) })
    const past = { act: 'letterIssue', by, at }
    for (const record of [letter, ...copies]) record.id = this.#random.id(at.getTime())
    chronicle.add(letter, past)
    for (const copy of copies) chronicle.add(copy, past)
    return { letter, copies }
  }

  /** Signed at the door, then copy after copy to its place; what lies after today has not happened. */
  #serve(firm: Firm, { letter, copies }: Made, day: Day, role: SignerRole, name: string): void {
    const at = this.#at(day, new Date(letter.createdAt))
    if (!at) return
    const { chronicle } = this.told.world
    const by = this.#stationOf(firm) ?? firm.town.staff.town[0]!.asActor()
    const past = { act: 'letterDeliver', by, at }
    this.#photo(letter, by, at, 'letterDeliver', AttachmentPurpose.NOTICE)
    chronicle.change(letter, past, () => letter.deliver(by, at, { name, role, papers: 1 }, firm.enterprise))
    let then = day
    let last = at
    for (const copy of copies) {
      then = addDays(then, this.#random.whole(0, 6))
      const when = this.#at(then, last)
      const who = this.#keeper(firm, copy.holder)
      if (!when || !who || !this.#random.percent(SHARE.copy)) continue
      last = when
      const board = copy.holder === CopyHolder.BOARD
      if (board) this.#photo(copy, who, when, 'letterCopyReceive', AttachmentPurpose.EVIDENCE)
      const receipt = { act: 'letterCopyReceive', by: who, at: when }
      chronicle.change(letter, receipt, () => chronicle.change(copy, receipt, () => letter.receive(who, when, copy, board ? 1 : 0)))
    }
  }

  #ofHazard(firm: Firm, hazard: Hazard): void {
    const issue = (kind: LetterKind, by: Actor, at: string, more: Issue['more']) => {
      const made = this.#issue(firm, by, dayOf(at), { kind, firm: firm.enterprise, facts: {}, hazard, more: { hazard: hazardSaid(hazard), ...more } })
      if (made) this.#serve(firm, made, addDays(dayOf(at), 1), RULES[kind].signers[0]!, firm.enterprise.principal ?? someone(this.#random))
      return made?.letter
    }
    const by = this.#stationOf(firm) ?? firm.town.staff.town[0]!.asActor()
    const order = issue(LetterKind.RECTIFICATION_NOTICE, by, hazard.notifiedAt!, {})
    if (hazard.listedAt) issue(LetterKind.LISTING, firm.town.staff.town[0]!.asActor(), hazard.listedAt, {})
    if (order && hazard.stage === HazardStage.CLOSED && hazard.closedAt) issue(LetterKind.REVIEW_OPINION, by, hazard.closedAt, { before: order })
  }

  /** Two enterprises have another legal representative since: their commitments are asked for again. */
  #changedHands(firms: readonly Firm[]): void {
    const { world, now } = this.told
    const at = new Date(now.getTime() - 9 * 24 * HOUR)
    const signed = world.chronicle.all(Letter).filter((one) => one.kind === LetterKind.COMMITMENT && one.completedAt && one.completedAt < at.toISOString())
    for (const letter of signed.slice(3, 5)) {
      const firm = firms.find(({ enterprise }) => enterprise.id === letter.enterprise.id)
      if (!firm) continue
      const past = { act: 'enterpriseEdit', by: firm.town.staff.town[0]!.asActor(), at }
      world.chronicle.change(firm.enterprise, past, () => void (firm.enterprise.legalRep = someone(this.#random)))
      world.chronicle.change(letter, past, () => letter.askAgain(firm.enterprise))
    }
  }

  #stationOf({ enterprise, town }: Firm): Actor | undefined {
    return enterprise.station ? town.staff.stations.get(enterprise.station)?.[0]?.asActor() : undefined
  }

  #keeper(firm: Firm, holder: CopyHolder): Actor | undefined {
    if (holder === CopyHolder.ENTERPRISE || holder === CopyHolder.BOARD) return firm.crew.principal.asActor()
    if (holder === CopyHolder.STATION || holder === CopyHolder.ISSUER) return this.#stationOf(firm) ?? firm.town.staff.town[0]!.asActor()
    return firm.town.staff.town[0]!.asActor()
  }

  /** Some time in the office's hours of that day, after what came before it. */
  #at(day: Day, after = new Date(0)): Date | undefined {
    const some = Date.parse(startOf(day)) + 9 * HOUR + this.#random.whole(0, 480) * 60_000
    const at = new Date(Math.max(some, after.getTime() + 10 * 60_000))
    return at < this.told.now ? at : undefined
  }

  #photo(of: Letter | LetterCopy, by: Actor, at: Date, act: string, purpose: AttachmentPurpose): void {
    const { chronicle, pictures } = this.told.world
    const sent = new Date(at.getTime() - 60_000)
    const attachment = Object.assign(new (plain(Attachment))(), {
      id: this.#random.id(sent.getTime()),
      ...pictures.pick(this.#random, undefined, AttachmentPurpose.AFTER),
      ...{ uploadedBy: by.id, division: by.scope.division },
      ...(by.scope.station ? { station: by.scope.station } : {}),
      ...(by.scope.enterprise ? { enterpriseId: by.scope.enterprise } : {}),
    })
    chronicle.add(attachment, { act: 'fileUpload', by, at: sent })
    chronicle.change(attachment, { act, by, at }, () => {
      Object.assign(attachment, {
        ofThing: of instanceof Letter ? 'Letter' : 'LetterCopy',
        ofRecord: of.id,
        purpose,
        division: of.division,
        enterpriseId: of.enterprise.id,
      })
      if (of.station) attachment.station = of.station
      else delete attachment.station
    })
  }
}

interface Made {
  letter: Letter
  copies: LetterCopy[]
}
