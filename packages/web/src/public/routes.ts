import type { RouteRecordRaw } from 'vue-router'
import IconReport from '~icons/lucide/megaphone'

const OPEN = { public: true, bare: true } as const
const roles = ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY'] as const

export default [
  { path: '/report', name: 'publicForm', component: () => import('./FormPage.vue'), meta: { title: 'public.title', ...OPEN } },
  { path: '/report/status', name: 'publicStatus', component: () => import('./StatusPage.vue'), meta: { title: 'public.statusTitle', ...OPEN } },
  {
    path: '/public-reports',
    name: 'publicReports',
    component: () => import('./PublicReportList.vue'),
    meta: { title: 'public.list', icon: IconReport, menu: 22, group: 'hazard.menu', roles },
  },
  {
    path: '/public-reports/:id',
    name: 'publicReport',
    component: () => import('./PublicReportPage.vue'),
    meta: { title: 'public.one', parent: 'publicReports', roles, tabPerPath: true },
  },
] satisfies RouteRecordRaw[]
