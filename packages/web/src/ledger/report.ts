/** What the server says of a ledger; see the server's ledger/report.ts. */
export type LedgerKind = 'enterprises' | 'hazards'
export type Outcome = 'created' | 'updated' | 'unchanged' | 'error'
export interface Verdict {
  row: number
  outcome: Outcome
  title: string
  field?: string
  message?: string
  suggestion?: string
  also?: { field: string; message: string; suggestion?: string }[]
}
export interface LedgerReport {
  kind: LedgerKind
  fileName: string
  digest: string
  sheet: string
  otherSheets: string[]
  headerRow: number
  columns: { field: string; label: string; header: string }[]
  ignoredColumns: string[]
  created: number
  updated: number
  unchanged: number
  errors: number
  written: boolean
  rows: Verdict[]
}
export interface Progress {
  phase: 'SENDING' | 'READING' | 'JUDGING' | 'WRITING'
  done: number
  total: number
}

/** Accepted rows that change something when the file is taken. */
export const toWrite = (report: LedgerReport) => report.created + report.updated
