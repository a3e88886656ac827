import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'visits',
  title: 'visit.tab',
  order: 50,
  component: () => import('./VisitsOfEnterprise.vue'),
  roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY'],
} satisfies EnterpriseTab
