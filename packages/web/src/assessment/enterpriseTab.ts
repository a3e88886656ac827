import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'assessments',
  title: 'assessment.list',
  order: 80,
  component: () => import('./AssessmentsOfEnterprise.vue'),
} satisfies EnterpriseTab
