import { ref } from '@mikro-orm/core'
import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { retell } from '../checklist/normWords.js'
import { SAID } from '../checklist/said.js'
import { templatesFor, titleOf } from '../checklist/tailor.js'
import { Template, TemplateItem } from '../checklist/template.entity.js'
import { ChecklistLevel, DropCause } from '../checklist/terms.js'
import { ChecklistUpgrade } from '../checklist/upgrade.entity.js'
import { placeOf } from '../enterprise/standing.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { linkedId } from '../shared/datum.js'
import { addDays, dayOf, instant } from '../shared/days.js'
import { Norm, NormKind, NormStatus } from '../standard/norm.entity.js'
import type { Chapter, Told } from './chapters.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import { Shelf, type Shelved } from './norms.js'
import type { Firm } from './settle.js'

const DAY = 86_400_000
const { UNIT, WORKSHOP, POST } = ChecklistLevel

/** Norms on the shelf of both towns, and what their enterprises have made of them: most all three lists, some a part, some nothing yet. */
export const CHECKLISTS: Chapter = {
  things: [Norm, Template, TemplateItem, Checklist, ChecklistItem, ChecklistUpgrade],
  tell(told) {
    const towns = [...new Set(told.firms.map(({ town }) => town))]
    towns.forEach((town, i) => {
      const shelf = new Shelf(told.world.chronicle, { code: town.code, by: town.staff.town[0]!.asActor() }, told.began, told.now)
      shelf.fill(i === 0 ? Object.values(NormKind) : [NormKind.INSPECTION_CHECKLIST])
      if (i === 0) {
        for (const trade of ['茶叶加工', '餐饮']) shelf.revise(trade)
        shelf.draft('家具制造', town.staff.stations.get('INDUSTRY_STATION')![0]!.asActor())
      }
      const lists = shelf.shelved.filter(({ norm }) => norm.kind === NormKind.INSPECTION_CHECKLIST)
      const copying = new Copying(told, lists, new Random(`anbiao checklists ${town.code}`), i === 0 ? [86, 93] : [45, 55])
      for (const firm of told.firms) if (firm.town === town) copying.firm(firm)
    })
  },
  async finish(em) {
    for (const norm of await em.find(Norm, {})) await retell(em, norm)
  },
}

class Copying {
  constructor(
    private readonly told: Told,
    private readonly shelved: readonly Shelved[],
    private readonly random: Random,
    /** Of a hundred enterprises, so many have everything; so many have something. */
    private readonly shares: readonly [number, number],
  ) {}

