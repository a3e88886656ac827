import type { RouteRecordRaw } from 'vue-router'
import IconHazards from '~icons/lucide/triangle-alert'
import IconReport from '~icons/lucide/camera'
import IconRectification from '~icons/lucide/wrench'

export default [
  {
    path: '/hazards',
    name: 'hazards',
    component: () => import('./HazardList.vue'),
    meta: { title: 'hazard.list', icon: IconHazards, menu: 20, group: 'hazard.menu' },
  },
  {
    path: '/rectifications',
    name: 'rectifications',
    component: () => import('./RectificationList.vue'),
    meta: { title: 'hazard.rectifications', icon: IconRectification, menu: 21, group: 'hazard.menu' },
  },
  {
    path: '/hazards/report',
    name: 'hazardReport',
    component: () => import('./ReportPage.vue'),
    meta: { title: 'hazard.report', icon: IconReport, menu: 22, group: 'hazard.menu', needs: 'HAZARD_REPORT', parent: 'hazards' },
  },
  { path: '/hazards/:id', name: 'hazard', component: () => import('./HazardPage.vue'), meta: { title: 'hazard.one', parent: 'hazards', tabPerPath: true } },
] satisfies RouteRecordRaw[]
