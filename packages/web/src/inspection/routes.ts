import type { RouteRecordRaw } from 'vue-router'
import IconCalendar from '~icons/lucide/calendar-days'
import IconCheck from '~icons/lucide/clipboard-check'
import IconCards from '~icons/lucide/qr-code'
import IconClear from '~icons/lucide/badge-check'
import IconTasks from '~icons/lucide/list-checks'
import IconPhone from '~icons/lucide/smartphone'

const OPEN = { public: true, bare: true } as const

export default [
  // Without signing in first: they open without a network, and what they show lies on the device or is asked for.
  { path: '/do-check/:key', name: 'doCheck', component: () => import('./phone/DoCheckPage.vue'), meta: { title: 'inspection.doing', ...OPEN } },
  { path: '/card/:token', name: 'card', component: () => import('./phone/CardPage.vue'), meta: { title: 'inspection.card', ...OPEN } },
  {
    path: '/my-checks',
    name: 'myChecks',
    component: () => import('./phone/MyChecksPage.vue'),
    meta: { title: 'inspection.mine', icon: IconPhone, menu: 25, group: 'inspection.menu', roles: ['ENTERPRISE', 'WORKSHOP', 'POST'], ...OPEN },
  },
  {
    path: '/check-tasks',
    name: 'checkTasks',
    component: () => import('./TaskList.vue'),
    meta: { title: 'inspection.tasks', icon: IconTasks, menu: 26, group: 'inspection.menu' },
  },
  {
    path: '/checks',
    name: 'checks',
    component: () => import('./CheckList.vue'),
    meta: { title: 'inspection.records', icon: IconCheck, menu: 27, group: 'inspection.menu' },
  },
  { path: '/checks/:id', name: 'check', component: () => import('./CheckPage.vue'), meta: { title: 'inspection.record', parent: 'checks', tabPerPath: true } },
  {
    path: '/post-cards',
    name: 'postCards',
    component: () => import('./PostCardsPage.vue'),
    meta: { title: 'inspection.cards', icon: IconCards, menu: 28, group: 'inspection.menu', roles: ['ENTERPRISE', 'WORKSHOP', 'STATION', 'TOWN_OFFICE'] },
  },
  {
    path: '/post-cards/print',
    name: 'postCardsPrint',
    component: () => import('./CardSheetPage.vue'),
    meta: { title: 'inspection.printCards', parent: 'postCards', bare: true },
  },
  {
    path: '/two-lists',
    name: 'twoLists',
    component: () => import('./TwoListsPage.vue'),
    meta: {
      title: 'inspection.twoLists',
      icon: IconClear,
      menu: 23,
      group: 'hazard.menu',
      roles: ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY'],
    },
  },
  {
    path: '/two-lists/print',
    name: 'twoListsPrint',
    component: () => import('./TwoListsPrint.vue'),
    meta: { title: 'inspection.twoLists', parent: 'twoLists', bare: true },
  },
  {
    path: '/clearances',
    name: 'clearances',
    component: () => import('./ClearanceList.vue'),
    meta: {
      title: 'inspection.clearances',
      icon: IconClear,
      menu: 24,
      group: 'hazard.menu',
      roles: ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY'],
    },
  },
  {
    path: '/clearances/:id',
    name: 'clearance',
    component: () => import('./ClearancePage.vue'),
    meta: { title: 'inspection.clearance', parent: 'clearances', bare: true },
  },
  {
    path: '/work-calendar',
    name: 'workCalendar',
    component: () => import('./CalendarPage.vue'),
    meta: { title: 'inspection.calendar', icon: IconCalendar, menu: 88, group: 'shell.group.reference', needs: 'REFERENCE' },
  },
] satisfies RouteRecordRaw[]
