import { computed, shallowRef } from 'vue'

export type Role = 'ADMIN' | 'TOWN_OFFICE' | 'STATION' | 'VILLAGE' | 'ENTERPRISE' | 'WORKSHOP' | 'POST' | 'COUNTY'

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
}

export const viewer = shallowRef<Viewer>()
export const role = computed(() => viewer.value?.role)

export function isRole(...roles: readonly Role[]): boolean {
  return !!role.value && roles.includes(role.value)
}
