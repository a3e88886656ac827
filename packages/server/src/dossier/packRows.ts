import { createHash } from 'node:crypto'
import type { SignedIn } from '../shared/context.js'
import type { ThingClass } from '../shared/datum.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { PlainRow } from '../shared/read/reader.js'
import { scopeSql } from '../shared/read/reading.js'
import { Accident } from './accident.entity.js'
import { Certificate } from './certificate.entity.js'
import { DossierDocument } from './document.entity.js'
import { Drill } from './drill.entity.js'
import { Equipment } from './equipment.entity.js'
import { cellOf, type Column, SHEETS } from './packCells.js'
import { PackSheet, PackVerdict } from './pack.entity.js'
import { TrainingRecord } from './training.entity.js'
import { ZeroReport } from './zeroReport.entity.js'

const TARGETS: Record<PackSheet, ThingClass> = {
  ...{ ENTERPRISE: Enterprise, DOCUMENT: DossierDocument, TRAINING: TrainingRecord, EQUIPMENT: Equipment },
  ...{ CERTIFICATE: Certificate, DRILL: Drill, ACCIDENT: Accident, ZERO_REPORT: ZeroReport },
}

/** One line of a sheet, as it is now. */
export interface Line {
  sheet: PackSheet
  record: string
  enterprise: string
  division: string
  station: string | null
  summary: string
  live: boolean
  cells: (string | number | null)[]
  digest: string
}

/** Before the mapped columns: by what the receipt names the line, and whether the record still holds. */
export const OWN_COLUMNS = ['记录编号', '记录状态'] as const

/** Every record of the asker's scope, read one after the other, with the cells of its mapped columns. */
export async function* linesNow(ctx: SignedIn, columns: ReadonlyMap<PackSheet, readonly Column[]>): AsyncGenerator<Line> {
  for (const [sheet, wanted] of columns) {
    const { table, live, codes, summary } = SHEETS[sheet]
    const within = scopeSql(TARGETS[sheet], 't', ctx.actor.scope)
    const own = sheet === PackSheet.ENTERPRISE ? 'e.id = t.id' : 'e.id = t.enterprise_id'
    const picked = wanted.map(({ code }) => `${codes[code]!.sql} as "${code}"`)
    const text = `select t.id as record_id, e.id as enterprise_id, t.division as row_division, t.station as row_station, ${summary} as row_summary, case when ${live} then 1 else 0 end as row_live${picked.map((one) => `, ${one}`).join('')}
      from ${table} t join enterprise e on ${own} where ${within.sql} order by t.id`
    for await (const row of ctx.reader.stream(text, within.params)) yield lineOf(sheet, wanted, row)
  }
}

function lineOf(sheet: PackSheet, columns: readonly Column[], row: PlainRow): Line {
  const live = Number(row['row_live']) === 1
  const cells = [live ? '有效' : sheet === PackSheet.ENTERPRISE ? '停业' : '作废', ...columns.map((column) => cellOf(sheet, column, row))]
  return {
    ...{ sheet, record: String(row['record_id']), enterprise: String(row['enterprise_id']), division: String(row['row_division']) },
    ...{ station: (row['row_station'] as string | null) ?? null, summary: String(row['row_summary'] ?? '').slice(0, 200), live, cells },
    digest: createHash('sha256')
      .update(JSON.stringify([columns.map(({ title }) => title), cells]))
      .digest('hex'),
  }
}

/** What the last pack that held a record said of it, and what the platform answered; of the packs of the same office. */
export async function sentBefore(ctx: SignedIn): Promise<Map<string, { digest: string; refused: boolean }>> {
  const { scope } = ctx.actor
  const sql = `select r.record, r.digest, r.verdict from export_pack_row r join export_pack p on p.id = r.pack_id where p.division = ? and coalesce(p.station, '') = ? order by p.created_at, p.id`
  const sent = new Map<string, { digest: string; refused: boolean }>()
  for await (const row of ctx.reader.stream(sql, [scope.division, scope.station ?? '']))
    sent.set(String(row['record']), { digest: String(row['digest']), refused: row['verdict'] === PackVerdict.REFUSED })
  return sent
}
