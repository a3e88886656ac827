import type { SignedIn } from '../shared/context.js'
import type { Duty } from '../shared/duty.js'
import { count } from '../shared/read/list.js'
import { DoubtSample } from './doubt.entity.js'

export const DOUBT_DUTIES: readonly Duty[] = [
  {
    key: 'doubt.duty.toLook',
    roles: ['STATION', 'TOWN_OFFICE'],
    to: '/doubt-samples?waiting=1',
    // The town office looks after those that no station looks after.
    count: (context: SignedIn) =>
      count(DoubtSample, context, { verdict: { isNull: true }, ...(context.actor.role === 'TOWN_OFFICE' ? { station: { isNull: true } } : {}) }),
  },
]
