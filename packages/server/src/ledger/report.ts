import type { LedgerKind } from './ledger.js'

/** What a workbook can be taken for: one of the town's ledgers, or the items of a norm. */
export type ReportKind = LedgerKind | 'normItems'
import type { Table } from './table.js'
import type { Outcome, Verdict } from './verdict.js'
import { oneLine } from './words.js'

/** What a person is told about a ledger, in the app and on the command line. */
export interface LedgerReport {
  kind: ReportKind
  fileName: string
  digest: string
  sheet: string
  otherSheets: string[]
  headerRow: number
  /** What stands above the columns, from the first on. */
  headers: (string | null)[]
  columns: { field: string; label: string; header: string }[]
  ignoredColumns: string[]
  created: number
  updated: number
  unchanged: number
  errors: number
  /** False for a preview, and for a file with refused rows that was not to be taken in part. */
  written: boolean
  rows: Verdict[]
}

export function reportOf(
  kind: ReportKind,
  fileName: string,
  digest: string,
  table: Table<string>,
  verdicts: readonly Verdict[],
  written: boolean,
): LedgerReport {
  const many = (outcome: Outcome) => verdicts.filter((verdict) => verdict.outcome === outcome).length
  const { header } = table
  const taken = new Set([...header.fields.values()].map(({ index }) => index))
  return {
    kind,
    fileName,
    digest,
    sheet: table.sheet,
    otherSheets: table.otherSheets,
    headerRow: header.row,
    headers: Array.from(header.texts, (text) => (text ? oneLine(text) : null)),
    columns: [...header.fields]
      .sort(([, a], [, b]) => a.index - b.index)
      .map(([field, { text }]) => ({ field, label: table.labels.get(field) ?? field, header: text })),
    ignoredColumns: header.texts.flatMap((text, index) => (text && !taken.has(index) ? [oneLine(text)] : [])),
    created: many('created'),
    updated: many('updated'),
    unchanged: many('unchanged'),
    errors: many('error'),
    written,
    rows: verdicts.map(({ row, outcome, title, field, message, suggestion, also }) => ({
      row,
      outcome,
      title,
      ...(field ? { field } : {}),
      ...(message ? { message } : {}),
      ...(suggestion ? { suggestion } : {}),
      ...(also ? { also } : {}),
    })),
  }
}
