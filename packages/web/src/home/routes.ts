import type { RouteRecordRaw } from 'vue-router'
import IconHome from '~icons/lucide/layout-dashboard'

export default [
  { path: '/', name: 'home', component: () => import('./HomePage.vue'), meta: { title: 'home.title', icon: IconHome, menu: 10 } },
  { path: '/reminders', name: 'reminders', component: () => import('./ReminderPage.vue'), meta: { title: 'home.reminders', parent: 'home' } },
] satisfies RouteRecordRaw[]
