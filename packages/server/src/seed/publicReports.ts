import { ref } from '@mikro-orm/core'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardSource, HazardStage } from '../hazard/terms.js'
import { PublicReport, publicStageOf } from '../public/publicReport.entity.js'
import { reportNumber, seriesOfReports, PUBLIC_SENDER } from '../public/send.js'
import { OVER } from '../public/terms.js'
import type { Actor } from '../shared/context.js'
import { addDays, dayOf, instant, startOf } from '../shared/days.js'
import { createHash } from 'node:crypto'
import type { Chapter, Told } from './chapters.js'
import type { Past } from './chronicle.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import type { Town } from './settle.js'

const MINUTE = 60_000
/** Over the year, not all of one week. */
const ONE_IN = 7
const MOST_OF_HAZARDS = 18
/** Calendar days until it should be dealt with, as shipped. */
const TRIAGE_DAYS = 3

/** What people saw and nobody has looked at yet, or looked at and found to be none. */
const SEEN: readonly { ago: number; place: string; content: string; about?: string; photo?: boolean; then?: 'take' | 'ask' | 'refuse' }[] = [
  { ago: 0, place: '菜市场东门通道', content: '东门消防通道停了三辆电动三轮车，今天早上又多了一辆，车进不去', photo: true },
  { ago: 1, place: '老街 18 号楼道', content: '一楼楼道有人拉线给电动车充电，充电器搁在纸箱上', photo: true },
  { ago: 1, place: '村口废品收购点', content: '废品收购点晚上烧电线皮，黑烟很大，旁边堆着塑料', about: '村口废品站' },
  { ago: 2, place: '新建厂房二层', content: '工地二层没有护栏，工人没戴安全帽也没系安全带', photo: true, then: 'take' },
  { ago: 2, place: '藤铁加工厂后院', content: '后院焊接，旁边就是油漆桶，没看到灭火器', then: 'ask' },
  { ago: 6, place: '幼儿园后面的仓库', content: '仓库里放了很多液化气瓶，离幼儿园围墙只有几米' },
  { ago: 9, place: '镇政府门口', content: '门口红绿灯时间太短，走不过去', then: 'refuse' },
  { ago: 15, place: '某小区三楼', content: '楼上天天装修很吵', then: 'refuse' },
]
const ANSWERS = [
  '反映的是交通信号配时，不属于生产经营单位事故隐患，已转告交警中队，请向其了解',
  '经到场核实为住户正常装修，不属于事故隐患；噪声扰民可拨打 12345 反映',
]
const LEADS = ['路过时看到，', '前几天就发现了，', '我是附近居民，', '买东西时看到，', '']

/** 群众举报: some became hazards and went their way, some were known already, a few wait. */
export const PUBLIC_YEAR: Chapter = { things: [PublicReport], tell: (told) => new Desk(told).tell() }

class Desk {
  readonly #random = new Random('anbiao public')
  constructor(private readonly told: Told) {}

