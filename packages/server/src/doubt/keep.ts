import { v7 as uuid } from 'uuid'
import type { Act } from '../shared/act.js'
import { instant } from '../shared/days.js'
import { entryOf } from '../shared/entry.js'
import { insertRows } from '../shared/insertRows.js'
import { isSqlite, run } from '../shared/run.js'
import { Doubt } from './doubt.entity.js'
import type { Gathered } from './gather.js'
import { judge, type Judged } from './judge.js'
import type { DoubtRules } from './rules.js'

type Kept = { id: string; score: number; doubtful: boolean | number; reasons: string; rules: string }

/** What a judgement writes into a row. */
export const spoken = ({ score, reasons }: Judged, rules: DoubtRules) => ({
  score,
  doubtful: score >= rules.line,
  reasons: reasons.map(({ said }) => said).join('；'),
  rules: reasons.map(({ rule }) => rule).join(' '),
})

/**
 * Judges and keeps. Past the unit of work, for the enterprise's people, in whose act this follows, have no part in it; the
 * log has an entry of each as of everything else. Judged again without a change, nothing is written.
 */
export async function keepDoubts(doing: Act, name: string, gathered: readonly Gathered[], rules: DoubtRules, now: Date): Promise<number> {
  let changed = 0
  for (const one of gathered) {
    const { of, place, textKey } = one
    const [known] = await run<Kept>(
      doing.em,
      `select id, score, doubtful, reasons, rules from doubt where ${of.hazard ? 'hazard_id = ? and round = ?' : 'check_id = ? and round = ?'}`,
      [of.hazard ?? of.check, of.round],
    )
    const said = spoken(judge({ ...one.entry, ...(await occurrences(doing, one, known?.id)) }, rules), rules)
    if (known && known.score === said.score && known.reasons === said.reasons && !!known.doubtful === said.doubtful) continue
    changed++
    const judgedAt = instant(now)
    if (known) await change(doing, name, one, known, { ...said, judgedAt })
    else {
      const row = {
        ...{ id: uuid(), version: 1, createdAt: instant(now), ...of, ...place, ...said, judgedAt },
      }
      await insertRows(doing.em, 'doubt', COLUMNS, [columnsOf(row, textKey, isSqlite(doing.em))])
      const entry = entryOf(Doubt, name, undefined, row)
      if (entry) doing.log([entry])
    }
  }
  return changed
}

async function change(doing: Act, name: string, { place }: Gathered, known: Kept, now: ReturnType<typeof spoken> & { judgedAt: string }): Promise<void> {
  const { id } = known
  const values = [now.score, isSqlite(doing.em) ? Number(now.doubtful) : now.doubtful, now.reasons, now.rules, now.judgedAt]
  await run(doing.em, 'update doubt set score = ?, doubtful = ?, reasons = ?, rules = ?, judged_at = ?, version = version + 1 where id = ?', [...values, id])
  const entry = entryOf(Doubt, name, { ...place, ...known, doubtful: !!known.doubtful }, { id, ...place, ...now }, now)
  if (entry) doing.log([entry])
}

/** Other enterprises with these words, and how often the same person has written them before. */
async function occurrences(doing: Act, { textKey, place, of }: Gathered, own: string | undefined): Promise<{ others: number; repeats: number }> {
  if (!textKey) return { others: 0, repeats: 0 }
  const [row] = await run<{ others: number | string; repeats: number | string }>(
    doing.em,
    `select count(distinct case when enterprise_id <> ? then enterprise_id end) as others,
     count(case when written_by = ? and (cast(? as text) is null or id < ?) then 1 end) as repeats from doubt where text_key = ?`,
    [place.enterprise, of.writtenBy ?? '', own ?? null, own ?? '', textKey],
  )
  return { others: Number(row!.others), repeats: Number(row!.repeats) }
}

const COLUMNS = [
  ...(['id', 'version', 'created_at', 'kind', 'check_id', 'hazard_id', 'round', 'enterprise_id', 'division', 'station', 'written_by'] as const),
  ...(['done_on', 'judged_at', 'score', 'doubtful', 'reasons', 'rules', 'text_key'] as const),
]
interface NewRow extends ReturnType<typeof spoken> {
  id: string
  version: number
  createdAt: string
  kind: string
  check?: string
  hazard?: string
  round: number
  enterprise: string
  division: string
  station?: string
  writtenBy?: string
  doneOn: string
  judgedAt: string
}
const columnsOf = (row: NewRow, textKey: string | undefined, sqlite: boolean): Record<(typeof COLUMNS)[number], unknown> => ({
  ...{ id: row.id, version: row.version, created_at: row.createdAt, kind: row.kind, check_id: row.check, hazard_id: row.hazard, round: row.round },
  ...{ enterprise_id: row.enterprise, division: row.division, station: row.station, written_by: row.writtenBy, done_on: row.doneOn, judged_at: row.judgedAt },
  ...{ score: row.score, doubtful: sqlite ? Number(row.doubtful) : row.doubtful, reasons: row.reasons, rules: row.rules, text_key: textKey },
})
