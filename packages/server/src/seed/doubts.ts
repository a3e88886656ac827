import { ref } from '@mikro-orm/core'
import { Attachment } from '../attachment/attachment.entity.js'
import { Doubt, DoubtSample } from '../doubt/doubt.entity.js'
import { type Gathered, ofCheck, ofHazard } from '../doubt/gather.js'
import { judge } from '../doubt/judge.js'
import { spoken } from '../doubt/keep.js'
import { shippedDoubtRules } from '../doubt/rules.js'
import { drawn, sampleOf } from '../doubt/sample.js'
import { SampleCause, SampleVerdict } from '../doubt/terms.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Check, CheckResult } from '../inspection/check.entity.js'
import { linkedId } from '../shared/datum.js'
import { addDays, dayOf, monthOf, startOf } from '../shared/days.js'
import type { Chapter, Told } from './chapters.js'
import { plain } from './plain.js'
import { Random } from './random.js'

/** How far back the office has been judging, and how many entries of each kind at most: enough to look at, quick to tell. */
const DAYS = 75
const MOST = 260
const rules = shippedDoubtRules()
const REMARKS = {
  PERFUNCTORY: ['现场未见整改，照片是旧的', '问了当班人员，没有逐项看', '说明是复制的，实际只做了一半'],
  FINE: ['现场核对属实', '做得不错，只是写得简单', '当面演示过，没有问题'],
}

/** 疑似敷衍: the entries of the last weeks with their points, last month's samples and what was found on the spot. */
export const DOUBT_MONTHS: Chapter = { things: [Doubt, DoubtSample], tell: (told) => new Teller(told).tell() }

class Teller {
  readonly #random = new Random('anbiao doubt')
  constructor(private readonly told: Told) {}

  tell(): void {
    const { firms, now } = this.told
    const since = startOf(addDays(dayOf(now), -DAYS))
    const gathered = this.#gathered(since, firms[0]!.town.code)
    const rows = gathered.map((one) => ({ one, id: this.#random.id(Date.parse(one.of.at)) })).sort((a, b) => (a.id < b.id ? -1 : 1))
    const byKey = Map.groupBy(
      rows.filter(({ one }) => one.textKey),
      ({ one }) => one.textKey,
    )
    for (const { one, id } of rows) {
      const same = byKey.get(one.textKey) ?? []
      const others = new Set(same.map((other) => other.one.place.enterprise).filter((enterprise) => enterprise !== one.place.enterprise)).size
      const repeats = same.filter((other) => other.one.of.writtenBy === one.of.writtenBy && other.id < id).length
      this.#add(one, id, others, repeats)
    }
    this.#draw(monthOf(addDays(`${monthOf(dayOf(now))}-01`, -1)))
  }

  #gathered(since: string, town: string): Gathered[] {
    const { chronicle } = this.told.world
    const photos = Map.groupBy(
      chronicle.all(Attachment).filter(({ hazard }) => hazard),
      ({ hazard }) => linkedId(hazard)!,
    )
    const results = Map.groupBy(chronicle.all(CheckResult), ({ check }) => linkedId(check)!)
    const checks = new Map(chronicle.all(Check).map((check) => [check.id, check]))
    const foundIn = new Map(
      chronicle.all(CheckResult).flatMap(({ hazard, check }) => {
        const of = checks.get(linkedId(check)!)
        return hazard && of ? [[linkedId(hazard)!, of] as const] : []
      }),
    )
    const newest = <T extends { id: string }>(all: T[], at: (one: T) => string | undefined) =>
      all.filter((one) => (at(one) ?? '') >= since).sort((a, b) => (at(a)! < at(b)! ? 1 : -1))
    const hazards = newest(
      chronicle.all(Hazard).filter(({ division }) => division.startsWith(town)),
      ({ submittedAt }) => submittedAt,
    ).flatMap((one) => ofHazard(one, photos.get(one.id) ?? [], foundIn.get(one.id)) ?? [])
    const own = newest(
      [...checks.values()].filter(({ division }) => division.startsWith(town)),
      ({ doneAt }) => doneAt,
    ).flatMap((one) => ofCheck(one, results.get(one.id) ?? []) ?? [])
    return [...hazards.slice(0, MOST), ...own.slice(0, MOST)]
  }

  #add({ entry, of, place, textKey }: Gathered, id: string, others: number, repeats: number): void {
    const { chronicle } = this.told.world
    const { check, hazard, at, ...rest } = of
    const { enterprise, ...stands } = place
    const firm = this.told.firms.find((one) => one.enterprise.id === enterprise)!.enterprise
    const doubt = Object.assign(new (plain(Doubt))(), {
      ...{ id, ...rest, ...stands, enterprise: ref(firm), judgedAt: at, ...spoken(judge({ ...entry, others, repeats }, rules), rules) },
      ...(check ? { check: ref(chronicle.all(Check).find((one) => one.id === check)!) } : {}),
      ...(hazard ? { hazard: ref(chronicle.all(Hazard).find((one) => one.id === hazard)!) } : {}),
      ...(textKey ? { textKey } : {}),
    })
    chronicle.add(doubt, { act: hazard ? 'hazardSubmit' : 'checkSubmit', by: undefined, at: new Date(at) })
  }

  #draw(month: string): void {
    const { world, firms, now } = this.told
    const town = firms[0]!.town
    const at = new Date(Math.min(Date.parse(startOf(`${monthOf(dayOf(now))}-01`)) + 390 * 60_000, now.getTime()))
    const entries = world.chronicle.all(Doubt).filter(({ doneOn }) => monthOf(doneOn) === month)
    for (const [station, own] of Map.groupBy(entries, (one) => one.station)) {
      const chosen = drawn(own, { town: town.code, station, month }, rules)
      chosen.forEach(([doubt, cause], i) => {
        const sample = sampleOf(new (plain(DoubtSample))(), doubt, cause, { month, rank: i + 1, at })
        sample.id = this.#random.id(at.getTime() + i)
        world.chronicle.add(sample, { act: 'doubtSampleDraw', by: undefined, at })
        this.#look(sample, at, (station && town.staff.stations.get(station)?.[0]) || town.staff.town[0]!)
      })
    }
  }

  /** A good half of the list has been looked at; the rules are right more often than not. */
  #look(sample: DoubtSample, drawnAt: Date, person: { asActor(): Parameters<DoubtSample['look']>[0] }): void {
    const at = new Date(drawnAt.getTime() + (this.#random.whole(1, 20) * 24 * 60 + this.#random.whole(120, 500)) * 60_000)
    if (at >= this.told.now || !this.#random.percent(65)) return
    const by = person.asActor()
    const verdict = this.#random.percent(sample.cause === SampleCause.DOUBTFUL ? 70 : 12) ? SampleVerdict.PERFUNCTORY : SampleVerdict.FINE
    this.told.world.chronicle.change(sample, { act: 'doubtSampleLook', by, at }, () => sample.look(by, at, verdict, this.#random.pick(REMARKS[verdict])))
  }
}
