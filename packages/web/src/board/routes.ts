import type { RouteRecordRaw } from 'vue-router'
import IconMap from '~icons/lucide/map'
import IconBoard from '~icons/lucide/presentation'

export default [
  {
    path: '/board',
    name: 'board',
    component: () => import('./BoardPage.vue'),
    meta: { title: 'board.title', icon: IconBoard, menu: 70, group: 'board.menu', bare: true, roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY'] },
  },
  {
    path: '/board/:token',
    name: 'linkedBoard',
    component: () => import('./BoardPage.vue'),
    props: true,
    meta: { title: 'board.title', bare: true, public: true },
  },
  {
    path: '/room',
    name: 'room',
    component: () => import('./RoomPage.vue'),
    meta: { title: 'board.room', bare: true, public: true },
  },
  {
    path: '/board-maps',
    name: 'boardMaps',
    component: () => import('./MapPage.vue'),
    meta: { title: 'board.maps', icon: IconMap, menu: 72, group: 'board.menu', needs: 'REFERENCE' },
  },
  {
    path: '/board-links',
    name: 'boardLinks',
    component: () => import('./LinkPage.vue'),
    meta: { title: 'board.links', icon: IconBoard, menu: 71, group: 'board.menu', needs: 'BOARD_LINKS' },
  },
] satisfies RouteRecordRaw[]
