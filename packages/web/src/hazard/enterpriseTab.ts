import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'hazards',
  title: 'hazard.list',
  order: 20,
  component: () => import('./HazardsOfEnterprise.vue'),
} satisfies EnterpriseTab