  tell(): void {
    const { world, firms, now } = this.told
    const town = firms[0]!.town
    const clerk = town.staff.town[0]!.asActor()
    const told = world.chronicle
      .all(Hazard)
      .filter(({ division, stage, source, foundByRole }) => {
        const ofOffice = source === HazardSource.REPORT || foundByRole === 'TOWN_OFFICE' || foundByRole === 'VILLAGE'
        return division.startsWith(town.code) && stage !== HazardStage.VOID && stage !== HazardStage.DRAFT && ofOffice
      })
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    const chosen = [...told.filter(({ source }) => source === HazardSource.REPORT), ...told.filter(({ source }) => source !== HazardSource.REPORT)]
    chosen
      .filter((_, i) => i % ONE_IN === 0)
      .slice(0, MOST_OF_HAZARDS)
      .forEach((hazard) => this.#ofHazard(hazard, clerk))
    const villages = [...town.villages].sort((a, b) => (a.code < b.code ? -1 : 1))
    SEEN.forEach((seen, i) => {
      const day = addDays(dayOf(now), -seen.ago)
      const at = new Date(Math.min(Date.parse(startOf(day)) + (460 + i * 25) * MINUTE, now.getTime() - (SEEN.length - i) * 7 * MINUTE))
      const report = this.#send(at, villages[(i * 5) % villages.length]!.code, seen.place, seen.content, seen.about)
      if (seen.photo) this.#photo(report, at)
      this.#then(report, seen.then, clerk, at, town)
    })
  }

  #then(report: PublicReport, then: (typeof SEEN)[number]['then'], clerk: Actor, sentAt: Date, town: Town): void {
    const { chronicle } = this.told.world
    const at = new Date(Math.min(sentAt.getTime() + 5 * 60 * MINUTE, this.told.now.getTime() - MINUTE))
    const past = (act: string): Past => ({ act, by: clerk, at, request: this.#random.id(at.getTime()) })
    if (then === 'take') chronicle.change(report, past('publicReportTake'), () => report.take(clerk, at))
    if (then === 'ask') {
      const [station] = [...town.staff.stations.keys()].filter((code) => code === 'INDUSTRY_STATION')
      const due = addDays(dayOf(at), TRIAGE_DAYS)
      if (station) chronicle.change(report, past('publicReportAsk'), () => report.ask(clerk, at, station, '请到场核实焊接作业和油漆桶的情况', due))
    }
    if (then === 'refuse') {
      const answer = report.content.includes('装修') ? ANSWERS[1]! : ANSWERS[0]!
      chronicle.change(report, past('publicReportRefuse'), () => report.refuse(clerk, at, answer))
    }
  }

  /** Told by somebody an hour or a day before it came into the ledger, or after it was there already. */
  #ofHazard(hazard: Hazard, clerk: Actor): void {
    const { chronicle } = this.told.world
    const merged = hazard.source !== HazardSource.REPORT
    const found = Date.parse(hazard.createdAt)
    const sentAt = new Date(merged ? found + this.#random.whole(60, 600) * MINUTE : found - this.#random.whole(40, 300) * MINUTE)
    const decidedAt = new Date(merged ? sentAt.getTime() + this.#random.whole(20, 200) * MINUTE : found)
    const over = hazard.closedAt ?? hazard.transferredAt
    if (decidedAt >= this.told.now || (over && instant(decidedAt) >= over)) return
    const report = this.#send(sentAt, hazard.division, hazard.place, `${this.#random.pick(LEADS)}${hazard.description}`)
    if (this.#random.percent(60)) this.#photo(report, sentAt)
    const act = merged ? 'publicReportLink' : 'publicReportAccept'
    chronicle.change(report, { act, by: clerk, at: decidedAt, request: this.#random.id(decidedAt.getTime()) }, () => {
      report.enterprise = hazard.enterprise
      report.become(clerk, decidedAt, ref(hazard), HazardStage.REGISTERED, merged)
    })
    const stage = publicStageOf(hazard.stage)
    if (!OVER.includes(stage) || !over) return
    const by = hazard.stage === HazardStage.TRANSFERRED ? 'hazardTransfer' : 'hazardClose'
    chronicle.change(report, { act: by, by: clerk, at: new Date(over) }, () => Object.assign(report, { stage, closedAt: over }))
  }

  #send(at: Date, division: string, place: string, content: string, about?: string): PublicReport {
    const { chronicle, numbers } = this.told.world
    const day = dayOf(at)
    const series = seriesOfReports(day, division)
    const id = this.#random.id(at.getTime())
    const report = Object.assign(new (plain(PublicReport))(), {
      ...{ id, number: reportNumber(series, numbers.next(series)), division, place, content, ...(about ? { about } : {}) },
      ...{ receivedOn: day, triageDueOn: addDays(day, TRIAGE_DAYS), receiptHash: createHash('sha256').update(`demo ${id}`).digest('hex') },
    })
    return chronicle.add(report, { act: 'publicReportSend', by: undefined, at })
  }

  #photo(report: PublicReport, at: Date): void {
    const { chronicle, pictures } = this.told.world
    const picture = pictures.pick(this.#random, undefined, AttachmentPurpose.BEFORE)
    const attachment = Object.assign(new (plain(Attachment))(), {
      ...{ ...picture, id: this.#random.id(at.getTime()), name: '现场照片1.jpg', uploadedBy: PUBLIC_SENDER, division: report.division },
      ...{ ofThing: 'PublicReport', ofRecord: report.id, purpose: AttachmentPurpose.EVIDENCE },
    })
    const past: Past = { act: 'publicReportSend', by: undefined, at }
    chronicle.add(attachment, past)
    chronicle.change(report, past, () => void (report.photos = 1))
  }
}
