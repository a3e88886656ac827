import type { RouteRecordRaw } from 'vue-router'
import IconDossier from '~icons/lucide/folder-check'

const READERS = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'COUNTY'] as const

export default [
  {
    path: '/dossiers',
    name: 'dossiers',
    component: () => import('./DossierList.vue'),
    meta: { title: 'dossier.list', icon: IconDossier, menu: 37, group: 'shell.group.enterprise', roles: READERS },
  },
  {
    path: '/dossiers/review',
    name: 'dossierReview',
    component: () => import('./PapersPage.vue'),
    props: { queue: true },
    meta: { title: 'dossier.review', icon: IconDossier, menu: 38, group: 'shell.group.enterprise', roles: ['TOWN_OFFICE', 'STATION'] },
  },
  {
    path: '/dossiers/papers',
    name: 'dossierPapers',
    component: () => import('./PapersPage.vue'),
    meta: { title: 'dossier.papers', icon: IconDossier, menu: 39, group: 'shell.group.enterprise', roles: READERS },
  },
  {
    path: '/dossiers/expiring',
    name: 'dossierExpiring',
    component: () => import('./ExpiringPage.vue'),
    meta: { title: 'dossier.expiring', icon: IconDossier, menu: 40, group: 'shell.group.enterprise', roles: READERS },
  },
  {
    path: '/dossiers/packs',
    name: 'dossierPacks',
    component: () => import('./PacksPage.vue'),
    meta: { title: 'dossier.packs', icon: IconDossier, menu: 41, group: 'shell.group.enterprise', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION'] },
  },
  {
    path: '/dossiers/packs/:id',
    name: 'dossierPack',
    component: () => import('./PackPage.vue'),
    meta: { title: 'dossier.pack', parent: 'dossierPacks', tabPerPath: true, roles: ['ADMIN', 'TOWN_OFFICE', 'STATION'] },
  },
  {
    path: '/dossiers/requirements',
    name: 'dossierRequirements',
    component: () => import('./RequirementsPage.vue'),
    meta: { title: 'dossier.requirements', icon: IconDossier, menu: 84, group: 'shell.group.reference', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
] satisfies RouteRecordRaw[]
