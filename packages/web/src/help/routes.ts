import type { RouteRecordRaw } from 'vue-router'
import IconHelp from '~icons/lucide/circle-help'

export default [
  { path: '/help', name: 'help', component: () => import('./HelpPage.vue'), meta: { title: 'help.title', icon: IconHelp, menu: 95 } },
] satisfies RouteRecordRaw[]
