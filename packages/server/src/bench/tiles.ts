import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { type Finding, quantile, round, timed } from './measure.js'
import type { Rig } from './rig.js'
import { boardLink } from './boardLink.js'
import { type Moment, ROOM_TILES, type Tile, TILES } from './wallTiles.js'

const COLD_MS = 300
const WARM_MS = 50
const STARTS = 4
const WARM = 20
const TERRITORIES = ['350524106', '350524']

interface Asked {
  cold: number[]
  warm: number[]
}

/**
 * TILES: whatever a wall or its room asks for, of a town and of the county, first thing in a process that has just
 * started, and again; p95 ÷ 300 ms and ÷ 50 ms, the worst of them.
 */
export async function tiles(rig: Rig): Promise<Finding> {
  const times = new Map<string, Asked>()
  for (const division of TERRITORIES) {
    const link = await boardLink(rig, division)
    const moment = await momentOf(rig, link, division)
    const { boardWall } = await rig.ask<{ boardWall: { room: string } }>(link, '{ boardWall { room } }')
    const all = [...TILES.map((tile) => ({ tile, token: link })), ...ROOM_TILES.map((tile) => ({ tile, token: boardWall.room }))]
    for (let start = 0; start < STARTS; start++) {
      await rig.restart()
      await pause(300) // what it does by itself on starting
      for (const { tile, token } of all.toSorted(() => Math.random() - 0.5)) {
        const { cold, warm } = of(times, `${division.length > 6 ? 'town' : 'county'} ${tile.name}`)
        cold.push(await asked(rig, token, tile, moment))
        for (let i = 0; i < (start ? (tile.always ? 2 : WARM / (STARTS - 1)) : 0); i++) (tile.always ? cold : warm).push(await asked(rig, token, tile, moment))
      }
    }
  }
  const judged = [...times].map(([name, { cold, warm }]) => ({ name, cold: quantile(cold, 0.95), warm: warm.length ? quantile(warm, 0.95) : NaN }))
  const worst = Math.max(...judged.flatMap(({ cold, warm }) => [cold / COLD_MS, ...(warm >= 0 ? [warm / WARM_MS] : [])]))
  const said = judged.map(({ name, cold, warm }) => `${name} ${Math.round(cold)}${warm >= 0 ? ` then ${warm.toFixed(1)}` : ''}`)
  return {
    ...{ id: 'TILES', engine: rig.engine, rows: rig.rows, ratio: round(worst), target: 1 },
    note: `at most; p95 in ms of ${COLD_MS} from cold, then of ${WARM_MS}: ${said.join('; ')}; ${STARTS} starts, load ${loadavg()[0]!.toFixed(1)}`,
  }
}

const asked = (rig: Rig, token: string, { query, variables }: Tile, moment: Moment) => timed(() => rig.ask(token, query, variables(moment)))

function of(times: Map<string, Asked>, name: string): Asked {
  let known = times.get(name)
  if (!known) times.set(name, (known = { cold: [], warm: [] }))
  return known
}

async function momentOf(rig: Rig, link: string, division: string): Promise<Moment> {
  const { boardFirms } = await rig.ask<{ boardFirms: { id: string; place: string; plans: number }[] }>(link, '{ boardFirms { id place plans } }')
  const firm = boardFirms.find(({ plans }) => plans) ?? boardFirms[0]!
  const now = Date.now()
  return {
    ...{ firm: firm.id, place: firm.place.slice(0, division.length + 3), since: new Date(now - 2 * 3_600_000).toISOString() },
    past: () => new Date(now - Math.floor(Math.random() * 30 * 86_400_000) - 120_000).toISOString(),
  }
}
