import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'risk',
  title: 'risk.tab',
  order: 40,
  component: () => import('./EnterpriseRisk.vue'),
} satisfies EnterpriseTab
