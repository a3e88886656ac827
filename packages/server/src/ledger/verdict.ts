/** What is wrong with a row, in the clerk's own words for the column. */
export interface Fault {
  field: string
  message: string
  suggestion?: string
}
export type Outcome = 'created' | 'updated' | 'unchanged' | 'error'

/** What the ledger's reader has decided about one row of the file. */
export interface Verdict {
  /** Excel's number of the row. */
  row: number
  outcome: Outcome
  /** What the row is about, for a list of verdicts. */
  title: string
  field?: string
  message?: string
  suggestion?: string
  /** Further faults of the same row. */
  also?: Fault[]
}

/** A row that can be written: what it would do to which record. */
export interface Accepted<Facts> extends Verdict {
  outcome: Exclude<Outcome, 'error'>
  facts: Facts
  /** The record that is already there. */
  existing?: string
}
export type Judged<Facts> = Accepted<Facts> | (Verdict & { outcome: 'error' })
export const isAccepted = <Facts>(judged: Judged<Facts>): judged is Accepted<Facts> => judged.outcome !== 'error'

export function refused(row: number, title: string, faults: readonly Fault[]): Verdict & { outcome: 'error' } {
  const [first, ...also] = faults
  return { row, outcome: 'error', title, ...first!, ...(also.length ? { also } : {}) }
}
