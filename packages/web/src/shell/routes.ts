import type { RouteRecordRaw } from 'vue-router'

export default [
  { path: '/forbidden', name: 'forbidden', component: () => import('./ForbiddenPage.vue'), meta: { title: 'shell.forbidden' } },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./MissingPage.vue'), meta: { title: 'shell.missing' } },
] satisfies RouteRecordRaw[]
