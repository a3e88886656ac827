import type { RouteRecordRaw } from 'vue-router'
import IconSite from '~icons/lucide/sparkles'
import IconFigures from '~icons/lucide/chart-column'
import IconNotice from '~icons/lucide/megaphone'
import IconPosts from '~icons/lucide/user-check'
import IconSigns from '~icons/lucide/signpost'
import IconSix from '~icons/lucide/list-checks'
import IconStandard from '~icons/lucide/sliders-horizontal'
import IconTask from '~icons/lucide/wrench'
import IconViolation from '~icons/lucide/octagon-alert'

const group = 'shell.group.site'
const CHECKERS = ['TOWN_OFFICE', 'STATION', 'ENTERPRISE', 'WORKSHOP'] as const

export default [
  { path: '/site/5s', name: 'fiveSAudits', component: () => import('./FiveSList.vue'), meta: { title: 'site.fiveS', icon: IconSite, menu: 47, group } },
  {
    path: '/site/5s/new',
    name: 'fiveSNew',
    component: () => import('./FiveSForm.vue'),
    meta: { title: 'site.fiveSNew', parent: 'fiveSAudits', roles: CHECKERS },
  },
  {
    path: '/site/5s/:id',
    name: 'fiveSAudit',
    component: () => import('./FiveSPage.vue'),
    meta: { title: 'site.fiveSOne', parent: 'fiveSAudits', tabPerPath: true },
  },
  {
    path: '/site/violations',
    name: 'violations',
    component: () => import('./ViolationList.vue'),
    meta: { title: 'site.violations', icon: IconViolation, menu: 48, group },
  },
  {
    path: '/site/six-haves',
    name: 'sixHaves',
    component: () => import('./SixHavesList.vue'),
    meta: { title: 'site.sixHaves', icon: IconSix, menu: 49, group },
  },
  { path: '/site/signs', name: 'signs', component: () => import('./SignList.vue'), meta: { title: 'site.signs', icon: IconSigns, menu: 50, group } },
  { path: '/site/tasks', name: 'signTasks', component: () => import('./TaskList.vue'), meta: { title: 'site.tasks', icon: IconTask, menu: 51, group } },
  {
    path: '/site/notices',
    name: 'riskNotices',
    component: () => import('./NoticeList.vue'),
    meta: { title: 'site.notices', icon: IconNotice, menu: 52, group },
  },
  { path: '/site/posts', name: 'postStandings', component: () => import('./PostList.vue'), meta: { title: 'site.posts', icon: IconPosts, menu: 53, group } },
  {
    path: '/site/figures',
    name: 'siteFigures',
    component: () => import('./FiguresPage.vue'),
    meta: { title: 'site.figures', icon: IconFigures, menu: 54, group },
  },
  {
    path: '/site/standard',
    name: 'siteStandard',
    component: () => import('./StandardPage.vue'),
    meta: { title: 'site.standard', icon: IconStandard, menu: 86, group: 'shell.group.reference', roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
] satisfies RouteRecordRaw[]
