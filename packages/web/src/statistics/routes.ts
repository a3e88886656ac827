import type { RouteRecordRaw } from 'vue-router'
import IconChart from '~icons/lucide/chart-column'
import IconStandard from '~icons/lucide/table-properties'

export default [
  {
    path: '/statistics',
    name: 'statistics',
    component: () => import('./StatisticsPage.vue'),
    meta: { title: 'statistics.title', icon: IconChart, menu: 60, group: 'shell.group.figures' },
  },
  {
    path: '/statistics/standardisation',
    name: 'standardisation',
    component: () => import('./StandardisationPage.vue'),
    meta: { title: 'statistics.standardisation', icon: IconStandard, menu: 61, group: 'shell.group.figures' },
  },
] satisfies RouteRecordRaw[]
