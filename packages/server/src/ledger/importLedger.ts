import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { act, type Acting } from '../shared/act.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { dayOf } from '../shared/days.js'
import { readWorkbook } from '../shared/excel.js'
import type { Reader } from '../shared/read/reader.js'
import { Refusal } from '../shared/refusal.js'
import { run } from '../shared/run.js'
import { enterpriseLedger } from './enterpriseLedger.js'
import { hazardLedger } from './hazardLedger.js'
import type { Ledger, LedgerKind } from './ledger.js'
import { type LedgerReport, reportOf } from './report.js'
import { findTable, type Table } from './table.js'
import type { Query } from './town.js'
import { type Accepted, isAccepted, type Judged } from './verdict.js'

export interface Wish {
  kind: LedgerKind
  bytes: Uint8Array
  fileName: string
  /** The 9-digit code of the town whose ledger it is. */
  town: string
  sheet?: string | undefined
  /** Verdicts only. */
  dryRun?: boolean
  /** Write the accepted rows although others are refused. */
  skipRefused?: boolean
  /** Of the file that was previewed; another file is refused. */
  digest?: string | undefined
}
export type Phase = 'READING' | 'JUDGING' | 'WRITING'
export interface Progress {
  phase: Phase
  done: number
  total: number
}
export interface Importing extends Acting {
  reader: Reader
}

export function importLedger(acting: Importing, wish: Wish, say?: (progress: Progress) => void): Promise<LedgerReport> {
  return wish.kind === 'enterprises' ? through(enterpriseLedger, acting, wish, say) : through(hazardLedger, acting, wish, say)
}

/** Reads, judges every row, and writes all the accepted ones in one act, or none. */
async function through<Field extends string, Said>(
  ledger: Ledger<Field, Said>,
  acting: Importing,
  wish: Wish,
  say: (progress: Progress) => void = () => undefined,
): Promise<LedgerReport> {
  const digest = createHash('sha256').update(wish.bytes).digest('hex')
  if (wish.digest && wish.digest !== digest) throw new Refusal('FILE_CHANGED', '文件在预览之后改过，请重新预览')
  say({ phase: 'READING', done: 0, total: 0 })
  const table = findTable(await readWorkbook(wish.bytes), ledger.shape, wish.sheet)
  const total = table.rows.length
  const tick = (phase: Phase) => async (done: number) => {
    say({ phase, done, total })
    await setImmediate() // other requests are waiting too
  }
  const seen = await headOf(acting.reader.all.bind(acting.reader) as Query)
  const judged = await judge(ledger, table, acting, wish, acting.reader.all.bind(acting.reader) as Query, tick('JUDGING'))
  const report = (verdicts: readonly Judged<Said>[], written: boolean) => reportOf(ledger.kind, wish.fileName, digest, table, verdicts, written)
  const writable = (verdicts: readonly Judged<Said>[]) => wish.skipRefused || verdicts.every(isAccepted)
  if (wish.dryRun || !writable(judged)) return report(judged, false)
  say({ phase: 'WRITING', done: 0, total })
  return act(
    acting,
    'ledgerImport',
    async (now) => {
      // One import of a town at a time: its counter's row stays locked until the commit.
      await takeNumbers(now.em, `LEDGER-${wish.town}`)
      const query: Query = (sql, params) => run(now.em, sql, params)
      // What others wrote since the verdicts were found may change them.
      const still = (await headOf(query)) === seen ? judged : await judge(ledger, table, acting, wish, query, () => undefined)
      if (!writable(still)) return report(still, false)
      await ledger.write(still.filter(isAccepted) as Accepted<Said>[], { act: now, now: acting.now, tick: () => undefined })
      return report(still, true)
    },
    `导入台账：${wish.fileName}`,
  )
}

const judge = <Field extends string, Said>(
  ledger: Ledger<Field, Said>,
  table: Table<Field>,
  acting: Importing,
  wish: Wish,
  query: Query,
  tick: (done: number) => Promise<void> | void,
) => ledger.judge(table, { query, town: wish.town, today: dayOf(acting.now), tick })

const headOf = async (query: Query): Promise<number> =>
  Number((await query<{ seq: string | number }>('select seq from chain_head where id = 1', []))[0]?.seq ?? 0)
