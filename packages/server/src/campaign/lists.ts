import type { Context, SignedIn } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { searchSql } from '../shared/read/search.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Campaign } from './campaign.entity.js'
import { CampaignTask } from './campaignTask.entity.js'
import { EnterprisePolicy, PolicyGuidance, PolicyStep } from './enterprisePolicy.entity.js'
import { CampaignExemption } from './exemption.entity.js'
import { Nomination, Showcase } from './nomination.entity.js'
import { seesSql } from './office.js'
import { Phase } from './phase.entity.js'
import { LOOKERS } from './terms.js'

const who = (context: Context): SignedIn => signedIn(context, ...LOOKERS)
/** What belongs to a campaign is shown to whom the campaign is; a draft's is the town office's alone. */
const ofSeen = (column: string, { actor }: SignedIn): Sql =>
  sql`exists (select 1 from campaign sc where ${raw(`sc.id = t.${column}`)} and ${seesSql('sc', actor)})`

const CAMPAIGNS: ListField = {
  ...{ name: 'campaigns', target: Campaign, description: '专项行动；草稿只有本镇镇安办看得到', who },
  fallback: [
    { field: 'year', dir: 'DESC' },
    { field: 'createdAt', dir: 'DESC' },
  ],
  also: ({ actor }) => seesSql('t', actor),
}
const PHASES: ListField = {
  ...{ name: 'phases', target: Phase, description: '专项行动的阶段', who },
  fallback: [{ field: 'startsOn' }, { field: 'position' }],
  also: (context) => sql`(t.plan_id is null or ${ofSeen('plan_id', context)})`,
}
const CAMPAIGN_TASKS: ListField = {
  ...{ name: 'campaignTasks', target: CampaignTask, description: '专项行动的任务', who },
  fallback: [{ field: 'dueOn' }, { field: 'position' }],
  also: (context) => ofSeen('campaign_id', context),
}
const EXEMPTIONS: ListField = {
  ...{ name: 'campaignExemptions', target: CampaignExemption, description: '任务豁免：谁、为什么、谁同意', who },
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
}
const NOMINATIONS: ListField<{ search?: string }> = {
  ...{ name: 'nominations', target: Nomination, description: '标杆企业、示范岗位的推荐', who },
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  args: { search: ['String', '标题'] },
  also: ({ reader }, { search }) => searchSql(search, ['title'], reader.engine),
}
const SHOWCASES: ListField<{ search?: string }> = {
  ...{ name: 'showcases', target: Showcase, description: '先进典型：已采用的标杆企业、示范岗位，人人可看' },
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'publishedOn', dir: 'DESC' }, { field: 'title' }],
  args: { search: ['String', '企业、标题'] },
  also: ({ reader }, { search }) => searchSql(search, ['enterprise_name', 'title'], reader.engine),
}
const POLICIES: ListField = {
  ...{ name: 'enterprisePolicies', target: EnterprisePolicy, description: '一企一策：短板、目标', who },
  fallback: [
    { field: 'year', dir: 'DESC' },
    { field: 'createdAt', dir: 'DESC' },
  ],
}
const GUIDANCES: ListField = {
  ...{ name: 'policyGuidances', target: PolicyGuidance, description: '一企一策的现场指导', who },
  fallback: [{ field: 'guidedOn', dir: 'DESC' }],
}
const STEPS: ListField = { ...{ name: 'policySteps', target: PolicyStep, description: '一企一策的下一步措施', who }, fallback: [{ field: 'dueOn' }] }

export const CAMPAIGN_LISTS = [CAMPAIGNS, CAMPAIGN_TASKS, EXEMPTIONS, NOMINATIONS, PHASES, POLICIES, GUIDANCES, STEPS, SHOWCASES] as readonly ListField[]
