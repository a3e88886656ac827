import { computed, type Ref, ref, watch } from 'vue'
import { graphql } from '../gql/report'
import type { SummaryWhere } from '../gql/report/graphql'
import { onNews } from '../shared/news'
import { isRole } from '../shared/session'
import { usePage } from '../shared/usePage'

/** The thirds of a year: the units of a town in all its months are more than one page of a list may hold. */
const THIRDS = [
  ['01', '02', '03', '04'],
  ['05', '06', '07', '08'],
  ['09', '10', '11', '12'],
]

/** The summaries of a year, and what is still to be done of any year. Who sees many towns sees the towns first, and then one of them. */
export function useSummaryYear(year: Ref<string>) {
  const manyTowns = computed(() => isRole('COUNTY', 'ADMIN'))
  const town = ref('')
  const units = computed<SummaryWhere>(() => (!manyTowns.value ? {} : town.value ? { division: { startsWith: town.value } } : { level: { eq: 'TOWN' } }))
  const third = (n: number): SummaryWhere => ({
    ...units.value,
    period: { in: [...THIRDS[n]!.map((month) => `${year.value}-${month}`), ...(n === 2 ? [year.value] : [])] },
  })
  const { data, loading, refusal, reload } = usePage(
    graphql(`
      query SummaryMatrix($first: SummaryWhere, $second: SummaryWhere, $third: SummaryWhere, $year: SummaryWhere) {
        first: summaries(where: $first, first: 500, orderBy: [{ field: level }, { field: unit }, { field: period }]) {
          nodes {
            ...SummaryCell
          }
        }
        second: summaries(where: $second, first: 500, orderBy: [{ field: level }, { field: unit }, { field: period }]) {
          nodes {
            ...SummaryCell
          }
        }
        third: summaries(where: $third, first: 500, orderBy: [{ field: level }, { field: unit }, { field: period }]) {
          nodes {
            ...SummaryCell
          }
        }
        year: summaries(where: $year) {
          aggregate {
            figures {
              onTimeRate
              monthsDue
              monthsOnTime
              missing
            }
          }
        }
      }
      fragment SummaryCell on Summary {
        id
        version
        level
        kind
        period
        division
        unit
        unitName
        dueOn
        state
        standing
        chases
        acts
      }
    `),
    computed(() => ({
      ...{ first: third(0), second: third(1), third: third(2) },
      year: { ...units.value, period: { startsWith: year.value } },
    })),
  )
  // Of whatever year: in January those of December are still to come. A question of its own, the other is large enough.
  const left = usePage(
    graphql(`
      query SummariesUndone($where: SummaryWhere) {
        summaries(where: $where, first: 500, orderBy: [{ field: dueOn, dir: DESC }]) {
          nodes {
            ...SummaryCell
          }
        }
      }
    `),
    computed(() => ({
      where: { ...(isRole('COUNTY') ? { level: { eq: 'TOWN' as const } } : {}), state: { in: ['DRAFT' as const, 'SUBMITTED' as const, 'RETURNED' as const] } },
    })),
  )
  const reloadAll = () => [reload(), left.reload()]
  onNews(reloadAll)
  const all = computed(() => (data.value ? [...data.value.first.nodes, ...data.value.second.nodes, ...data.value.third.nodes] : []))
  const undone = computed(() => (left.data.value?.summaries.nodes ?? []).toReversed())
  const figures = computed(() => data.value?.year.aggregate.figures)
  const towns = ref(new Map<string, string>())
  watch(all, (rows) => rows.forEach(({ level, division, unitName }) => level === 'TOWN' && towns.value.set(division, unitName)))
  return { all, undone, figures, town, towns, manyTowns, loading, refusal, reload: reloadAll }
}
