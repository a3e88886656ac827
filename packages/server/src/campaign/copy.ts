import { ref } from '@mikro-orm/core'
import { type Day, instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { Campaign } from './campaign.entity.js'
import { CampaignTask } from './campaignTask.entity.js'
import { Phase } from './phase.entity.js'
import { CampaignStage } from './terms.js'

/** The same day some years later; the last day of February stays the last. */
export function shifted(day: Day, years: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = (of: number) => new Date(Date.UTC(of, month, 0)).getUTCDate()
  const to = date === last(year) ? last(year + years) : Math.min(date, last(year + years))
  return `${String(year + years).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(to).padStart(2, '0')}`
}

/** Names carry their year: 2026年… → 2027年…. */
const renamed = (title: string, from: number, to: number): string => title.replaceAll(String(from), String(to))

/** Last year's campaign as a draft: phases and tasks kept, days shifted; the number, the date and everything achieved are not. */
export function copyOf(from: Campaign, phases: readonly Phase[], tasks: readonly CampaignTask[], year: number, now: Date) {
  const years = year - from.year
  if (years === 0) throw new Refusal('OUT_OF_RANGE', '请选择另一个年度', { field: 'year' })
  if (!(year >= 2000 && year <= 2100)) throw new Refusal('OUT_OF_RANGE', '年度应在 2000 至 2100 之间', { field: 'year' })
  const at = { createdAt: instant(now) }
  const { division, issuer, basis, goal, officeLabel } = from
  const campaign = Object.assign(new Campaign(), {
    ...{ year, title: renamed(from.title, from.year, year), division, issuer, officeLabel, copiedFrom: from.id, stage: CampaignStage.DRAFT, ...at },
    ...(basis ? { basis } : {}),
    ...(goal ? { goal } : {}),
  })
  const copies = new Map(
    phases.map((phase) => {
      const { position, name, startsOn, endsOn, deliverables } = phase
      const copy = Object.assign(new Phase(), {
        ...{ position, name, campaign: campaign.title, plan: ref(campaign), startsOn: shifted(startsOn, years), endsOn: shifted(endsOn, years), ...at },
        ...(deliverables ? { deliverables } : {}),
      })
      return [phase.id, copy] as const
    }),
  )
  const copied = tasks.map((task) => {
    const { position, title, demand, subject, responsible, evidence, dueOn, trade, station, scaleClass } = task
    return Object.assign(new CampaignTask(), {
      ...{
        campaign: ref(campaign),
        phase: ref(copies.get(task.phase.id)!),
        position,
        title,
        subject,
        responsible,
        evidence,
        dueOn: shifted(dueOn, years),
        ...at,
      },
      ...(demand ? { demand } : {}),
      ...(trade ? { trade } : {}),
      ...(station ? { station } : {}),
      ...(scaleClass ? { scaleClass } : {}),
    })
  })
  return { campaign, phases: [...copies.values()], tasks: copied }
}