  firm(firm: Firm): void {
    const { random, told } = this
    const { enterprise, crew, n } = firm
    const dice = random.whole(0, 99)
    const all = dice < this.shares[0] || crew.workshop !== undefined
    if (enterprise.closedOn || (!all && dice >= this.shares[1])) return
    const own = this.shelved.filter(({ norm }) => norm.trade === enterprise.trade)
    // One in three waited until lately, and began with what was current by then.
    const late = n % 3 === 0
    const at = new Date(late ? told.now.getTime() - random.whole(5, 24) * DAY : told.began.getTime() + random.whole(30, 75) * DAY)
    const shelved = own.filter(({ since }) => since < at).at(-1)
    if (!shelved) return
    const by = crew.principal.asActor()
    if (shelved.norm.status === NormStatus.PUBLISHED)
      told.world.chronicle.change(shelved.norm, { act: 'checklistsMake', by, at }, () => shelved.norm.freeze(instant(at)))
    for (const part of this.#parts(firm, all)) this.#copy(firm, part, shelved, at)
  }

  #parts({ enterprise }: Firm, all: boolean) {
    const { chronicle } = this.told.world
    if (!all) return [{ level: UNIT, name: enterprise.name }]
    const mine = <T extends Workshop | Post>(rows: T[]) => rows.filter((row) => linkedId(row.enterprise) === enterprise.id)
    const units = mine(this.#units ?? (this.#units = chronicle.all(Workshop)))
    return [
      { level: UNIT, name: enterprise.name },
      ...units.map((unit) => ({ level: WORKSHOP, name: unit.name, unit })),
      ...mine(this.#posts ?? (this.#posts = chronicle.all(Post))).map((post) => ({
        ...{ level: POST, name: post.name, post },
        unit: units.find(({ id }) => id === linkedId(post.unit))!,
      })),
    ]
  }
  #units?: Workshop[]
  #posts?: Post[]

  #copy({ enterprise, crew }: Firm, part: { level: ChecklistLevel; name: string; unit?: Workshop; post?: Post }, { sheets }: Shelved, at: Date): void {
    const { chronicle } = this.told.world
    const past = { by: crew.principal.asActor(), at }
    const [template] = templatesFor(
      part,
      sheets.map((sheet) => sheet.template),
    )
    if (!template) return
    const { responsible, frequency, demand } = template
    const place = placeOf(enterprise, part.unit, part.post)
    const list = chronicle.add(
      Object.assign(new (plain(Checklist))(), {
        ...{ id: this.random.id(at.getTime()), ...place, level: part.level, title: titleOf(part), responsible, frequency, template: ref(template) },
        ...{ startsOn: addDays(dayOf(at), 1), ...(demand ? { demand } : {}) },
      }),
      { act: 'checklistsMake', ...past },
    )
    const origins = sheets.find((sheet) => sheet.template === template)!.items
    const items = origins.map((origin) =>
      chronicle.add(
        Object.assign(new (plain(ChecklistItem))(), {
          ...Object.fromEntries(SAID.flatMap((field) => (origin[field] == null ? [] : [[field, origin[field]]]))),
          ...{ id: this.random.id(at.getTime()), checklist: ref(list), ...place, seq: origin.seq, origin: ref(origin), reworded: false },
        }),
        { act: 'checklistsMake', ...past },
      ),
    )
    this.#adapt(part, list, items, place, new Date(at.getTime() + 3 * 3_600_000), past.by)
  }

  /** One in four makes something its own: says an item otherwise, leaves one out with the reason, or adds one. */
  #adapt(
    part: { level: ChecklistLevel; name: string },
    list: Checklist,
    items: ChecklistItem[],
    place: object,
    at: Date,
    by: NonNullable<Parameters<typeof this.told.world.chronicle.add>[1]['by']>,
  ): void {
    const { random } = this
    const { chronicle } = this.told.world
    if (!random.percent(25)) return
    const what = random.whole(0, 2)
    if (what === 0) {
      const item = random.pick(items)
      chronicle.change(item, { act: 'checklistItemEdit', by, at }, () => {
        item.requirement = `${item.requirement ?? item.content}（${part.level === UNIT ? '由安全管理员当面核对并拍照' : `${part.name}当班负责人复核`}）`
        item.reworded = true
      })
    } else if (what === 1 && items.length > 3) {
      const item = items.findLast((one) => !one.critical)
      if (item)
        chronicle.change(item, { act: 'checklistItemDrop', by, at, reason: '本单位没有这类设备设施' }, () => {
          Object.assign(item, { droppedOn: dayOf(at), dropReason: '本单位没有这类设备设施', dropCause: DropCause.OWN })
        })
    } else {
      const { factor, severity, element } = items[0]!
      chronicle.add(
        Object.assign(new (plain(ChecklistItem))(), {
          ...{ id: random.id(at.getTime()), checklist: ref(list), ...place, seq: items.length + 1, reworded: false, critical: false },
          ...{ section: '本单位增补', content: random.pick(OWN), requirement: '现场查看，有记录', factor, severity, element },
        }),
        { act: 'checklistItemAdd', by, at },
      )
    }
  }
}
const OWN = [
  '外来人员进入是否登记、告知并有人陪同',
  '下班前是否关闭水、电、气并有人签字',
  '临时用电是否报批、用完即拆',
  '应急电话和责任人是否张贴在显眼处',
  '车辆是否停在划线区内、不占消防通道',
]
