import type { SqlEntityManager } from '@mikro-orm/sql'
import { type Act, type Acting, follows } from '../shared/act.js'
import { instant } from '../shared/days.js'
import type { Entry } from '../shared/log.js'
import { run } from '../shared/run.js'
import { inScope } from '../shared/scope.js'
import { StandIn } from './delegation.entity.js'
import { MOST_SAID, type SaidItem } from './message.js'
import { type Enqueued, enqueue, wakeOutbox } from './outbox.js'
import type { ReminderKind } from './reminder.entity.js'

interface HookRow {
  id: string
  audience: string
  division: string
  station: string | null
  kinds: string
}

/** 代办: what was done in somebody's stead is kept with the log, under the request. */
follows(({ em }, entries, { actor, now, request }, name) => {
  if (!actor?.standIn || !entries.length) return
  const { delegation, principal } = actor.standIn
  em.persist(Object.assign(new StandIn(), { request, act: name, principal, delegate: actor.id, delegation, createdAt: instant(now) }))
  return Promise.resolve()
}, 95)

/** Whatever writes a reminder puts it into the outbox of the hooks it is for, in the same transaction. */
follows((doing, entries, acting) => {
  // What is entered later than it happened (imports, the demo's past) is no news.
  const fresh = entries.filter(({ thing, diff, at }) => thing === 'Reminder' && !at && diff['kind']?.[0] === null && !diff['person']?.[1])
  return fresh.length ? toHooks(doing, fresh, acting) : undefined
})

async function toHooks(doing: Act, fresh: readonly Entry[], { now }: Acting): Promise<void> {
  // Past the actor's own scope: whoever finds a major hazard does not see the hook of the station.
  const hooks = await run<HookRow>(doing.em, 'select id, audience, division, station, kinds from hook where ended_at is null order by id')
  if (!hooks.length) return
  const numbers = await numbersOf(doing.em, fresh)
  const all = hooks.flatMap((hook) => ofHook(hook, fresh, numbers))
  if (!all.length) return
  await enqueue(doing.em, all, now)
  doing.after(wakeOutbox)
}

function ofHook({ id, audience, division, station, kinds }: HookRow, fresh: readonly Entry[], numbers: ReadonlyMap<string, string>): Enqueued[] {
  const scope = { division, ...(station ? { station } : {}) }
  const items = fresh.flatMap(({ diff, division: at, station: by }): SaidItem[] => {
    const kind = diff['kind']![1] as ReminderKind
    if (diff['audience']?.[1] !== audience || !inScope(scope, { division: at, station: by }) || (kinds && !kinds.split(' ').includes(kind))) return []
    const number = numbers.get(String(diff['hazard']?.[1]))
    return [{ kind, day: String(diff['day']![1]), ...(number ? { number } : {}) }]
  })
  return items.length ? [{ hook: id, division, station, said: { items: items.slice(0, MOST_SAID), total: items.length } }] : []
}

async function numbersOf(em: SqlEntityManager, fresh: readonly Entry[]): Promise<Map<string, string>> {
  const ids = [...new Set(fresh.flatMap(({ diff }) => (diff['hazard']?.[1] ? [String(diff['hazard'][1])] : [])))]
  if (!ids.length) return new Map()
  const rows = await run<{ id: string; number: string }>(em, `select id, number from hazard where id in (${ids.map(() => '?').join(', ')})`, ids)
  return new Map(rows.map(({ id, number }) => [id, number]))
}
