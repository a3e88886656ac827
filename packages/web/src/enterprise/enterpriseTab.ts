import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'parts',
  title: 'enterprise.parts',
  order: 90,
  component: () => import('./WorkshopPanel.vue'),
} satisfies EnterpriseTab
