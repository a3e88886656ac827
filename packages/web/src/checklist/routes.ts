import type { RouteRecordRaw } from 'vue-router'
import IconLists from '~icons/lucide/clipboard-list'

export default [
  {
    path: '/checklists',
    name: 'checklists',
    component: () => import('./ChecklistsPage.vue'),
    meta: { title: 'checklist.title', icon: IconLists, menu: 34, group: 'checklist.menu' },
  },
  {
    path: '/checklists/print',
    name: 'checklistPrint',
    component: () => import('./ChecklistPrint.vue'),
    meta: { title: 'checklist.print', parent: 'checklists', bare: true },
  },
  {
    path: '/checklists/:id',
    name: 'checklist',
    component: () => import('./ChecklistPage.vue'),
    meta: { title: 'checklist.one', parent: 'checklists', tabPerPath: true },
  },
] satisfies RouteRecordRaw[]
