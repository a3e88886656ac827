import type { InjectionKey } from 'vue'

export const searchBar: InjectionKey<{
  shows: (field: string) => boolean
  join: (field: string, filled: boolean) => void
}> = Symbol('searchBar')
