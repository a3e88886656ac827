import type { RouteRecordRaw } from 'vue-router'
import IconAnalysis from '~icons/lucide/chart-no-axes-combined'

/** The analysts' area: what the menu calls 数据分析. */
const roles = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY'] as const
const meta = { icon: IconAnalysis, group: 'question.menu', roles }

export default [
  { path: '/questions/new', name: 'questionBuild', component: () => import('./builder/BuilderPage.vue'), meta: { ...meta, title: 'question.build', menu: 52 } },
  { path: '/questions/console', name: 'questionConsole', component: () => import('./ConsolePage.vue'), meta: { ...meta, title: 'question.console', menu: 54 } },
] satisfies RouteRecordRaw[]
