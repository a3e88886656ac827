import { ref } from '@mikro-orm/core'
import { Post } from '../enterprise/workshop.entity.js'
import type { HazardFactor } from '../hazard/terms.js'
import { describePoint } from '../risk/describe.js'
import type { Rating } from '../risk/grade.js'
import type { RiskPointFacts } from '../risk/riskFacts.js'
import { RiskMeasure } from '../risk/riskMeasure.entity.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import { RiskKind, RiskMeasureClass } from '../risk/terms.js'
import type { Chronicle } from './chronicle.js'
import type { HazardText, RiskText, RiskTexts } from './content.js'
import { plain } from './plain.js'
import type { Random } from './random.js'
import type { Firm } from './settle.js'

const LADDER = [0.1, 0.2, 0.5, 1, 3, 6, 10]

/** "3 6 15" as it is rated: L and E times ten. */
export const ratingOf = (text: string): Rating => {
  const [l, e, c] = text.split(' ').map(Number)
  return { l10: Math.round(l! * 10), e10: Math.round(e! * 10), c: c! }
}

/** The risk point at which a hazard of the collection is found: its place, rated with its usual measures and without. */
export function pointOfHazard({ location, title, description, factor, accidentType, riskSample: { L, E, C }, measure }: HazardText): RiskText {
  const place = location.split('·').at(-1)!
  const without = LADDER[Math.min(LADDER.indexOf(L) + 2, LADDER.length - 1)]!
  return {
    name: place,
    kind: RiskKind.FACILITY,
    accidents: accidentType,
    factors: [factor],
    description: `${title}：${description}`,
    ...{ inherent: `${without} ${E} ${C}`, residual: `${L} ${E} ${C}`, check: measure, frequency: '每周' },
  }
}

/** What a firm identifies: what its trade has, what is found at its kind, and what stands everywhere; each name once. */
export function textsFor({ enterprise, kind }: Firm, texts: RiskTexts, hazards: ReadonlyMap<string, HazardText>, random: Random, many: number): RiskText[] {
  const trade = texts.trades[enterprise.trade ?? ''] ?? []
  const found = kind.hazards.map((id) => hazards.get(id)!).map(pointOfHazard)
  const all = [...trade, ...random.shuffle([...found, ...texts.any])]
  const names = new Set<string>()
  const once = all.filter(({ name }) => !names.has(name) && names.add(name))
  // A site with more machines than kinds of them numbers them.
  const more = once.filter(({ kind: what }) => what === RiskKind.FACILITY).map((text) => ({ ...text, name: `2号${text.name}` }))
  return [...once, ...more].slice(0, many)
}

/** Where a text stands in a firm: at the post it names, or at one of its posts; every third stands for the whole firm. */
export function placeIn(posts: readonly Post[], text: RiskText, at: number): { unit?: Post['unit']; post?: Post['id'] | object; workshop?: string } {
  const post = posts.find(({ name }) => name === text.post) ?? (at % 3 === 2 ? undefined : posts[at % Math.max(posts.length, 1)])
  return post ? { unit: post.unit, post: ref(post as never), workshop: post.workshop } : {}
}

/** A risk point with its measures, identified on that day. */
export function identify(
  chronicle: Chronicle,
  random: Random,
  firm: Firm,
  text: RiskText,
  texts: RiskTexts,
  given: { code: string; place: object; at: Date },
): RiskPoint {
  const { enterprise, crew } = firm
  const own = { enterprise: ref(enterprise), division: enterprise.division, ...(enterprise.station ? { station: enterprise.station } : {}) }
  const by = crew.principal.asActor()
  const point = Object.assign(new (plain(RiskPoint))(), { id: random.id(given.at.getTime()), code: given.code }, own, given.place)
  const accidents = text.accidents.split('、')
  const facts = {
    ...{ name: text.name, kind: text.kind, description: text.description, checkContent: text.check, checkFrequency: text.frequency },
    place: point.workshop ?? '厂区',
    responsible: point.workshop ? `${point.workshop}负责人` : '安全管理员',
    emergency: texts.emergency[accidents[0]!] ?? '立即撤离并报告',
  }
  describePoint(point, facts as RiskPointFacts, { factors: text.factors as HazardFactor[], accidentTypes: accidents })
  chronicle.add(point, { act: 'riskPointAdd', by, at: given.at })
  const classes = accidents.flatMap((type) => texts.measures[type] ?? []).slice(0, 5)
  classes.push([RiskMeasureClass.EMERGENCY, texts.emergency[accidents[0]!] ?? '立即撤离并报告'])
  classes.forEach(([measureClass, words], i) => {
    const measure = Object.assign(new (plain(RiskMeasure))(), { id: random.id(given.at.getTime()), point: ref(point), ...own })
    if (point.workshop) measure.workshop = point.workshop
    Object.assign(measure, { measureClass, text: words, owner: text.post ?? (i % 2 ? '班组长' : '设备员'), extra: i === 3 })
    chronicle.add(measure, { act: 'riskMeasureAdd', by, at: given.at })
  })
  return point
}

export type Units = ReadonlyMap<string, readonly Post[]>
/** The posts of each firm. */
export const postsByFirm = (chronicle: Chronicle): Units => Map.groupBy(chronicle.all(Post), (post) => post.enterprise.id)
