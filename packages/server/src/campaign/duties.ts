import { townOf } from '../division/division.entity.js'
import type { SignedIn } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import { readingOf } from '../shared/read/reading.js'
import { EnterprisePolicy } from './enterprisePolicy.entity.js'
import { CampaignExemption } from './exemption.entity.js'
import { readOf } from './look.js'
import { Nomination } from './nomination.entity.js'
import { readTasks, runningPlan } from './plan.js'
import { figuresOfTasks } from './progress.js'

const SOON = 30

/** Tasks of the running campaign that the reader's own office sees to, not done, due within a month or late. */
async function openTasks(ctx: SignedIn): Promise<number> {
  const { actor, now } = ctx
  const [read, reading] = [await readOf(ctx), readingOf(ctx)]
  const plan = await runningPlan(read, reading, townOf(actor.scope.division))
  if (!plan) return 0
  const until = addDays(dayOf(now), SOON)
  const own = (await readTasks(read, reading, plan.id)).filter(({ dueOn, responsible }) => dueOn <= until && (responsible as string) === actor.role)
  return [...(await figuresOfTasks(read, own, plan, reading)).values()].filter(({ done }) => done === false).length
}

/** What waits with a campaign. */
export const CAMPAIGN_DUTIES: readonly Duty[] = [
  { key: 'campaign.duty.tasks', roles: ['TOWN_OFFICE', 'STATION', 'VILLAGE'], to: '/campaigns/now', count: openTasks },
  { key: 'campaign.duty.ownTasks', roles: ['ENTERPRISE'], to: '/campaigns/now', count: openTasks },
  {
    ...{ key: 'campaign.duty.exemptions', roles: ['TOWN_OFFICE'], to: '/campaigns/exemptions?stage=ASKED' },
    count: (ctx) => count(CampaignExemption, ctx, { stage: { eq: 'ASKED' } }),
  },
  {
    ...{ key: 'campaign.duty.nominations', roles: ['TOWN_OFFICE'], to: '/nominations?stage=SUBMITTED' },
    count: (ctx) => count(Nomination, ctx, { stage: { eq: 'SUBMITTED' } }),
  },
  {
    key: 'campaign.duty.returned',
    roles: ['STATION'],
    to: '/nominations?stage=RETURNED',
    count: (ctx) => count(Nomination, ctx, { stage: { eq: 'RETURNED' } }),
  },
  {
    ...{ key: 'campaign.duty.steps', roles: ['STATION', 'ENTERPRISE'], to: '/policies?late=1', alarming: true },
    count: (ctx) => count(EnterprisePolicy, ctx, { steps: { some: { doneOn: { isNull: true }, droppedOn: { isNull: true }, dueOn: { lt: dayOf(ctx.now) } } } }),
  },
]
