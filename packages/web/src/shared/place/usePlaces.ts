import { useQuery } from '@urql/vue'
import { computed } from 'vue'
import { graphql } from '../../gql/shared'
import type { PlacesQuery } from '../../gql/shared/graphql'

export type Division = PlacesQuery['divisions'][number]
export type Level = Division['level']

// With what has been ended, too: old records still name it.
const Places = graphql(`
  query Places {
    divisions(ended: true) {
      id
      code
      name
      level
      parent
      validTo
    }
    stations(ended: true) {
      id
      code
      name
      trades
      validTo
    }
  }
`)

/** Records carry the codes of their village and station; people read names. Asked once, then from the cache. */
export function usePlaces() {
  const { data } = useQuery({ query: Places, variables: {}, requestPolicy: 'cache-first' })
  const divisions = computed(() => data.value?.divisions ?? [])
  const stations = computed(() => data.value?.stations ?? [])
  const divisionOf = computed(() => new Map(divisions.value.map((division) => [division.code, division])))
  const stationOf = computed(() => new Map(stations.value.map((station) => [station.code, station])))
  const towns = computed(() => divisions.value.filter(({ level }) => level === 'TOWN').length)

  return {
    divisions,
    stations: computed(() => stations.value.filter(({ validTo }) => !validTo)),
    /** A village by its name; where several towns are in sight with the name of its town. */
    divisionName(code?: string | null): string {
      const division = code ? divisionOf.value.get(code) : undefined
      if (!division) return code ?? ''
      const above = division.parent ? divisionOf.value.get(division.parent) : undefined
      return division.level === 'VILLAGE' && above && towns.value > 1 ? `${above.name} ${division.name}` : division.name
    },
    stationName: (code?: string | null) => (code ? (stationOf.value.get(code)?.name ?? code) : ''),
    /** The trades somebody in the town looks after. */
    trades: computed(() => [...new Set(stations.value.flatMap(({ trades }) => tradesOf(trades)))]),
  }
}

export const tradesOf = (said?: string | null) => (said ?? '').split(/[、，,;；\s]+/).filter(Boolean)
