import type { Component } from 'vue'
import type { Capability, Role } from './session'

/** The enterprise whose page is open, as far as a tab of another domain needs to know. */
export interface EnterpriseShown {
  id: string
  name: string
  closedOn: string | null
}

/**
 * A tab of the page of one enterprise. A domain adds its own by an `enterpriseTab.ts` beside its pages, which gives one as its
 * default; the component is loaded when the tab is opened and gets `enterprise: EnterpriseShown`.
 */
export interface EnterpriseTab {
  /** Stands in the address: `/enterprises/:id?tab=hazards`. */
  key: string
  /** Key of the title in the words. */
  title: string
  /** Place from left to right: the dossier 10, hazards 20. */
  order: number
  component: () => Promise<{ default: Component }>
  /** Who sees it; everybody when left out. */
  roles?: readonly Role[]
  needs?: Capability
}
