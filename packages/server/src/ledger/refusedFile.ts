import { readWorkbook } from '../shared/excel.js'
import { paperFile } from '../shared/excelWrite.js'
import { Refusal } from '../shared/refusal.js'
import type { LedgerReport } from './report.js'
import { oneLine } from './words.js'

/** The refused rows as they stand in the file, with the reason beside each: to be corrected and imported as it is. */
export async function refusedFile(bytes: Uint8Array, report: LedgerReport): Promise<Uint8Array> {
  const refused = new Map(report.rows.filter((row) => row.outcome === 'error').map((row) => [row.row, row]))
  if (!refused.size) throw new Refusal('NOTHING_REFUSED', '没有退回的行')
  const sheet = (await readWorkbook(bytes)).find((one) => one.name === report.sheet)!
  const rows = sheet.rows.filter((row) => refused.has(row.number))
  const width = Math.max(report.headers.length, ...rows.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, (_, i) => ({ header: oneLine(report.headers[i] ?? '') }))
  const body = rows.map((row) => {
    const verdict = refused.get(row.number)!
    const faults = [verdict, ...(verdict.also ?? [])]
    const reasons = faults.map((fault) => fault.message).join('\n')
    return [
      ...columns.map((_, i) => row.cells[i]?.text),
      reasons,
      faults
        .map((fault) => fault.suggestion)
        .filter(Boolean)
        .join('\n'),
      String(row.number),
    ]
  })
  const paper = {
    sheet: '退回的行',
    lines: [`“${report.fileName}”退回的 ${body.length} 行，改正后可直接用本文件重新导入`],
    columns: [...columns, { header: '退回原因', width: 60 }, { header: '您要填的是不是', width: 18 }, { header: '原行号', width: 8 }],
  }
  return paperFile(paper, body)
}
