import type { RouteRecordRaw } from 'vue-router'
import IconStar from '~icons/lucide/award'
import IconCampaign from '~icons/lucide/flag'
import IconPolicy from '~icons/lucide/notebook-pen'
import IconNominate from '~icons/lucide/thumbs-up'

const roles = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'COUNTY'] as const
const group = 'campaign.menu'

export default [
  {
    path: '/campaigns/now',
    name: 'campaignNow',
    component: () => import('./CampaignNow.vue'),
    meta: { title: 'campaign.one', icon: IconCampaign, menu: 33.1, group, roles },
  },
  {
    path: '/campaigns',
    name: 'campaigns',
    component: () => import('./CampaignList.vue'),
    meta: { title: 'campaign.list', icon: IconCampaign, menu: 33.2, group, roles },
  },
  {
    path: '/campaigns/exemptions',
    name: 'campaignExemptions',
    component: () => import('./ExemptionList.vue'),
    meta: { title: 'campaign.exemptions', icon: IconCampaign, menu: 33.3, group, roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
  {
    path: '/campaigns/:id',
    name: 'campaign',
    component: () => import('./CampaignPage.vue'),
    meta: { title: 'campaign.one', parent: 'campaigns', tabPerPath: true, roles },
  },
  {
    path: '/campaigns/tasks/:id',
    name: 'campaignTask',
    component: () => import('./TaskPage.vue'),
    meta: { title: 'campaign.task', parent: 'campaigns', tabPerPath: true, roles },
  },
  {
    path: '/policies',
    name: 'policies',
    component: () => import('./PolicyList.vue'),
    meta: { title: 'campaign.policies', icon: IconPolicy, menu: 33.4, group, roles },
  },
  {
    path: '/nominations',
    name: 'nominations',
    component: () => import('./NominationList.vue'),
    meta: { title: 'campaign.nominations', icon: IconNominate, menu: 33.5, group, roles: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'] },
  },
  {
    path: '/nominations/:id',
    name: 'nomination',
    component: () => import('./NominationPage.vue'),
    meta: { title: 'campaign.nomination', parent: 'nominations', tabPerPath: true, roles },
  },
  {
    path: '/showcases',
    name: 'showcases',
    component: () => import('./ShowcasePage.vue'),
    meta: { title: 'campaign.showcases', icon: IconStar, menu: 33.6, group },
  },
] satisfies RouteRecordRaw[]
