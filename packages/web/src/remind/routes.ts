import type { RouteRecordRaw } from 'vue-router'
import IconHooks from '~icons/lucide/webhook'
import { WITH_DUTIES } from '../shared/standIn'

export default [
  { path: '/reminders', name: 'reminders', component: () => import('./ReminderPage.vue'), meta: { title: 'remind.title', parent: 'home' } },
  {
    path: '/me/reminders',
    name: 'reminderSettings',
    component: () => import('./ReminderSettingsPage.vue'),
    meta: { title: 'remind.settings', parent: 'reminders' },
  },
  { path: '/me/delegations', name: 'delegations', component: () => import('./DelegationsPage.vue'), meta: { title: 'remind.delegations', roles: WITH_DUTIES } },
  {
    path: '/hooks',
    name: 'hooks',
    component: () => import('./HooksPage.vue'),
    meta: { title: 'remind.hooks', icon: IconHooks, menu: 93, group: 'shell.group.system', needs: 'HOOKS' },
  },
] satisfies RouteRecordRaw[]
