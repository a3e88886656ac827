import type { RouteRecordRaw } from 'vue-router'
import IconDoubt from '~icons/lucide/search-check'

export default [
  {
    path: '/doubt-samples',
    name: 'doubtSamples',
    component: () => import('./SampleList.vue'),
    meta: { title: 'doubt.list', icon: IconDoubt, menu: 28.5, group: 'inspection.menu', roles: ['TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
] satisfies RouteRecordRaw[]
