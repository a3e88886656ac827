import type { RouteRecordRaw } from 'vue-router'
import IconPlaces from '~icons/lucide/map-pinned'

export default [
  {
    path: '/divisions',
    name: 'divisions',
    component: () => import('./DivisionPage.vue'),
    meta: { title: 'division.divisions', icon: IconPlaces, menu: 80, group: 'shell.group.reference', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
  {
    path: '/stations',
    name: 'stations',
    component: () => import('./StationPage.vue'),
    meta: { title: 'division.stations', icon: IconPlaces, menu: 81, group: 'shell.group.reference', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
] satisfies RouteRecordRaw[]
