import type { SignedIn } from '../shared/context.js'
import { dayOf, type Instant, instant } from '../shared/days.js'
import type { Reading } from '../shared/read/reading.js'
import { evaluate, none, type TableSplit } from './evaluate.js'
import type { LineOf } from './lines.js'
import { boundsOf, type Period } from './period.js'
import { lookFor } from './sheet.js'

/** A column of the table that goes up (domain.md §4.8), in the names that the bulletins use. */
export interface UpwardColumn extends LineOf {
  over?: string
  format: '0' | '0.0' | '0.00'
  /** The figure is in fen, the table says 万元. */
  money?: boolean
}
const column = (
  over: string | undefined,
  key: string,
  label: string,
  unit: string,
  thing: string,
  figure: string | undefined,
  more: Partial<UpwardColumn> = {},
): UpwardColumn => ({
  ...{ key, label, unit, thing, format: unit === '%' ? '0.0' : '0' },
  ...(over ? { over } : {}),
  ...(figure ? { figure } : {}),
  ...more,
})
const found = (severity: string) => ({ when: 'foundOn', where: `$.severity = '${severity}'` })
const letters = (kind: string) => ({ when: 'issuedOn', where: `$.kind = '${kind}' and $.stage <> 'VOID'` })

export const UPWARD: readonly UpwardColumn[] = [
  column(undefined, 'firms', '企业总数（家）', '家', 'Enterprise', 'inScope'),
  column('检查情况', 'checking', '开展排查单位（家）', '家', 'Check', 'firms', { when: 'doneOn' }),
  column('检查情况', 'inspected', '检查企业（家）', '家', 'Check', 'firms', { when: 'doneOn', where: `$.kind <> 'SELF_CHECK'` }),
  column('检查情况', 'trips', '检查次数（次）', '次', 'Check', undefined, { when: 'doneOn', where: `$.kind <> 'SELF_CHECK'` }),
  column('一般隐患', 'general', '排查（项）', '项', 'Hazard', 'found', found('GENERAL')),
  column('一般隐患', 'generalDone', '整改（项）', '项', 'Hazard', 'closed', found('GENERAL')),
  column('一般隐患', 'generalRate', '整改率（%）', '%', 'Hazard', 'rectificationRate', found('GENERAL')),
  column('重大隐患', 'major', '排查（项）', '项', 'Hazard', 'found', found('MAJOR')),
  column('重大隐患', 'majorDone', '整改销号（项）', '项', 'Hazard', 'closed', found('MAJOR')),
  column('重大隐患', 'majorRate', '整改率（%）', '%', 'Hazard', 'rectificationRate', found('MAJOR')),
  column('列入治理计划的重大隐患', 'planned', '数量（项）', '项', 'Hazard', 'planned', { when: 'foundOn' }),
  column('列入治理计划的重大隐患', 'funds', '落实治理资金（万元）', '万元', 'Hazard', 'plannedFunds', { when: 'foundOn', format: '0.00', money: true }),
  column('执法文书', 'records', '现场检查记录（份）', '份', 'Check', undefined, { when: 'doneOn', where: `$.kind = 'ENFORCEMENT'` }),
  column('执法文书', 'orders', '责令整改（份）', '份', 'Letter', undefined, letters('STATUTORY_ORDER')),
  column('执法文书', 'coercive', '强制措施决定（份）', '份', '', undefined),
  column('执法文书', 'opinions', '复查意见书（份）', '份', 'Letter', undefined, letters('REVIEW_OPINION')),
]
/** The town takes no coercive measures: what the program does not keep is blank, and no zero. */
const KEPT = UPWARD.filter(({ thing }) => thing !== '')

export interface UpwardRow {
  key: string
  name: string
  values: (number | null)[]
}
export interface Upward {
  asOf: Instant
  rows: UpwardRow[]
  total: UpwardRow
}

/** The table of one period in the reader's scope: now, or as of an instant from the log. */
export async function upward(ctx: SignedIn, period: Period, split: TableSplit, asOf?: Instant): Promise<Upward> {
  const { reader, actor, now } = ctx
  const at = asOf ?? instant(now)
  const reading: Reading = { engine: reader.engine, scope: actor.scope, today: dayOf(at), ...(asOf ? { asOf } : {}) }
  const of = (by: TableSplit) => evaluate(lookFor(ctx), reading, KEPT, boundsOf(period), by)
  const [rows, total] = [split === 'TOTAL' ? new Map<string, (number | null)[]>() : await of(split), await of('TOTAL')]
  const name = await namesOf(ctx, split)
  return {
    asOf: at,
    rows: [...rows]
      .map(([key, values]) => ({ key, name: name(key), values: spread(values) }))
      .sort((a, b) => (a.key === '' ? 1 : b.key === '' ? -1 : a.key < b.key ? -1 : 1)),
    total: { key: '', name: '合计', values: spread(total.get('') ?? KEPT.map(none)) },
  }
}

const spread = (values: readonly (number | null)[]): (number | null)[] =>
  UPWARD.map((one) => {
    const value = values[KEPT.indexOf(one)] ?? null
    return value !== null && one.money ? Math.round(value / 10_000) / 100 : value
  })

async function namesOf({ reader }: SignedIn, split: TableSplit): Promise<(key: string) => string> {
  if (split === 'TRADE' || split === 'TOTAL') return (key) => key || '未分类'
  const rows = await reader.all(`select code, name from ${split === 'STATION' ? 'station' : 'division'}`)
  const names = new Map(rows.map(({ code, name }) => [code as string, name as string]))
  return (key) => names.get(key) ?? (key || '未分配站所')
}
