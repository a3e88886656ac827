import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'dossier',
  title: 'dossier.tab',
  order: 10,
  component: () => import('./DossierOfEnterprise.vue'),
  roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'COUNTY'],
} satisfies EnterpriseTab
