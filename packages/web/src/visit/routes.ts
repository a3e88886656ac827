import type { RouteRecordRaw } from 'vue-router'
import IconList from '~icons/lucide/calendar-check'
import IconYear from '~icons/lucide/calendar-range'
import IconOverview from '~icons/lucide/chart-bar'
import IconRules from '~icons/lucide/scale'

const roles = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY'] as const
const group = 'inspection.menu'

export default [
  { path: '/visits', name: 'visits', component: () => import('./VisitList.vue'), meta: { title: 'visit.list', icon: IconList, menu: 29, group, roles } },
  {
    path: '/visits/year',
    name: 'visitYear',
    component: () => import('./VisitYear.vue'),
    meta: { title: 'visit.year', icon: IconYear, menu: 30, group, roles },
  },
  {
    path: '/visits/overview',
    name: 'visitOverview',
    component: () => import('./VisitOverview.vue'),
    meta: { title: 'visit.overview', icon: IconOverview, menu: 31, group, roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY'] },
  },
  {
    path: '/visits/rules',
    name: 'frequencyRules',
    component: () => import('./FrequencyPage.vue'),
    meta: { title: 'visit.rules', icon: IconRules, menu: 32, group, roles },
  },
] satisfies RouteRecordRaw[]
