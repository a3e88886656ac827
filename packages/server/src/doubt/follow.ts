import { type Act, follows } from '../shared/act.js'
import { entryOf } from '../shared/entry.js'
import type { Entry } from '../shared/log.js'
import { run } from '../shared/run.js'
import { Doubt, DoubtSample } from './doubt.entity.js'
import { gatherChecks, gatherHazards } from './gather.js'
import { keepDoubts } from './keep.js'
import { doubtRules } from './rules.js'

/** What the towns' own beginnings write they write whole; a ledger's past is nobody's haste. */
const WHOLE = ['seed', 'ledgerImport']
const AT_ONCE = 200

/** A self-check that is sent and a rectification that is submitted are judged in the act that brings them. */
follows((doing, entries, { now }, name) => {
  if (WHOLE.includes(name)) return
  const checks = entries.flatMap(({ thing, record, diff }) =>
    thing === 'Check' && diff['number']?.[0] === null && diff['kind']?.[1] === 'SELF_CHECK' ? [record] : [],
  )
  const hazards = [...new Set(entries.flatMap(({ thing, record, diff }) => (thing === 'Hazard' && diff['submittedAt']?.[1] ? [record] : [])))]
  return checks.length || hazards.length ? judge(doing, name, { checks, hazards }, now) : undefined
})

async function judge(doing: Act, name: string, { checks, hazards }: Record<'checks' | 'hazards', string[]>, now: Date): Promise<void> {
  const rules = await doubtRules(doing.em)
  for (let i = 0; i < checks.length; i += AT_ONCE) await keepDoubts(doing, name, await gatherChecks(doing.em, checks.slice(i, i + AT_ONCE)), rules, now)
  for (let i = 0; i < hazards.length; i += AT_ONCE) await keepDoubts(doing, name, await gatherHazards(doing.em, hazards.slice(i, i + AT_ONCE)), rules, now)
}

/** An enterprise that moves takes its scores along, which stand under no enterprise for the scope. */
follows((doing, entries, _acting, name) => {
  const moved = entries.filter(({ thing, diff }) => thing === 'Enterprise' && (diff['division']?.[0] || (diff['station'] && diff['name']?.[0] !== null)))
  return moved.length ? takeAlong(doing, name, moved) : undefined
})

async function takeAlong(doing: Act, name: string, moved: readonly Entry[]): Promise<void> {
  for (const { record, division } of moved) {
    const [firm] = await run<{ division: string; station: string | null }>(doing.em, 'select division, station from enterprise where id = ?', [record])
    if (!firm || !division) continue
    for (const [target, table] of [
      [Doubt, 'doubt'],
      [DoubtSample, 'doubt_sample'],
    ] as const) {
      const rows = await run<{ id: string; division: string; station: string | null }>(
        doing.em,
        `select id, division, station from ${table} where enterprise_id = ? and (division <> ? or coalesce(station, '') <> ?) order by id`,
        [record, firm.division, firm.station ?? ''],
      )
      if (!rows.length) continue
      await run(doing.em, `update ${table} set division = ?, station = ?, version = version + 1 where enterprise_id = ?`, [firm.division, firm.station, record])
      doing.log(rows.flatMap((row) => entryOf(target, name, row, { id: row.id, ...firm }, firm) ?? []))
    }
  }
}
