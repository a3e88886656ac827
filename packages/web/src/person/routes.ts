import type { RouteRecordRaw } from 'vue-router'
import IconAccounts from '~icons/lucide/users'

export default [
  { path: '/sign-in', name: 'signIn', component: () => import('./SignInPage.vue'), meta: { title: 'person.signIn', public: true, bare: true } },
  { path: '/first-password', name: 'firstPassword', component: () => import('./FirstPasswordPage.vue'), meta: { title: 'person.firstPassword', bare: true } },
  { path: '/me/password', name: 'password', component: () => import('./PasswordPage.vue'), meta: { title: 'person.changePassword' } },
  { path: '/me/sign-in', name: 'signInWays', component: () => import('./SignInWaysPage.vue'), meta: { title: 'person.ways' } },
  { path: '/me/sessions', name: 'sessions', component: () => import('./SessionsPage.vue'), meta: { title: 'person.sessions' } },
  {
    path: '/accounts',
    name: 'accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { title: 'person.accounts', icon: IconAccounts, menu: 90, group: 'shell.group.system', needs: 'ACCOUNTS' },
  },
] satisfies RouteRecordRaw[]
