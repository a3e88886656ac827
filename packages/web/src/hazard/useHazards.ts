import { graphql } from '../gql/hazard'
import type { HazardField, HazardListQuery, HazardListQueryVariables } from '../gql/hazard/graphql'
import { today } from '../shared/days'
import { orderBy, useList, type Sort } from '../shared/useList'
import { EMPTY, whereOf, type HazardFilter } from './where'

export type HazardRow = HazardListQuery['hazards']['nodes'][number]
export type HazardQueue = NonNullable<HazardListQueryVariables['queue']>

/** 隐患清单 and 整改清单 are one list with other columns; both keep their search in the address. */
export function useHazards(sort: Sort) {
  return useList({
    query: graphql(`
      query HazardList(
        $where: HazardWhere
        $queue: HazardQueue
        $orderBy: [HazardOrder!]
        $first: Int
        $after: String
        $last: Int
        $before: String
        $offset: Int
      ) {
        hazards(where: $where, queue: $queue, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
          nodes {
            ...ActSubject
            overdue
            listed
            recurring
            extended
            factor
            source
            manageType
            foundByUnit
            originalDueOn
            extensions
            returns
            rectifierName
            result
            costFen
            reviewerNames
            submittedAt
            closedAt
            enterprise {
              id
              name
              trade
              divisionName
              stationName
            }
          }
          totalCount
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
        }
      }
    `),
    connection: (data) => data.hazards,
    filter: EMPTY,
    sort,
    variables: ({ filter, sort, window }): HazardListQueryVariables => ({ ...askedOf(filter), orderBy: orderBy<HazardField>(sort), ...window }),
  })
}
export type HazardList = ReturnType<typeof useHazards>

export const askedOf = (filter: HazardFilter) => ({ where: whereOf(filter, today()), queue: (filter.queue || null) as HazardQueue | null })

/** The Excel file holds what the list shows: the same rows in the same order, all of them. */
export function exportLink({ asked }: HazardList): string {
  const { where, queue } = askedOf(asked.filter)
  const query = new URLSearchParams({ where: JSON.stringify(where), orderBy: JSON.stringify(orderBy<HazardField>(asked.sort) ?? []) })
  if (queue) query.set('queue', queue)
  return `/export/hazards.xlsx?${query}`
}
