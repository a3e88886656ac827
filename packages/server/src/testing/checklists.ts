import { ref } from '@mikro-orm/core'
import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { CheckFrequency, ChecklistLevel } from '../checklist/terms.js'
import { placeOf } from '../enterprise/standing.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { HazardFactor, HazardSeverity } from '../hazard/terms.js'
import { act, type Acting } from '../shared/act.js'
import { instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import type { Town } from './town.js'
import { CalendarDay, WorkCalendar } from '../inspection/calendar.entity.js'
import { nationalCalendars } from '../inspection/nationalCalendar.js'
import { CalendarMark } from '../inspection/terms.js'

export interface MadeList {
  id: string
  items: string[]
}
interface Wish {
  enterprise: string
  level?: ChecklistLevel
  frequency?: CheckFrequency
  post?: string
  unit?: string
  startsOn?: string
  items?: (Partial<ChecklistItem> & { content: string })[]
}
export const ITEMS = [
  { content: '炒青机传动部位防护罩齐全牢固', factor: HazardFactor.OBJECT },
  { content: '操作人员袖口扎紧、长发入帽', factor: HazardFactor.PERSON },
  { content: '通道畅通，无堆物', factor: HazardFactor.ENVIRONMENT, critical: true },
]

export const asSystem = (town: Town, scope = { division: '' }): Acting => ({ em: town.store.em(scope), actor: undefined, now: town.clock.now, request: 'test' })

/** A list of an enterprise as its own desk would have made it. */
export async function makeList(
  town: Town,
  { enterprise, level = ChecklistLevel.UNIT, frequency = CheckFrequency.DAILY, post, unit, startsOn = '2026-01-01', items = ITEMS }: Wish,
): Promise<MadeList> {
  return act(asSystem(town), 'checklistTestMake', async ({ em }) => {
    const firm = await em.findOneOrFail(Enterprise, enterprise)
    const at = post ? await em.findOneOrFail(Post, post) : undefined
    const shop = at ? await em.findOneOrFail(Workshop, at.unit.id) : unit ? await em.findOneOrFail(Workshop, unit) : undefined
    const place = { ...placeOf(firm, shop, at), createdAt: instant(town.clock.now) }
    const list = Object.assign(new Checklist(), { ...place, level, title: '样本清单', responsible: '安全员', frequency, startsOn })
    em.persist(list)
    const made = items.map((item, i) =>
      Object.assign(new ChecklistItem(), {
        ...place,
        checklist: ref(list),
        seq: i + 1,
        critical: false,
        severity: HazardSeverity.GENERAL,
        reworded: false,
        ...item,
      }),
    )
    em.persist(made)
    return { id: list.id, items: made.map(({ id }) => id) }
  })
}

/** The public holidays of 2025 and 2026, as every store begins with them. */
export const makeCalendars = (town: Town): Promise<void> =>
  act(asSystem(town), 'referenceLoad', ({ em }) => {
    for (const { year, title, days } of nationalCalendars()) {
      const calendar = Object.assign(new WorkCalendar(), { year, edition: 1, title, shipped: true, createdAt: instant(town.clock.now) })
      em.persist(calendar)
      for (const { day, mark, name } of days)
        em.persist(Object.assign(new CalendarDay(), { calendar: ref(calendar), day, mark: CalendarMark[mark], name, createdAt: instant(town.clock.now) }))
    }
    return Promise.resolve()
  })

/** It is ten o'clock of another day, and whoever was signed in still is. */
export async function goTo(town: Town, day: string, hour = 10): Promise<void> {
  town.clock.now = new Date(`${day}T${String(hour - 8).padStart(2, '0')}:00:00.000Z`)
  await run(town.store.em(undefined), `update session set expires_at = '2030-01-01T00:00:00.000Z' where ended_at is null`)
}
