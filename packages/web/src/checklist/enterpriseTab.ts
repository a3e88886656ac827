import type { EnterpriseTab } from '../shared/enterpriseTab'

export default {
  key: 'checklists',
  title: 'checklist.title',
  order: 30,
  component: () => import('./ChecklistPanel.vue'),
} satisfies EnterpriseTab
