import { computed, shallowRef } from 'vue'
import { viewer, type Role } from './session'

/** In whose stead this window acts (代办): the server is told with every act, and judges it anew each time. */
export interface StandIn {
  /** The delegation. */
  id: string
  principalName: string
  toOn: string
  /** The account that began it; another one in the same window acts as itself. */
  by: string
}

/** Who has duties to hand over. */
export const WITH_DUTIES: readonly Role[] = ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST']

const KEY = 'anbiao.standIn'
const kept = shallowRef<StandIn | undefined>(read())
function read(): StandIn | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export const standIn = computed(() => (kept.value?.by === viewer.value?.id ? kept.value : undefined))

export function beginStandIn(one: Omit<StandIn, 'by'>): void {
  kept.value = { ...one, by: viewer.value?.id ?? '' }
  sessionStorage.setItem(KEY, JSON.stringify(kept.value))
}

export function leaveStandIn(): void {
  kept.value = undefined
  sessionStorage.removeItem(KEY)
}

export const standInHeader = (): Record<string, string> => (standIn.value ? { 'x-stand-in': standIn.value.id } : {})
