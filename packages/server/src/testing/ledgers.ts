import { readFileSync } from 'node:fs'

export interface ExpectedRow {
  row: number
  outcome: 'created' | 'error'
  field?: string
  suggest?: string
  code?: string | null
  status?: 'CLOSED' | 'OPEN'
  found?: string
  due?: string
  closed?: string | null
  severity?: string
}
/** The two messy ledgers of a town office (all fictional), and the verdict that every row of them deserves. */
export const fixture = (name: string): Buffer => readFileSync(new URL(`../../test-data/ledgers/${name}`, import.meta.url))
export const expectedOf = (name: string) =>
  JSON.parse(fixture(`${name}.expected.json`).toString()) as { headerRow: number; counts: Record<string, number>; rows: ExpectedRow[] }
