import { ref } from '@mikro-orm/core'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import { FloorArea, FloorMark, FloorPlan } from '../risk/floorPlan.entity.js'
import { HazardRisk } from '../risk/hazardRisk.entity.js'
import { BEGINNING, firstEdition } from '../risk/presets.js'
import { RiskMeasure } from '../risk/riskMeasure.entity.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import { stand } from '../risk/stand.js'
import { ReviewCause, RiskColor } from '../risk/terms.js'
import { addDays, dayOf } from '../shared/days.js'
import type { Chapter, Told } from './chapters.js'
import { hazardTexts, type RiskText, riskTexts } from './content.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import { drawPlans } from './riskPlan.js'
import { type Rated, rejudged, type Work, workOf } from './riskWork.js'
import { identify, placeIn, postsByFirm, ratingOf, textsFor } from './riskWorld.js'
import type { Firm } from './settle.js'
import { followColors, type Said } from './standings.js'

const DAY = 86_400_000
const MANY_ON_PLAN = 30

/** 四色: what each firm identified in its first weeks, rated, had confirmed and looked at again; how its colour went meanwhile. */
export const RISKS: Chapter = {
  things: [RiskPoint, RiskMeasure, RiskStanding, HazardRisk, FloorPlan, FloorArea, FloorMark],
  async tell(told) {
    const teller = new Teller(told)
    for (const firm of told.firms) {
      teller.standing(firm)
      if (!firm.enterprise.closedOn) teller.firm(firm)
    }
    teller.ties()
    followColors(told, teller.standings, teller.overrides())
    await drawPlans(told, planned(told), teller.random)
  },
}

const MOST_PLANS = 5
/** The first one, and others of its trade that have drawn theirs: each in a village of its own. */
function planned({ firms, world }: Told): Firm[] {
  const begun = new Set(world.chronicle.all(RiskPoint).map(({ enterprise }) => enterprise.id))
  const villages = new Set<string>()
  const drawn = firms.filter(({ enterprise: { id, trade, division, closedOn }, town }) => {
    if (trade !== firms[0]!.enterprise.trade || town !== firms[0]!.town || closedOn || !begun.has(id) || villages.has(division)) return false
    return villages.add(division)
  })
  return drawn.slice(0, MOST_PLANS)
}

class Teller {
  readonly random = new Random('anbiao risks')
  readonly standings = new Map<string, RiskStanding>()
  readonly #texts = riskTexts()
  readonly #hazards = hazardTexts()
  readonly #posts
  readonly #presets

  constructor(private readonly told: Told) {
    this.#posts = postsByFirm(told.world.chronicle)
    this.#presets = new Map(BEGINNING.map((facts) => [facts.code!, firstEdition(facts, told.began)]))
  }

  /** A row for every enterprise from the first day. */
  standing({ enterprise }: Firm): void {
    const at = new Date(`${enterprise.enteredOn}T03:00:00.000Z`)
    const standing = Object.assign(new (plain(RiskStanding))(), stand(enterprise, at), { id: this.random.id(at.getTime()) })
    this.standings.set(enterprise.id, this.told.world.chronicle.add(standing, { act: 'riskDaily', by: undefined, at }))
  }

  firm(firm: Firm): void {
    const { random, told } = this
    const { enterprise } = firm
    const staff = enterprise.staffCount ?? 0
    const many = firm === told.firms[0] ? MANY_ON_PLAN : Math.min(20, Math.max(5, 5 + Math.floor(staff / 8) + random.whole(0, 3)))
    // One in twelve has not begun yet: the coverage of the town is no hundred per cent.
    if (firm !== told.firms[0] && random.percent(8)) return
    const posts = this.#posts.get(enterprise.id) ?? []
    const entered = Date.parse(`${enterprise.enteredOn}T01:00:00.000Z`)
    const points = textsFor(firm, this.#texts, this.#hazards, random, many).map((text, i) => {
      const at = new Date(entered + random.whole(5, 25) * DAY + i * 11 * 60_000)
      const code = `FX-${String(told.world.numbers.next(`FX-${enterprise.id}`)).padStart(3, '0')}`
      const point = identify(told.world.chronicle, random, firm, text, this.#texts, { code, place: placeIn(posts, text, i), at })
      return { point, rated: random.percent(3) ? undefined : this.#rate(firm, point, text, at) }
    })
    const work =
      firm === told.firms[0]
        ? undefined
        : workOf(
            random,
            told.now,
            points.some(({ point }) => point.color === RiskColor.RED),
          )
    for (const { point, rated } of points) if (rated) this.#again(firm, point, rated, work)
  }

  /** Rated within days, confirmed by the station where it must be. */
  #rate(firm: Firm, point: RiskPoint, text: RiskText, at: Date): Rated {
    const { random, told } = this
    const { chronicle } = told.world
    const by = firm.crew.principal.asActor()
    const preset = this.#presets.get('LEC_STANDARD')!
    const judged = { preset, inherent: ratingOf(text.inherent), residual: ratingOf(text.residual), cause: ReviewCause.PERIODIC }
    // One in seven is rated by a matrix instead.
    const matrix = random.percent(14) && preset.grade(judged.residual).color !== RiskColor.RED
    const at1 = new Date(at.getTime() + random.whole(1, 6) * DAY)
    const l = random.whole(1, 4) * 10
    const ls = {
      preset: this.#presets.get(random.percent(50) ? 'LS_A' : 'LS_B')!,
      inherent: { l10: 50, e10: 10, c: 4 },
      residual: { l10: l, e10: 10, c: random.whole(1, 4) },
    }
    const rated = { at: at1, judged: matrix ? { ...judged, ...ls } : judged }
    chronicle.change(point, { act: 'riskPointAssess', by, at: at1 }, () => point.assess(by, at1, rated.judged))
    if (point.awaitsConfirmation && !random.percent(6)) this.#confirm(firm, point, new Date(at1.getTime() + random.whole(1, 12) * DAY))
    return rated
  }

