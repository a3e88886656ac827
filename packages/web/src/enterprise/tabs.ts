import { defineAsyncComponent, type Component } from 'vue'
import { admits } from '../shared/admits'
import type { EnterpriseTab } from '../shared/enterpriseTab'

const domains = import.meta.glob<EnterpriseTab>(['../*/enterpriseTab.ts', '!../shared/enterpriseTab.ts'], { eager: true, import: 'default' })

/** What the domains show of one enterprise, in its order; each is loaded when it is opened. */
const TABS = Object.values(domains)
  .sort((a, b) => a.order - b.order)
  .map((tab) => ({ ...tab, shown: defineAsyncComponent(tab.component) as Component }))

export const enterpriseTabs = () => TABS.filter(admits)
