import type { RouteRecordRaw } from 'vue-router'
import IconAssessment from '~icons/lucide/clipboard-check'

export default [
  {
    path: '/assessments',
    name: 'assessments',
    component: () => import('./AssessmentList.vue'),
    meta: { title: 'assessment.list', icon: IconAssessment, menu: 57, group: 'shell.group.papers' },
  },
  {
    path: '/assessments/:id',
    name: 'assessment',
    component: () => import('./AssessmentPage.vue'),
    meta: { title: 'assessment.one', parent: 'assessments', tabPerPath: true },
  },
] satisfies RouteRecordRaw[]
