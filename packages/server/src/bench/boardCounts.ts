import { BoardFeed } from '../board/feed.js'
import { readConfig } from '../config.js'
import { dayOf } from '../shared/days.js'
import { figuresBy } from '../statistics/figures.js'
import { openStore } from '../store.js'
import { compared } from './compare.js'
import type { Finding } from './measure.js'
import type { Rig } from './rig.js'

const COUNTY = { division: '350524' }

/** P4: a board from its counters, brought up to date from the log ÷ the group-bys that it would take without them. */
export async function boardCounts(rig: Rig): Promise<Finding> {
  const store = await openStore(readConfig(rig.env))
  try {
    const feed = new BoardFeed(store.reader, COUNTY, () => new Date())
    const ours = async () => {
      const { total, closed, open, overdue, rectificationRate, onTimeRate, stations } = await feed.current()
      return JSON.stringify({ total, closed, open, overdue, rectificationRate, onTimeRate, stations: stations.filter(({ found }) => found).length })
    }
    const theirs = async () => {
      const today = dayOf(new Date())
      const [total] = await figuresBy(store.reader, COUNTY, 'TOTAL', today)
      await figuresBy(store.reader, COUNTY, 'TOWN', today)
      const stations = await figuresBy(store.reader, COUNTY, 'STATION', today)
      const { found, closed, open, overdue, rectificationRate, onTimeRate } = total!
      return JSON.stringify({ total: found, closed, open, overdue, rectificationRate, onTimeRate, stations: stations.filter((one) => one.found).length })
    }
    return await compared(rig, { id: 'P4', target: 0.02, rounds: rig.rows > 200_000 ? 5 : 20, ours, theirs, note: 'the county’s board' })
  } finally {
    await store.close()
  }
}
