import { describe, expect, test } from 'vitest'
import { readWorkbook } from '../shared/excel.js'
import { jingu } from '../testing/jingu.js'
import { expectedOf, fixture } from '../testing/ledgers.js'
import { Directory } from './directory.js'
import type { EnterpriseField } from './enterpriseColumns.js'
import { readEnterprise } from './enterpriseRow.js'
import { readHazard } from './hazardRow.js'
import { judgeEnterprises, Register } from './judgeEnterprises.js'
import { judgeHazards, yearOf } from './judgeHazards.js'
import { ENTERPRISE_LEDGER, HAZARD_LEDGER } from './shapes.js'
import { findTable, type LedgerRow } from './table.js'
import { isAccepted, type Judged } from './verdict.js'

const short = (verdict: Judged<object>) => ({
  row: verdict.row,
  outcome: verdict.outcome,
  ...(verdict.outcome === 'error' ? { field: verdict.field } : {}),
})
const readAll = (rows: LedgerRow<EnterpriseField>[]) => rows.map((row) => readEnterprise(row, jingu))
const enterprises = async () => findTable(await readWorkbook(fixture('企业台账.xlsx')), ENTERPRISE_LEDGER)
const hazards = async () => findTable(await readWorkbook(fixture('隐患台账.xlsx')), HAZARD_LEDGER)

describe('the messy enterprise ledger', () => {
  const expected = expectedOf('企业台账')
  const bySuggestion = new Map(expected.rows.filter((row) => row.suggest).map((row) => [row.row, row.suggest]))

  test('gets the verdict that every row deserves, and none for a row that is not data', async () => {
    const table = await enterprises()
    const verdicts = judgeEnterprises(readAll(table.rows), new Register([]))
    expect(table.header.row).toBe(expected.headerRow)
    expect(verdicts.map(short)).toEqual(expected.rows.map(({ row, outcome, field }) => ({ row, outcome, ...(field ? { field } : {}) })))
    expect(new Map(verdicts.filter((v) => v.suggestion).map((v) => [v.row, v.suggestion]))).toEqual(bySuggestion)
    expect(verdicts.every((v) => isAccepted(v) || v.message)).toBe(true)
  })

  test('normalises codes, counts and phones, and keeps names that look like formulas as they are', async () => {
    const verdicts = judgeEnterprises(readAll((await enterprises()).rows), new Register([])).filter(isAccepted)
    const at = (row: number) => verdicts.find((v) => v.row === row)!.facts
    expect(verdicts.map((v) => v.facts.uscc ?? null)).toEqual(expected.rows.filter((row) => row.outcome === 'created').map((row) => row.code))
    expect(at(24)).toMatchObject({ staffCount: 141, station: 'INDUSTRY_STATION', scaleClass: 'SMALL_MICRO' })
    expect(at(5).phone).toBe('13894163904')
    expect(at(31)).toMatchObject({ noUsccReason: '个体作坊，无信用代码', division: '350524106204' })
    expect(at(137).name).toBe('=HYPERLINK("http://example.invalid","安溪县金谷美和129号水电站")')
    expect(verdicts.every((v) => v.facts.station)).toBe(true)
  })

  test('read a second time finds every accepted row unchanged', async () => {
    const { rows } = await enterprises()
    const first = judgeEnterprises(readAll(rows), new Register([])).filter(isAccepted)
    const again = judgeEnterprises(readAll(rows), new Register(first.map((v) => ({ id: String(v.row), ...v.facts }))))
    expect(again.filter(isAccepted).map((v) => v.outcome)).toEqual(first.map(() => 'unchanged'))
  })
})

describe('the messy hazard ledger', () => {
  const expected = expectedOf('隐患台账')
  const read = async () => {
    const accepted = judgeEnterprises(readAll((await enterprises()).rows), new Register([])).filter(isAccepted)
    const directory = new Directory(accepted.map((v) => ({ id: String(v.row), ...v.facts })))
    const table = await hazards()
    const context = { places: jingu, directory, today: '2026-11-23', year: yearOf(table.title) }
    return { table, context, directory }
  }

  test('gets the verdict that every row deserves', async () => {
    const { table, context } = await read()
    const verdicts = judgeHazards(
      table.rows.map((row) => readHazard(row, context)),
      new Map(),
    )
    expect(table.header.row).toBe(expected.headerRow)
    expect(verdicts.map(short)).toEqual(expected.rows.map(({ row, outcome, field }) => ({ row, outcome, ...(field ? { field } : {}) })))
    expect(verdicts.filter((v) => v.outcome === 'error')).toHaveLength(expected.counts.error!)
  })

  test('is understood: enterprise, days in five spellings, stage and severity', async () => {
    const { table, context, directory } = await read()
    const facts = judgeHazards(
      table.rows.map((row) => readHazard(row, context)),
      new Map(),
    )
      .filter(isAccepted)
      .map(({ row, facts }) => ({
        row,
        outcome: 'created',
        code: directory.entries.find((entry) => entry.id === facts.enterprise)!.uscc,
        status: facts.stage === 'CLOSED' ? 'CLOSED' : 'OPEN',
        found: facts.foundOn,
        due: facts.dueOn,
        closed: facts.reviewedOn ?? null,
        severity: facts.severity,
      }))
    const wanted = expected.rows.filter((row) => row.outcome === 'created')
    expect(facts).toEqual(
      wanted.map(({ row, outcome, code, status, found, due, closed, severity }) => ({ row, outcome, code, status, found, due, closed, severity })),
    )
  })

  test('read a second time finds every accepted row unchanged', async () => {
    const { table, context } = await read()
    const first = judgeHazards(
      table.rows.map((row) => readHazard(row, context)),
      new Map(),
    ).filter(isAccepted)
    const known = new Map(
      first.map(({ row, facts }) => [facts.fingerprint, { id: String(row), fingerprint: facts.fingerprint, stage: facts.stage, untouched: true }]),
    )
    expect(known.size).toBe(first.length)
    expect(
      judgeHazards(
        table.rows.map((row) => readHazard(row, context)),
        known,
      )
        .filter(isAccepted)
        .every((v) => v.outcome === 'unchanged'),
    ).toBe(true)
  })
})
