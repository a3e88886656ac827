import type { RouteRecordRaw } from 'vue-router'
import IconEnterprise from '~icons/lucide/factory'

export default [
  {
    path: '/enterprises',
    name: 'enterprises',
    component: () => import('./EnterpriseList.vue'),
    meta: { title: 'enterprise.list', icon: IconEnterprise, menu: 36, group: 'shell.group.enterprise' },
  },
  {
    path: '/enterprises/new',
    name: 'enterpriseNew',
    component: () => import('./EnterpriseForm.vue'),
    meta: { title: 'enterprise.create', parent: 'enterprises', needs: 'ENTERPRISE_CREATE' },
  },
  {
    path: '/enterprises/:id',
    name: 'enterprise',
    component: () => import('./EnterprisePage.vue'),
    meta: { title: 'enterprise.one', parent: 'enterprises', tabPerPath: true },
  },
  {
    path: '/enterprises/:id/edit',
    name: 'enterpriseEdit',
    component: () => import('./EnterpriseForm.vue'),
    meta: { title: 'enterprise.edit', parent: 'enterprises', tabPerPath: true, needs: 'ENTERPRISE_EDIT' },
  },
] satisfies RouteRecordRaw[]
