import type { RouteRecordRaw } from 'vue-router'
import IconChart from '~icons/lucide/chart-column'

export default [
  { path: '/statistics', name: 'statistics', component: () => import('./StatisticsPage.vue'), meta: { title: 'statistics.title', icon: IconChart, menu: 50 } },
] satisfies RouteRecordRaw[]
