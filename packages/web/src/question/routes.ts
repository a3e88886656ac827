import type { RouteRecordRaw } from 'vue-router'
import IconAnalysis from '~icons/lucide/chart-no-axes-combined'

/** The analysts' area: what the menu calls 数据分析. */
const meta = { icon: IconAnalysis, group: 'shell.group.figures', needs: 'QUESTIONS' } as const

export default [
  { path: '/questions/new', name: 'questionBuild', component: () => import('./builder/BuilderPage.vue'), meta: { ...meta, title: 'question.build', menu: 62 } },
  { path: '/questions', name: 'questions', component: () => import('./SavedPage.vue'), meta: { ...meta, title: 'question.saved', menu: 63 } },
  { path: '/questions/console', name: 'questionConsole', component: () => import('./ConsolePage.vue'), meta: { ...meta, title: 'question.console', menu: 64 } },
  { path: '/questions/tokens', name: 'questionTokens', component: () => import('./TokenPage.vue'), meta: { ...meta, title: 'question.tokens', menu: 65 } },
  {
    path: '/help/analysis',
    name: 'analystHelp',
    component: () => import('./guide/GuidePage.vue'),
    meta: { title: 'analyst.title', needs: 'QUESTIONS', parent: 'help' },
  },
  {
    path: '/questions/:id',
    name: 'question',
    component: () => import('./QuestionPage.vue'),
    props: true,
    meta: { title: 'question.one', needs: 'QUESTIONS', parent: 'questions', tabPerPath: true },
  },
] satisfies RouteRecordRaw[]
