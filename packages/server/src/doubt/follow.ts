import { follows } from '../shared/act.js'
import { entryOf } from '../shared/entry.js'
import { run } from '../shared/run.js'
import { Doubt, DoubtSample } from './doubt.entity.js'
import { gatherChecks, gatherHazards } from './gather.js'
import { keepDoubts } from './keep.js'
import { doubtRules } from './rules.js'

/** What the towns' own beginnings write they write whole; a ledger's past is nobody's haste. */
const WHOLE = ['seed', 'ledgerImport']
const AT_ONCE = 200

/** A self-check that is sent and a rectification that is submitted are judged in the act that brings them. */
follows(async (doing, entries, { now }, name) => {
  if (WHOLE.includes(name)) return
  const checks = entries.flatMap(({ thing, record, diff }) =>
    thing === 'Check' && diff['number']?.[0] === null && diff['kind']?.[1] === 'SELF_CHECK' ? [record] : [],
  )
  const hazards = [...new Set(entries.flatMap(({ thing, record, diff }) => (thing === 'Hazard' && diff['submittedAt']?.[1] ? [record] : [])))]
  if (!checks.length && !hazards.length) return
  const rules = await doubtRules(doing.em)
  for (let i = 0; i < checks.length; i += AT_ONCE) await keepDoubts(doing, name, await gatherChecks(doing.em, checks.slice(i, i + AT_ONCE)), rules, now)
  for (let i = 0; i < hazards.length; i += AT_ONCE) await keepDoubts(doing, name, await gatherHazards(doing.em, hazards.slice(i, i + AT_ONCE)), rules, now)
})

/** An enterprise that moves takes its scores along, which stand under no enterprise for the scope. */
follows(async (doing, entries, _acting, name) => {
  for (const { thing, record, diff, division } of entries) {
    if (thing !== 'Enterprise' || !(diff['division']?.[0] || (diff['station'] && diff['name']?.[0] !== null))) continue
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
})
