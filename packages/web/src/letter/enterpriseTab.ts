import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'letters',
  title: 'letter.list',
  order: 40,
  component: () => import('./LettersOfEnterprise.vue'),
} satisfies EnterpriseTab
