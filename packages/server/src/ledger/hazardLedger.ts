import { Hazard } from '../hazard/hazard.entity.js'
import { nextNumber } from '../hazard/found.js'
import { insertMany, type NewRow } from '../shared/bulk.js'
import { monthOf } from '../shared/days.js'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { HazardField } from './hazardColumns.js'
import { entered, progressOf } from './hazardHistory.js'
import { type HazardSaid, readHazard } from './hazardRow.js'
import { judgeHazards, yearOf } from './judgeHazards.js'
import { eachRow, type Ledger, recordsOf } from './ledger.js'
import { HAZARD_LEDGER } from './shapes.js'
import { directoryOf, hazardsOf, placesOf } from './town.js'
import type { Accepted } from './verdict.js'

export const hazardLedger: Ledger<HazardField, HazardSaid> = {
  kind: 'hazards',
  shape: HAZARD_LEDGER,

  async judge(table, { query, town, today, tick }) {
    const places = await placesOf(query, town, today)
    const context = { places, directory: await directoryOf(query, town), today, year: yearOf(table.title) }
    const reads = await eachRow(table.rows, (row) => readHazard(row, context), tick)
    const known = await hazardsOf(query, town, [...new Set(reads.flatMap((read) => read.said?.fingerprint ?? []))])
    return judgeHazards(reads, known)
  },

  async write(accepted, { act, now, tick }) {
    const created = accepted.filter((row) => row.outcome === 'created')
    const numbers = await numbered(act.em, created)
    await insertMany(
      act,
      'ledgerImport',
      Hazard,
      created.map((row, i): NewRow => ({ ...entered(row.facts, now), number: numbers[i] })),
    )
    const changed = accepted.filter((row) => row.outcome === 'updated')
    const byId = await recordsOf(
      act.em,
      Hazard,
      changed.map((row) => row.existing!),
    )
    for (const row of changed) Object.assign(byId.get(row.existing!)!, progressOf(row.facts))
    await tick(accepted.length)
  },
}

/** A number for each, in the order of the ledger, taken from its month and village (domain.md §4.7). */
async function numbered(em: SqlEntityManager, rows: readonly Accepted<HazardSaid>[]): Promise<string[]> {
  const series = new Map<string, Accepted<HazardSaid>[]>()
  for (const row of rows) {
    const key = `${monthOf(row.facts.foundOn)} ${row.facts.division}`
    series.set(key, [...(series.get(key) ?? []), row])
  }
  const given = new Map<Accepted<HazardSaid>, string>()
  for (const [, all] of [...series].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { foundOn, division } = all[0]!.facts
    const number = await nextNumber(em, foundOn, division, all.length)
    all.forEach((row, i) => given.set(row, number(i)))
  }
  return rows.map((row) => given.get(row)!)
}
