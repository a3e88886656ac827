/** How an answer is shown; saved with the question as its `chart`. */
export type LookKind = 'TABLE' | 'PIVOT' | 'LINE' | 'BAR' | 'PIE' | 'MAP' | 'JSON'
export interface Look {
  kind: LookKind
  /** The column that makes the rows of a pivot, the categories of a chart or the places of a map. */
  rows?: string
  /** The column whose values stand side by side. */
  columns?: string
  measure?: string
}
export const LOOKS: readonly LookKind[] = ['TABLE', 'PIVOT', 'LINE', 'BAR', 'PIE', 'MAP', 'JSON']

export function readLook(text: string | null | undefined): Look {
  try {
    const given = JSON.parse(text ?? '') as Partial<Look> | null
    if (given && LOOKS.includes(given.kind as LookKind)) return given as Look
  } catch {
    // What another program has saved there is no look of ours.
  }
  return { kind: 'TABLE' }
}
