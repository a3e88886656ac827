import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { askViewer } from './person/signIn'
import { admits } from './shared/admits'
import './shell/meta'
import { graph, plainGraph } from './shared/graph'
import { preferences, remember, remembered } from './shared/preferences'
import { viewer } from './shared/session'
import { onSignedOut } from './shared/signedOut'
import { tabs } from './shared/tabs'
import { loadWords, words } from './shared/words'

const domains = import.meta.glob<RouteRecordRaw[]>('./*/routes.ts', { eager: true, import: 'default' })

export const router = createRouter({
  history: createWebHistory(),
  routes: Object.values(domains).flat(),
})

/** Signed in or off to the sign-in page, with the way back in the address. */
async function signedIn(to: RouteLocationNormalized) {
  viewer.value ??= await askViewer()
  remember(SIGNED_IN, !!viewer.value)
  if (!viewer.value) return { name: 'signIn', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  if (viewer.value.mustChangePassword && to.name !== 'firstPassword') return { name: 'firstPassword', query: { to: to.fullPath } }
  return true
}

/** What only a signed-in person needs: the cache with the schema, and the words of all domains. */
async function equip() {
  const cache = import('./shared/cachedGraph')
  await Promise.all([loadWords('zh'), preferences.language === 'en' ? loadWords('en') : undefined, cache])
  if (graph.value === plainGraph) graph.value = (await cache).cachedGraph()
}

/** Was somebody signed in when this browser was last here? Only a guess, to fetch ahead or not. */
const SIGNED_IN = 'anbiao.signedIn'

/** Asks for the parts of the page while it is still being found out who asks, instead of one after the other. */
function fetchAhead({ matched }: RouteLocationNormalized): void {
  if (viewer.value || !remembered(SIGNED_IN, false)) return
  void import('./shared/cachedGraph')
  void loadWords('zh')
  void import('./shell/FrameLayout.vue')
  for (const { components } of matched) {
    const page = components?.default
    if (typeof page === 'function') void Promise.resolve((page as () => unknown)()).catch(() => undefined)
  }
}

router.beforeEach(async (to) => {
  if (to.meta.public) {
    if (to.meta.bare && to.name !== 'signIn') await loadWords(preferences.language)
    return true
  }
  fetchAhead(to)
  const answer = await signedIn(to)
  if (answer !== true) return answer
  await equip()
  if (!admits(to.meta)) return { name: 'forbidden', query: { from: to.fullPath }, replace: true }
  return true
})

router.afterEach((to) => {
  const { t } = words.global
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t('shell.product')}` : t('shell.product')
})

onSignedOut(() => {
  if (!viewer.value) return
  viewer.value = undefined
  // Whoever signs in next begins with nothing of this person's.
  graph.value = plainGraph
  tabs.splice(0)
  const here = router.currentRoute.value
  void router.push({ name: 'signIn', query: { to: here.fullPath, ended: '1' } })
})
