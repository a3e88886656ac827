import type { Component } from 'vue'
import 'vue-router'
import type { Capability, Role } from '../shared/session'

/** What a page says of itself in its domain's routes.ts; menu, tabs, breadcrumb and access follow from it. */
declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the title in the words of the domain. */
    title?: string
    icon?: Component
    /** Who sees it; everybody when left out. */
    roles?: readonly Role[]
    /** What the role must be able to do, as the server says it. */
    needs?: Capability
    /** Place in the menu; not in the menu when left out. */
    menu?: number
    /** The menu entry it stands under: the domain's own key, such as `shell.group.reference`. */
    group?: string
    /** Name of the route it was opened from: breadcrumb, and which menu entry is lit. */
    parent?: string
    /** Open to those who have not signed in. */
    public?: boolean
    /** Without menu and bars: the sign-in page, a board, a page to print. */
    bare?: boolean
    /** One tab for each address of the route, such as one for each hazard. */
    tabPerPath?: boolean
  }
}
export type { RouteMeta } from 'vue-router'
