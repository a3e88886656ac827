import { computed, shallowRef } from 'vue'

export type Role = 'ADMIN' | 'TOWN_OFFICE' | 'STATION' | 'VILLAGE' | 'ENTERPRISE' | 'WORKSHOP' | 'POST' | 'COUNTY'

/** What a role may do at all; which rows, the server decides. */
export type Capability =
  | 'ACCOUNTS'
  | 'REFERENCE'
  | 'SETTINGS'
  | 'RECENT_CHANGES'
  | 'LEDGER_IMPORT'
  | 'BOARD_LINKS'
  | 'ENTERPRISE_CREATE'
  | 'ENTERPRISE_EDIT'
  | 'ENTERPRISE_CLOSE'
  | 'ENTERPRISE_REVEAL'
  | 'HAZARD_REPORT'
  | 'QUESTIONS'
  | 'NORM_PREPARE'
  | 'NORM_PUBLISH'
  | 'CHECKLIST_TAILOR'
  | 'HOOKS'

/** Who is signed in, as far as the screens need to know. The server decides what they may do; this only hides what cannot work. */
export interface Viewer {
  id: string
  username: string
  name: string
  role: Role
  mustChangePassword: boolean
  division?: { code: string; name: string } | null
  station?: { code: string; name: string } | null
  enterprise?: { id: string; name: string } | null
  may: readonly Capability[]
}

export const viewer = shallowRef<Viewer>()
export const role = computed(() => viewer.value?.role)

export function isRole(...roles: readonly Role[]): boolean {
  return !!role.value && roles.includes(role.value)
}

/** Hides what the role cannot do: `v-if="may('ENTERPRISE_CREATE')"`. */
export const may = (capability: Capability) => !!viewer.value?.may.includes(capability)
