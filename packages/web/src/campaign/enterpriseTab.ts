import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'policy',
  title: 'campaign.policyTab',
  order: 15,
  component: () => import('./CampaignOfEnterprise.vue'),
  roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY'],
} satisfies EnterpriseTab
