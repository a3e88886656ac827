import { type Act, follows } from '../shared/act.js'
import { instant } from '../shared/days.js'
import { entryOf } from '../shared/entry.js'
import { run } from '../shared/run.js'
import type { HazardStage } from '../hazard/terms.js'
import { PublicReport, publicStageOf } from './publicReport.entity.js'
import { OVER, type PublicStage } from './terms.js'

const AT_ONCE = 400
type Row = { id: string; stage: PublicStage; hazard: string; division: string; station: string | null; closed: string | null }

/**
 * A report goes where its hazard goes, in the act that moves it. Past the unit of work: who closes a hazard may be an
 * enterprise's own people, who have no part in the report.
 */
follows((doing, entries, { now }, name) => {
  const moved = new Map(entries.flatMap(({ thing, record, diff }) => (thing === 'Hazard' && diff['stage'] ? [[record, diff['stage'][1] as HazardStage]] : [])))
  return moved.size ? goAlong(doing, name, moved, now) : undefined
})

async function goAlong(doing: Act, name: string, moved: ReadonlyMap<string, HazardStage>, now: Date): Promise<void> {
  const ids = [...moved.keys()]
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const some = ids.slice(i, i + AT_ONCE)
    const rows = await run<Row>(
      doing.em,
      `select id, stage, hazard_id as hazard, division, station, closed_at as closed from public_report where hazard_id in (${some.map(() => '?').join(', ')}) order by id`,
      some,
    )
    for (const row of rows) {
      const stage = publicStageOf(moved.get(row.hazard)!)
      if (stage === row.stage) continue
      const closedAt = OVER.includes(stage) ? instant(now) : null
      await run(doing.em, 'update public_report set stage = ?, closed_at = ?, version = version + 1 where id = ?', [stage, closedAt, row.id])
      const { id, division, station } = row
      const entry = entryOf(
        PublicReport,
        name,
        { id, division, station, stage: row.stage, closedAt: row.closed },
        { id, division, station, stage, closedAt },
        { stage, closedAt },
      )
      if (entry) doing.log([entry])
    }
  }
}
