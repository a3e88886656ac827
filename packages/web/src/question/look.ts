/** How an answer is shown; saved with the question as its `chart`. */
export type LookKind = 'TABLE' | 'PIVOT' | 'LINE' | 'BAR' | 'PIE' | 'MAP' | 'JSON'
export interface Look {
  kind: LookKind
  /** The column that makes the rows of a pivot, the categories of a chart or the places of a map. */
  rows?: string
  /** The column whose values stand side by side. */
  columns?: string
  /** What is measured; several of them stand side by side in a chart without series. */
  measures?: string[]
}
export const LOOKS: readonly LookKind[] = ['TABLE', 'PIVOT', 'LINE', 'BAR', 'PIE', 'MAP', 'JSON']

/** Read as we save it, and as the examples write it: `x` and `y` of a chart, `value` of a pivot. */
export function readLook(text: string | null | undefined): Look {
  try {
    const given = JSON.parse(text ?? '') as Record<string, unknown> | null
    const kind = LOOKS.find((one) => one === given?.['kind'])
    if (!given || !kind) return { kind: 'TABLE' }
    const first = (...names: string[]) => names.flatMap((name) => given[name] ?? []).find((one) => typeof one === 'string')
    const measures = ['measures', 'y', 'value'].flatMap((name) => given[name] ?? []).filter((one) => typeof one === 'string')
    return { kind, ...plain('rows', first('rows', 'x')), ...plain('columns', first('columns')), ...(measures.length ? { measures } : {}) }
  } catch {
    // What another program has saved there is no look of ours.
    return { kind: 'TABLE' }
  }
}
const plain = <Name extends 'rows' | 'columns'>(name: Name, value: string | undefined) => (value ? { [name]: value } : {})
