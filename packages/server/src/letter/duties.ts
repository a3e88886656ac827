import type { Duty } from '../shared/duty.js'
import type { SignedIn } from '../shared/context.js'
import { count } from '../shared/read/list.js'
import type { Where } from '../shared/read/where.js'
import { Letter } from './letter.entity.js'

const counting = (where: Where) => (context: SignedIn) => count(Letter, context, where)
const unfiled = (holder: string): Where => ({ stage: { eq: 'DELIVERED' }, copies: { some: { holder: { eq: holder }, receivedAt: { isNull: true } } } })

/** What waits with letters: a signature, a copy to be filed, a commitment to be signed again. */
export const LETTER_DUTIES: readonly Duty[] = [
  {
    key: 'letter.duty.toSign',
    roles: ['TOWN_OFFICE', 'STATION', 'ENTERPRISE'],
    to: '/letters?stage=ISSUED',
    count: counting({ stage: { eq: 'ISSUED' } }),
  },
  { key: 'letter.duty.toFile', roles: ['STATION'], to: '/letters?unfiled=STATION', count: counting(unfiled('STATION')) },
  { key: 'letter.duty.toFile', roles: ['TOWN_OFFICE'], to: '/letters?unfiled=TOWN', count: counting(unfiled('TOWN')) },
  {
    key: 'letter.duty.resign',
    roles: ['TOWN_OFFICE', 'STATION', 'ENTERPRISE'],
    to: '/letters?resign=1',
    alarming: true,
    count: counting({ resign: { eq: true }, stage: { in: ['ISSUED', 'DELIVERED', 'COMPLETE'] } }),
  },
]
