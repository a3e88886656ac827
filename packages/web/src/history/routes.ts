import type { RouteRecordRaw } from 'vue-router'
import IconLog from '~icons/lucide/scroll-text'

export default [
  {
    path: '/log',
    name: 'log',
    component: () => import('./LogPage.vue'),
    meta: { title: 'history.log', icon: IconLog, menu: 91, group: 'shell.group.system', needs: 'RECENT_CHANGES' },
  },
] satisfies RouteRecordRaw[]
