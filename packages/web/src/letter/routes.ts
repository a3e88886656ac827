import type { RouteRecordRaw } from 'vue-router'
import IconLetters from '~icons/lucide/file-pen-line'

export default [
  {
    path: '/letters',
    name: 'letters',
    component: () => import('./LetterList.vue'),
    meta: { title: 'letter.list', icon: IconLetters, menu: 56, group: 'shell.group.papers' },
  },
  { path: '/letters/:id', name: 'letter', component: () => import('./LetterPage.vue'), meta: { title: 'letter.one', parent: 'letters', tabPerPath: true } },
] satisfies RouteRecordRaw[]
