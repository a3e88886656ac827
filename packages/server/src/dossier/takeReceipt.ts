import { ref } from '@mikro-orm/core'
import { act } from '../shared/act.js'
import type { SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound } from '../shared/refusal.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { ExportPack, ExportPackRow, PackSheet, PackVerdict, ReceiptLine } from './pack.entity.js'
import type { ReceiptRow } from './receipt.js'

export interface ReceiptReport {
  lines: number
  accepted: number
  refused: number
  /** Lines whose verdict nobody can read. */
  unclear: number
  /** 平台有、这里没有. */
  unknown: number
  /** 这里有、平台没有: rows of the pack that no line names. */
  unanswered: number
  rows: { line: number; key: string; outcome: 'ACCEPTED' | 'REFUSED' | 'UNCLEAR' | 'UNKNOWN'; words: string }[]
}

/** Reads a receipt into its pack: a verdict for each line, one act for all; read again, the last reading counts. */
export function takeReceipt(ctx: SignedIn, id: string, rows: readonly ReceiptRow[]): Promise<ReceiptReport> {
  return act(ctx, 'receiptRead', async ({ em }) => {
    const pack = await em.findOne(ExportPack, { id })
    if (!pack) throw notFound('导出包')
    for (const old of await em.find(ReceiptLine, { pack: id })) em.remove(old)
    const sent = await em.find(ExportPackRow, { pack: id })
    const firms = await em.find(Enterprise, { id: { $in: [...new Set(sent.map((row) => row.enterprise.id))] } })
    const byRecord = new Map(sent.map((row) => [row.record, row]))
    const ofFirm = (of: (firm: Enterprise) => string | undefined) => {
      const keys = new Map(firms.flatMap((firm) => (of(firm) ? [[of(firm)!, firm.id] as const] : [])))
      return (key: string | undefined) => (key ? sent.find((row) => row.sheet === PackSheet.ENTERPRISE && row.enterprise.id === keys.get(key)) : undefined)
    }
    const [byUscc, byName] = [ofFirm(({ uscc }) => uscc), ofFirm(({ name }) => name)]
    const report: ReceiptReport = { lines: rows.length, accepted: 0, refused: 0, unclear: 0, unknown: 0, unanswered: 0, rows: [] }
    const answered = new Set<string>()
    for (const row of rows) {
      const known = row.record ? byRecord.get(row.record) : (byUscc(row.uscc) ?? byName(row.name))
      const said = verdictOf(row, known)
      report[COUNTED[said.outcome]]++
      report.rows.push({ line: row.line, key: row.record ?? row.uscc ?? row.name!, ...said })
      if (known && row.verdict) {
        known.verdict = row.verdict
        if (row.message) known.message = row.message
        else delete known.message
        answered.add(known.id)
      }
      em.persist(lineOf(ctx, pack, row, said, !!known))
    }
    report.unanswered = sent.filter((row) => row.verdict === PackVerdict.PENDING && !answered.has(row.id)).length
    pack.receivedAt = instant(ctx.now)
    return report
  })
}

const COUNTED = { ACCEPTED: 'accepted', REFUSED: 'refused', UNCLEAR: 'unclear', UNKNOWN: 'unknown' } as const
type Said = Pick<ReceiptReport['rows'][number], 'outcome' | 'words'>

function verdictOf({ verdict, said, message }: ReceiptRow, known: ExportPackRow | undefined): Said {
  if (!known) return { outcome: 'UNKNOWN', words: '平台有、这一包里没有这条记录' }
  if (!verdict) return { outcome: 'UNCLEAR', words: said ? `看不懂的结果“${said}”，应为成功或失败` : '没有写结果' }
  if (verdict === PackVerdict.ACCEPTED) return { outcome: 'ACCEPTED', words: `平台已接收：${known.summary}` }
  return { outcome: 'REFUSED', words: `平台退回：${known.summary}${message ? `（${message}）` : ''}，下一包会再次导出` }
}

function lineOf(ctx: SignedIn, pack: ExportPack, row: ReceiptRow, { words }: Said, matched: boolean): ReceiptLine {
  const line = Object.assign(new ReceiptLine(), {
    ...{ pack: ref(pack), division: pack.division, line: row.line, key: (row.record ?? row.uscc ?? row.name ?? '').slice(0, 120) },
    ...{ verdict: row.verdict ?? PackVerdict.PENDING, matched, words, createdAt: instant(ctx.now) },
  })
  if (pack.station) line.station = pack.station
  if (row.name) line.name = row.name.slice(0, 200)
  if (row.message) line.message = row.message
  return line
}
