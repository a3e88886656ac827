import { computed, ref, watchEffect } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import type { SummaryCellFragment } from '../gql/report/graphql'

export const LEVELS = ['TOWN', 'STATION', 'VILLAGE'] as const
const KINDS = ['MONTH', 'YEAR'] as const
const STATES = ['DRAFT', 'SUBMITTED', 'RETURNED', 'ACCEPTED'] as const

/** The parts of the list of what is to be done, each with what stands in it. */
export const SECTIONS = {
  own: ({ acts }: SummaryCellFragment) => acts.includes('SUBMIT'),
  waiting: ({ acts }: SummaryCellFragment) => acts.includes('ACCEPT'),
  chase: ({ acts, standing }: SummaryCellFragment) => acts.includes('CHASE') && (standing === 'MISSING' || standing === 'RETURNED'),
}
export type Section = keyof typeof SECTIONS

/** To-dos, reminders and the campaign point at a part of the page: open=1, state=SUBMITTED, chase=1, of a level, kind or period. */
export const readSummaryFilter = ({ level, kind, period, state, open, chase }: LocationQuery) => ({
  level: LEVELS.find((one) => one === level),
  kind: KINDS.find((one) => one === kind),
  period: typeof period === 'string' && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(period) ? period : undefined,
  state: STATES.find((one) => one === state),
  section: (open ? 'own' : chase ? 'chase' : state === 'SUBMITTED' ? 'waiting' : undefined) as Section | undefined,
})
export type SummaryFilter = ReturnType<typeof readSummaryFilter>

export const fits = (row: SummaryCellFragment, { level, kind, period, state, section }: SummaryFilter): boolean =>
  (!level || row.level === level) &&
  (!kind || row.kind === kind) &&
  (!period || row.period === period) &&
  (!section || SECTIONS[section](row)) &&
  // What is told of as missing has not come at all; what was given back is chased, too, but is another matter.
  (section !== 'chase' || row.standing === 'MISSING') &&
  (section !== undefined || !state || row.state === state)

export function useSummaryFilter() {
  const [route, router] = [useRoute(), useRouter()]
  const filter = ref(readSummaryFilter(route.query))
  // Behind another tab the address is that of another page.
  watchEffect(() => route.name === 'summaries' && (filter.value = readSummaryFilter(route.query)))
  const narrowed = computed(() => Object.values(filter.value).some((one) => one !== undefined))
  return { filter, narrowed, all: () => void router.replace({ query: {} }) }
}
