import { graphql } from '../gql/letter'
import type { LetterField, LetterListQuery, LetterListQueryVariables, LetterWhere } from '../gql/letter/graphql'
import { orderBy, useList } from '../shared/useList'

export type LetterRow = LetterListQuery['letters']['nodes'][number]

export const EMPTY = { text: '', kind: '', stage: [] as string[], village: '', station: '', year: '', resign: '', unfiled: '' }
export type LetterFilter = typeof EMPTY

export const whereOf = ({ text, kind, stage, village, station, year, resign, unfiled }: LetterFilter): LetterWhere => ({
  ...(text.trim() ? { or: [{ number: { contains: text.trim() } }, { recipient: { contains: text.trim() } }] } : {}),
  ...(kind ? { kind: { eq: kind as 'NOTICE' } } : {}),
  ...(stage.length ? { stage: { in: stage as 'ISSUED'[] } } : {}),
  ...(village ? { division: { startsWith: village } } : {}),
  ...(station ? { station: { eq: station } } : {}),
  ...(year ? { year: { eq: Number(year) } } : {}),
  ...(resign ? { resign: { eq: true }, stage: { in: ['ISSUED', 'DELIVERED', 'COMPLETE'] as 'ISSUED'[] } } : {}),
  // Signed, and the copy of this place has no receipt yet.
  ...(unfiled ? { stage: { eq: 'DELIVERED' as const }, copies: { some: { holder: { eq: unfiled as 'TOWN' }, receivedAt: { isNull: true } } } } : {}),
})

/** 文书清单; its search stands in the address. */
export function useLetters() {
  return useList({
    query: graphql(`
      query LetterList($where: LetterWhere, $orderBy: [LetterOrder!], $first: Int, $after: String, $last: Int, $before: String, $offset: Int) {
        letters(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
          nodes {
            id
            version
            kind
            number
            stage
            resign
            recipient
            issuedOn
            issuerName
            deliveredAt
            dueOn
            copiesDone
            copiesDue
            acts
            enterprise {
              id
              name
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
    connection: (data) => data.letters,
    filter: EMPTY,
    sort: { key: 'createdAt', descending: true },
    variables: ({ filter, sort, window }): LetterListQueryVariables => ({
      where: whereOf(filter),
      orderBy: orderBy<LetterField>(sort),
      ...window,
    }),
  })
}
export type LetterList = ReturnType<typeof useLetters>
