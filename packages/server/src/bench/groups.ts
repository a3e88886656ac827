import type { PlainRow } from '../shared/read/reader.js'
import { compared } from './compare.js'
import { inside } from './inside.js'
import type { Finding } from './measure.js'
import type { Rig } from './rig.js'

/** Figures of every trade and month: what an analyst asks again and again. */
export const GROUPS = `{ hazards { groups(limit: 1000) { nodes { key { enterprise { trade } month: foundOn(by: MONTH) } count sum { costFen } } } } }`
const BARE_GROUPS = `select e.trade as trade, substr(h.found_on, 1, 7) as month, count(*) as n, sum(h.cost_fen) as cost
  from hazard h left join enterprise e on e.id = h.enterprise_id group by e.trade, substr(h.found_on, 1, 7) order by 1 nulls first, 2 nulls first limit 1001`

/** P3: groups over every hazard ÷ the same SQL by hand, sent the same way (a heavy statement never runs on the thread that serves). */
export async function groups(rig: Rig): Promise<Finding> {
  const graph = await inside(rig)
  try {
    const theirs = async () => {
      const rows = await graph.store.reader.heavy.all(BARE_GROUPS, [])
      return JSON.stringify({ data: { hazards: { groups: { nodes: rows.map(shaped) } } } })
    }
    const rounds = rig.rows > 200_000 ? 10 : 40
    return await compared(rig, { id: 'P3', target: 1.15, rounds, ours: () => graph.ask(GROUPS), theirs, note: 'trade × month' })
  } finally {
    await graph.close()
  }
}

const shaped = ({ trade, month, n, cost }: PlainRow) => ({
  ...{ key: { enterprise: { trade: trade ?? null }, month }, count: Number(n), sum: { costFen: cost == null ? null : Number(cost) } },
})
