import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'site',
  title: 'site.tab',
  order: 60,
  component: () => import('./SiteOfEnterprise.vue'),
} satisfies EnterpriseTab
