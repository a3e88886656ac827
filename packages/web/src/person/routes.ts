import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/sign-in', name: 'signIn', component: () => import('./SignInPage.vue'), meta: { title: 'person.signIn', public: true, bare: true } },
] satisfies RouteRecordRaw[]
