import type { RiskColor } from '../risk/terms.js'
import { follows } from '../shared/act.js'
import { dayOf } from '../shared/days.js'
import { fulfil } from './fulfil.js'
import { planVisits } from './planVisits.js'

/** What the towns' own beginnings write they write whole; the plan's own acts need no second one. */
const WHOLE = ['seed', 'visitsPlan', 'frequencyPublish']

/** A check that is recorded does its visit, in the act that records it: over the cap it is refused there. */
follows(({ em }, entries, { now }, name) => {
  if (WHOLE.includes(name)) return
  const checks = entries.filter(({ thing, diff }) => thing === 'Check' && diff['kind']?.[0] === null).map(({ record }) => record)
  return checks.length ? fulfil(em, checks, now) : undefined
})

/** An enterprise's colour, trade, station or end changes its visits to come at once. A new one waits for the daily job. */
follows((doing, entries, { now }, name) => {
  if (WHOLE.includes(name)) return
  const before = new Map<string, RiskColor | undefined>()
  const firms = new Set<string>()
  for (const { thing, record, diff, enterprise } of entries) {
    if (thing === 'RiskStanding' && diff['effective']) {
      firms.add(enterprise!)
      const was = diff['effective'][0] as RiskColor | null
      if (!before.has(enterprise!)) before.set(enterprise!, was ?? undefined)
    }
    if (thing === 'Enterprise' && !diff['createdAt'] && ['closedOn', 'trade', 'station'].some((one) => one in diff)) firms.add(record)
  }
  return firms.size ? planVisits(doing, name, { enterprises: [...firms].sort(), day: dayOf(now), before }, now) : undefined
})
