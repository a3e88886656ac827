import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'checks',
  title: 'inspection.menu',
  order: 30,
  component: () => import('./ChecksOfEnterprise.vue'),
} satisfies EnterpriseTab
