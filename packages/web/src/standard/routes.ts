import type { RouteRecordRaw } from 'vue-router'
import IconNorms from '~icons/lucide/book-open-check'
import IconRules from '~icons/lucide/sliders-horizontal'

export default [
  {
    path: '/norms',
    name: 'norms',
    component: () => import('./NormsPage.vue'),
    meta: { title: 'standard.norms', icon: IconNorms, menu: 35, group: 'checklist.menu' },
  },
  { path: '/norms/:id', name: 'norm', component: () => import('./NormPage.vue'), meta: { title: 'standard.norm', parent: 'norms', tabPerPath: true } },
  {
    path: '/codes',
    name: 'codes',
    component: () => import('./CodesPage.vue'),
    meta: { title: 'standard.codes', icon: IconRules, menu: 85, group: 'shell.group.reference', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
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
