import type { RouteRecordRaw } from 'vue-router'
import IconHome from '~icons/lucide/layout-dashboard'

export default [
  { path: '/', name: 'home', component: () => import('./HomePage.vue'), meta: { title: 'home.title', icon: IconHome, menu: 10 } },
] satisfies RouteRecordRaw[]
