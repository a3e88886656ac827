import type { RouteRecordRaw } from 'vue-router'
import IconImport from '~icons/lucide/file-up'

export default [
  {
    path: '/ledger/:kind(enterprises|hazards)?',
    name: 'ledger',
    component: () => import('./LedgerPage.vue'),
    meta: { title: 'ledger.title', icon: IconImport, menu: 42, group: 'shell.group.enterprise', roles: ['TOWN_OFFICE'] },
  },
] satisfies RouteRecordRaw[]
