import type { RouteRecordRaw } from 'vue-router'
import IconSummaries from '~icons/lucide/calendar-days'
import IconUpward from '~icons/lucide/sheet'

const roles = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY'] as const
const group = 'shell.group.figures'

export default [
  {
    path: '/summaries',
    name: 'summaries',
    component: () => import('./SummaryMatrix.vue'),
    meta: { title: 'report.list', icon: IconSummaries, menu: 62, group, roles },
  },
  {
    path: '/summaries/table',
    name: 'upwardTable',
    component: () => import('./UpwardPage.vue'),
    meta: { title: 'report.table', icon: IconUpward, menu: 63, group, roles },
  },
  {
    path: '/summaries/:id',
    name: 'summary',
    component: () => import('./SummaryPage.vue'),
    meta: { title: 'report.one', parent: 'summaries', tabPerPath: true, roles },
  },
] satisfies RouteRecordRaw[]