  /** Looked at again before the year is over by most; where work was done on it, rated anew. */
  #again(firm: Firm, point: RiskPoint, { at: rated, judged }: Rated, work: Work | undefined): void {
    const { random, told } = this
    const { chronicle } = told.world
    const by = firm.crew.principal.asActor()
    const anew = work && rejudged(random, judged, point.color!, work)
    const at = new Date(anew ? work.at.getTime() + random.whole(0, 180) * 60_000 : told.now.getTime() - random.whole(8, 120) * DAY)
    if (at > told.now || at.getTime() < rated.getTime() + 20 * DAY || (!anew && random.percent(7))) return
    if (!anew) return chronicle.change(point, { act: 'riskPointReview', by, at }, () => point.review(by, at, { cause: ReviewCause.PERIODIC }))
    chronicle.change(point, { act: 'riskPointAssess', by, at }, () => point.assess(by, at, anew))
    const seen = new Date(at.getTime() + random.whole(1, 9) * DAY)
    if (point.awaitsConfirmation && seen < told.now) this.#confirm(firm, point, seen)
  }

  #confirm(firm: Firm, point: RiskPoint, at: Date): void {
    const { staff } = firm.town
    const by = (point.station ? staff.stations.get(point.station)![0]! : staff.town[0]!).asActor()
    this.told.world.chronicle.change(point, { act: 'riskPointConfirm', by, at }, () => point.confirm(by, at))
  }

  /** A hazard is a failed measure: some are tied to the point where the same kind of accident was feared. */
  ties(): void {
    const { chronicle } = this.told.world
    const measures = Map.groupBy(chronicle.all(RiskMeasure), (measure) => measure.point.id)
    const points = Map.groupBy(chronicle.all(RiskPoint), (point) => point.enterprise.id)
    const firms = new Map(this.told.firms.map((firm) => [firm.enterprise.id, firm]))
    for (const hazard of chronicle.all(Hazard)) {
      if (hazard.stage === HazardStage.VOID || !hazard.accidentType || this.random.percent(55)) continue
      const point = points
        .get(hazard.enterprise.id)
        ?.find(({ accidents, createdAt }) => createdAt < hazard.createdAt && accidents!.includes(hazard.accidentType!))
      if (!point) continue
      const at = new Date(Math.min(Date.parse(hazard.createdAt) + 40 * 60_000, this.told.now.getTime()))
      const place = {
        enterprise: point.enterprise,
        division: point.division,
        ...(point.station ? { station: point.station } : {}),
        ...(point.workshop ? { workshop: point.workshop } : {}),
      }
      const link = Object.assign(new (plain(HazardRisk))(), { id: this.random.id(at.getTime()), hazard: ref(hazard), point: ref(point), ...place })
      const measure = measures.get(point.id)?.[0]
      if (measure) link.measure = ref(measure)
      chronicle.add(link, { act: 'hazardRiskTie', by: firms.get(point.enterprise.id)!.crew.principal.asActor(), at })
    }
  }

  /** The station's own word: a few firms are watched more closely for a while, one is trusted more. */
  overrides(): Said[] {
    const { told } = this
    const WORDS: [number, RiskColor, string][] = [
      [3, RiskColor.RED, '去年发生过火情，整改措施正在验证，暂按红色管理'],
      [14, RiskColor.ORANGE, '产能扩大、新增设备未完成验收，调高管控'],
      [27, RiskColor.YELLOW, '完成自动化改造并通过验收，暂按黄色管理'],
      [41, RiskColor.ORANGE, '主要负责人更换，试运行期间调高管控'],
    ]
    const at = new Date(told.now.getTime() - 9 * DAY)
    return WORDS.flatMap(([n, color, reason]): Said[] => {
      const firm = told.firms[n]
      const station = firm?.enterprise.station
      if (!firm || !station || firm.enterprise.closedOn) return []
      const by = firm.town.staff.stations.get(station)![0]!.asActor()
      return [{ firm: firm.enterprise.id, by, at, color, reason, until: addDays(dayOf(told.now), 45) }]
    })
  }
}
