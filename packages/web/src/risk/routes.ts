import type { RouteRecordRaw } from 'vue-router'
import IconRisk from '~icons/lucide/shield-alert'
import IconPresets from '~icons/lucide/sliders-horizontal'
import IconFigures from '~icons/lucide/chart-pie'

export default [
  {
    path: '/risk',
    name: 'risk',
    component: () => import('./RiskList.vue'),
    meta: { title: 'risk.list', icon: IconRisk, menu: 45, group: 'shell.group.site' },
  },
  {
    path: '/risk/figures',
    name: 'riskFigures',
    component: () => import('./RiskFigures.vue'),
    meta: {
      title: 'risk.figures.title',
      icon: IconFigures,
      menu: 46,
      group: 'shell.group.site',
      roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY'],
    },
  },
  {
    path: '/risk/presets',
    name: 'riskPresets',
    component: () => import('./PresetPage.vue'),
    meta: { title: 'risk.presets.title', icon: IconPresets, menu: 84, group: 'shell.group.reference', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
  {
    path: '/risk/:id',
    name: 'riskPoint',
    component: () => import('./RiskPointPage.vue'),
    meta: { title: 'risk.one', parent: 'risk', tabPerPath: true },
  },
  {
    path: '/plans/:id',
    name: 'floorPlan',
    component: () => import('./PlanPage.vue'),
    meta: { title: 'risk.plan.one', parent: 'risk', tabPerPath: true },
  },
  {
    path: '/print/plans/:id',
    name: 'planPrint',
    component: () => import('./PlanPrint.vue'),
    meta: { title: 'risk.print.map', bare: true },
  },
  {
    path: '/print/risk-cards/:id',
    name: 'riskCards',
    component: () => import('./CardPrint.vue'),
    meta: { title: 'risk.print.cards', bare: true },
  },
  {
    path: '/print/risk-notice/:id',
    name: 'riskNotice',
    component: () => import('./NoticePrint.vue'),
    meta: { title: 'risk.print.notice', bare: true },
  },
] satisfies RouteRecordRaw[]
