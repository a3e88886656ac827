import type { HomePageQuery } from '../gql/home/graphql'

export type Queue = HomePageQuery['todo'][number]['queue']

/** What waits for a signature of mine, in the order of a hazard's life. */
export const WAITING: readonly Queue[] = [
  'TO_REGISTER',
  'TO_NOTIFY',
  'TO_PLAN',
  'TO_APPROVE_PLAN',
  'TO_ACCEPT',
  'TO_RECTIFY',
  'TO_REVIEW',
  'TO_DECIDE_EXTENSION',
]
/** What I keep an eye on, whoever has to act. */
export const WATCHED: readonly Queue[] = ['LATE', 'DUE_SOON', 'MAJOR_OPEN', 'LISTED', 'TRANSFER_PROPOSED', 'OPEN']
/** What burns: it stands with the work that waits. */
export const ALARMING: readonly Queue[] = ['LATE', 'TRANSFER_PROPOSED']

export const isAlarming = (queue: Queue) => ALARMING.includes(queue)
