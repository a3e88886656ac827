import { computed } from 'vue'
import { useRouter, type RouteRecordNormalized } from 'vue-router'
import { admits } from '../shared/admits'

export interface MenuEntry {
  key: string
  title: string
  icon?: RouteRecordNormalized['meta']['icon']
  /** Where it leads; a group leads nowhere and has entries. */
  to?: { name: string }
  entries: MenuEntry[]
}

/** The menu is what the routes of the domains say of themselves, for the role that looks. */
export function useMenu() {
  const router = useRouter()
  return computed(() => {
    const entries: MenuEntry[] = []
    const mine = router
      .getRoutes()
      .filter(({ meta }) => meta.menu !== undefined && admits(meta))
      .sort((a, b) => (a.meta.menu ?? 0) - (b.meta.menu ?? 0))
    for (const route of mine) {
      const { title = '', icon, group } = route.meta
      const entry: MenuEntry = { key: String(route.name), title, icon, to: { name: String(route.name) }, entries: [] }
      if (!group) entries.push(entry)
      else groupOf(entries, group, icon).entries.push(entry)
    }
    return entries
  })
}

function groupOf(entries: MenuEntry[], key: string, icon: MenuEntry['icon']): MenuEntry {
  const known = entries.find((entry) => entry.key === key)
  if (known) return known
  const group: MenuEntry = { key, title: key, icon, entries: [] }
  entries.push(group)
  return group
}

/** The menu entry that is lit while a page below it is open. */
export function litEntry(router: ReturnType<typeof useRouter>, name: unknown): string {
  let route = router.getRoutes().find((one) => one.name === name)
  while (route && route.meta.menu === undefined && route.meta.parent) route = router.getRoutes().find((one) => one.name === route?.meta.parent)
  return String(route?.name ?? '')
}
