import { ref } from 'vue'
import { remember, remembered } from '../shared/preferences'
import { viewer } from '../shared/session'

/** A query that was run, as the history keeps it. */
export interface Past {
  query: string
  variables: string
  at: string
}
export const MOST_PAST = 50

const key = () => `anbiao.questions.past.${viewer.value?.id ?? ''}`

/** The same query again moves to the top instead of standing there twice. */
export const withNewest = (past: readonly Past[], one: Past): Past[] =>
  [one, ...past.filter(({ query, variables }) => query !== one.query || variables !== one.variables)].slice(0, MOST_PAST)

export function usePast() {
  const past = ref<Past[]>(remembered<Past[]>(key(), []))
  const keep = (now: Past[]) => remember(key(), (past.value = now))
  return {
    past,
    add: (query: string, variables: string) => keep(withNewest(past.value, { query, variables, at: new Date().toISOString() })),
    clear: () => keep([]),
  }
}
