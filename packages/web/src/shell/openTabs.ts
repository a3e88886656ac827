import type { RouteLocationNormalizedLoaded, Router } from 'vue-router'
import { tabs, type Tab } from '../shared/tabs'

const MOST = 16

export const keyOf = (route: RouteLocationNormalizedLoaded) => (route.meta.tabPerPath ? route.path : String(route.name ?? route.path))
export const nameOf = ({ key, turn }: Tab) => `${key}#${turn}`

/** The tab of a page, opened when it is not yet; the one longest open makes room when there are too many. */
export function tabOf(route: RouteLocationNormalizedLoaded): Tab {
  const key = keyOf(route)
  const known = tabs.find((tab) => tab.key === key)
  if (known) {
    known.path = route.fullPath
    return known
  }
  if (!tabs.length && route.name !== 'home') tabs.push({ key: 'home', path: '/', titleKey: 'home.title', turn: 0, home: true })
  tabs.push({ key, path: route.fullPath, titleKey: route.meta.title ?? 'shell.untitled', turn: 0, home: route.name === 'home' })
  if (tabs.length > MOST)
    tabs.splice(
      tabs.findIndex((tab) => !tab.home),
      1,
    )
  return tabs.at(-1) as Tab
}

export function closeTab(router: Router, key: string): void {
  const index = tabs.findIndex((tab) => tab.key === key)
  if (index < 0 || tabs[index]?.home) return
  const front = keyOf(router.currentRoute.value) === key
  tabs.splice(index, 1)
  if (front) void router.push(tabs[Math.min(index, tabs.length - 1)]?.path ?? '/')
}

export function closeOthers(router: Router, key: string): void {
  const kept = tabs.filter((tab) => tab.home || tab.key === key)
  tabs.splice(0, tabs.length, ...kept)
  if (keyOf(router.currentRoute.value) !== key) void router.push(kept.find((tab) => tab.key === key)?.path ?? '/')
}

export function rebuildTab(key: string): void {
  const tab = tabs.find((one) => one.key === key)
  if (tab) tab.turn++
}
