import { ref } from '@mikro-orm/core'
import { Template, TemplateItem } from '../checklist/template.entity.js'
import type { Actor } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { Norm, NormKind, NormStatus } from '../standard/norm.entity.js'
import type { Chronicle } from './chronicle.js'
import { type NormText, normTexts, type SheetText } from './normContent.js'
import { plain } from './plain.js'
import { Random } from './random.js'

const DAY = 86_400_000

/** A norm of the library with its sheets and their items. */
export interface Shelved {
  norm: Norm
  sheets: { template: Template; items: TemplateItem[] }[]
  since: Date
}

/** Puts the four norms of every trade on a town's shelf: drafted and published in the first weeks, revised since where they were. */
export class Shelf {
  readonly #random: Random
  readonly shelved: Shelved[] = []

  constructor(
    private readonly chronicle: Chronicle,
    private readonly town: { code: string; by: Actor },
    private readonly began: Date,
    private readonly now: Date,
  ) {
    this.#random = new Random(`anbiao norms ${town.code}`)
  }

  fill(kinds: readonly NormKind[]): void {
    normTexts().forEach((text, n) => {
      const at = new Date(this.began.getTime() + (9 + (n % 7)) * DAY + n * 600_000)
      for (const kind of kinds) this.#first(text, kind, at)
    })
  }

  #first(text: NormText, kind: NormKind, at: Date): void {
    const said =
      kind === NormKind.INSPECTION_CHECKLIST ? undefined : { GUIDE: text.guide, COMPLIANCE_RULES: text.rules, INSPECTION_GUIDELINE: text.guideline }[kind]
    const title = `${text.trade}${TITLE[kind]}`
    const norm = this.#norm({ trade: text.trade, kind, title, issuer: text.issuer, number: text.number, ...(said ? { body: said } : {}) }, 1, at)
    const sheets = kind === NormKind.INSPECTION_CHECKLIST ? text.sheets.map((sheet) => this.#sheet(norm, sheet, at)) : []
    this.#publish(norm, new Date(at.getTime() + DAY))
    this.shelved.push({ norm, sheets, since: new Date(at.getTime() + DAY) })
  }

  /** The next version of a trade's checklist, four weeks ago: one item said anew, one more, one less, one moved up. */
  revise(trade: string): void {
    const old = this.shelved.find(({ norm }) => norm.trade === trade && norm.kind === NormKind.INSPECTION_CHECKLIST)!
    const text = normTexts().find((one) => one.trade === trade)!
    const at = new Date(this.now.getTime() - 30 * DAY)
    const { series, issuer, title, kind } = old.norm
    const norm = this.#norm({ series, trade, kind, title, issuer, number: text.number.replace(/〔\d+〕/, `〔${dayOf(at).slice(0, 4)}〕`) }, 2, at)
    const sheets = text.sheets.map((sheet) => this.#sheet(norm, sheet.level === 'UNIT' ? revised(sheet) : sheet, at))
    const published = new Date(at.getTime() + 2 * DAY)
    this.#publish(norm, published, '按今年以来的事故通报修订：增加汛期防范，细化责任书考核要求。')
    this.chronicle.change(old.norm, { act: 'normPublish', by: this.town.by, at: published }, () => old.norm.supersede(instant(published)))
    this.shelved.push({ norm, sheets, since: published })
  }

  /** On a station's desk, not yet published. */
  draft(trade: string, by: Actor): void {
    const old = this.shelved.find(({ norm }) => norm.trade === trade && norm.kind === NormKind.GUIDE)!.norm
    const at = new Date(this.now.getTime() - 3 * DAY)
    const { series, kind, title, issuer, body } = old
    this.#norm(
      { series, trade, kind, title, issuer, body: `${body}\n八、汛期补充。台风预警发布后，先断电、撤人，再转移物资；恢复生产前逐台检查并签字。` },
      2,
      at,
      by,
    )
  }

  #norm(facts: Partial<Norm>, edition: number, at: Date, by = this.town.by): Norm {
    const own = { id: this.#random.id(at.getTime()), series: this.#random.id(at.getTime()), edition, division: this.town.code, status: NormStatus.DRAFT }
    const norm = Object.assign(new (plain(Norm))(), own, { issuedOn: dayOf(new Date(at.getTime() - 20 * DAY)) }, facts)
    return this.chronicle.add(norm, { act: edition > 1 ? 'normRevise' : 'normStart', by, at })
  }

  #sheet(norm: Norm, { items, ...sheet }: SheetText, at: Date): { template: Template; items: TemplateItem[] } {
    const past = { by: this.town.by, at }
    const template = this.chronicle.add(
      Object.assign(new (plain(Template))(), { id: this.#random.id(at.getTime()), norm: ref(norm), trade: norm.trade, ...sheet }),
      { act: 'templateAdd', ...past },
    )
    const made = items.map((item, i) =>
      this.chronicle.add(Object.assign(new (plain(TemplateItem))(), { id: this.#random.id(at.getTime()), template: ref(template), seq: i + 1, ...item }), {
        act: 'templateItemAdd',
        ...past,
      }),
    )
    return { template, items: made }
  }

  #publish(norm: Norm, at: Date, note?: string): void {
    this.chronicle.change(norm, { act: 'normPublish', by: this.town.by, at }, () => norm.publish(this.town.by.id, instant(at), note))
  }
}

const TITLE: Record<NormKind, string> = {
  INSPECTION_CHECKLIST: '安全生产检查清单',
  GUIDE: '安全生产标准化运行提升指南',
  COMPLIANCE_RULES: '企业（单位）达标细则',
  INSPECTION_GUIDELINE: '安全生产检查导则',
}

function revised(sheet: SheetText): SheetText {
  const [first, second, third, ...rest] = sheet.items
  const said = { ...first!, requirement: `${first!.requirement}，每半年考核一次并与奖惩挂钩`, demand: '一个月内补签并补考核' }
  const flood = {
    ...{
      key: 'FLOOD-01',
      section: '应急管理',
      content: '汛期和台风来临前是否排查排水、边坡、临时建筑和用电',
      requirement: '有排查记录，隐患已处理，责任人姓名和电话公示',
    },
    ...{ method: '现场查看', responsible: '主要负责人', critical: true, element: '5.6.1' },
  }
  return { ...sheet, items: [rest[0]!, said, ...(third ? [third] : []), ...rest.slice(1), { ...second!, ...flood }] }
}
