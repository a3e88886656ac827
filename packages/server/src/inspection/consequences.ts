import { LockMode } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { type Act, follows } from '../shared/act.js'
import { dayOf } from '../shared/days.js'
import type { Entry } from '../shared/log.js'
import { Clearance } from './clearance.entity.js'
import { planTasks } from './planTasks.js'

/** What the towns' own beginnings write they write whole. */
const WHOLE = ['seed']
const AT_ONCE = 400

/** A list that is made, changed or ended, and an enterprise that closes, change at once what is due. */
follows((doing, entries, { now }, name) => {
  if (WHOLE.includes(name)) return
  const owed = entries.filter(
    ({ thing, diff }) =>
      (thing === 'Checklist' && ('frequency' in diff || 'startsOn' in diff || 'endedOn' in diff)) || (thing === 'Enterprise' && 'closedOn' in diff),
  )
  const enterprises = [...new Set(owed.map(({ thing, record, enterprise }) => (thing === 'Enterprise' ? record : enterprise!)))]
  return enterprises.length ? planTasks(doing, name, enterprises, dayOf(now), now) : undefined
})

/** A hazard that comes to light later supersedes every certificate whose period it was found in, in the act that reports it. */
follows((doing, entries, { now }) => {
  const found = entries.filter(({ thing, diff }) => thing === 'Hazard' && diff['foundOn']?.[0] === null && diff['stage']?.[1] !== 'VOID')
  return found.length ? supersedeAll(doing, found, now) : undefined
})

async function supersedeAll(doing: Act, found: readonly Entry[], now: Date): Promise<void> {
  for (let i = 0; i < found.length; i += AT_ONCE) await supersede(doing, found.slice(i, i + AT_ONCE), now)
}

async function supersede({ em }: Act, found: readonly Entry[], now: Date): Promise<void> {
  const enterprises = [...new Set(found.map(({ enterprise }) => enterprise!))].sort()
  await em.find(Enterprise, { id: { $in: enterprises } }, { filters: false, lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' }, fields: ['id'] })
  const issued = await em.find(Clearance, { enterprise: { $in: enterprises }, supersededAt: null }, { filters: false })
  for (const clearance of issued) {
    const later = found.find(({ enterprise, diff, at }) => {
      const day = String(diff['foundOn']![1])
      return enterprise === clearance.enterprise.id && day >= clearance.fromOn && day <= clearance.toOn && (!at || at >= clearance.issuedAt)
    })
    if (!later) continue
    clearance.supersededAt = later.at ?? now.toISOString()
    clearance.supersededBy = em.getReference(Hazard, later.record, { wrapped: true })
  }
}
