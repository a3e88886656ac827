import type { RouteRecordRaw } from 'vue-router'
import IconRules from '~icons/lucide/sliders-horizontal'

export default [
  {
    path: '/criteria',
    name: 'criteria',
    component: () => import('./CriteriaPage.vue'),
    meta: { title: 'standard.criteria', icon: IconRules, menu: 82, group: 'shell.group.reference', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
  {
    path: '/rules',
    name: 'rules',
    component: () => import('./RulesPage.vue'),
    meta: { title: 'standard.rules', icon: IconRules, menu: 83, group: 'shell.group.reference', needs: 'SETTINGS' },
  },
] satisfies RouteRecordRaw[]
