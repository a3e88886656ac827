import { readWorkbook } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { PackVerdict } from './pack.entity.js'

/** One line of what the platform sent back. */
export interface ReceiptRow {
  line: number
  record?: string
  uscc?: string
  name?: string
  verdict?: PackVerdict
  /** What stood in the column of the verdict, when nobody can tell what it means. */
  said?: string
  message?: string
}

const COLUMNS = {
  record: /记录编号|记录ID|record/i,
  uscc: /信用代码|uscc/i,
  name: /单位名称|企业名称|名称/,
  verdict: /结果|状态|回执|是否成功|verdict|status/i,
  message: /原因|说明|意见|备注|message/i,
} as const
type Field = keyof typeof COLUMNS

const ACCEPTED = /^(成功|通过|已接收|接收|已入库|入库|正常|是|ok|accepted|success|1)$/i
const REFUSED = /失败|退回|不通过|未通过|错误|拒绝|驳回|^否$|refused|rejected|fail|error|^0$/i

/** The receipt of the platform, Excel or CSV, whatever stands above its header. */
export async function readReceipt(bytes: Uint8Array, fileName: string): Promise<ReceiptRow[]> {
  const tables =
    /\.csv$|\.txt$/i.test(fileName) || !isZip(bytes)
      ? [csvRows(bytes)]
      : (await readWorkbook(bytes))
          .filter(({ hidden }) => !hidden)
          .map(({ rows }) => rows.map((row) => ({ line: row.number, cells: row.cells.map((cell) => cell?.text ?? '') })))
  const rows = tables.flatMap((table) => rowsOf(table))
  if (!rows.length) throw new Refusal('NO_ROWS', '回执中没有可读的行：须有“记录编号”（或信用代码、单位名称）和“结果”两列')
  return rows
}

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b

interface RawRow {
  line: number
  cells: string[]
}

function rowsOf(table: readonly RawRow[]): ReceiptRow[] {
  const at = table.findIndex(({ cells }) => {
    const found = fieldsOf(cells)
    return found.has('verdict') && (['record', 'uscc', 'name'] as const).some((key) => found.has(key))
  })
  if (at < 0) return []
  const fields = fieldsOf(table[at]!.cells)
  return table.slice(at + 1).flatMap(({ line, cells }): ReceiptRow[] => {
    const text = (field: Field) => cells[fields.get(field) ?? -1]?.normalize('NFKC').trim() || undefined
    const [record, uscc, name, said, message] = [text('record'), text('uscc'), text('name'), text('verdict'), text('message')]
    if (!record && !uscc && !name) return []
    const verdict = !said ? undefined : ACCEPTED.test(said) ? PackVerdict.ACCEPTED : REFUSED.test(said) ? PackVerdict.REFUSED : undefined
    return [
      {
        line,
        ...(record ? { record } : {}),
        ...(uscc ? { uscc: uscc.toUpperCase() } : {}),
        ...(name ? { name } : {}),
        ...(verdict ? { verdict } : {}),
        ...(said ? { said } : {}),
        ...(message ? { message } : {}),
      },
    ]
  })
}

/** Each field the first column that is called so; each column one field. */
function fieldsOf(cells: readonly string[]): Map<Field, number> {
  const fields = new Map<Field, number>()
  const taken = new Set<number>()
  for (const field of Object.keys(COLUMNS) as Field[]) {
    const index = cells.findIndex((cell, i) => !taken.has(i) && cell.length <= 20 && COLUMNS[field].test(cell))
    if (index < 0) continue
    fields.set(field, index)
    taken.add(index)
  }
  return fields
}

/** RFC 4180, in UTF-8 or as Chinese Excel saves it. */
function csvRows(bytes: Uint8Array): RawRow[] {
  const text = decoded(bytes).replace(/^\ufeff/, '')
  const rows: RawRow[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  for (let i = 0; i <= text.length; i++) {
    const char = text[i]
    if (quoted && char === '"' && text[i + 1] === '"') cell += text[++i]
    else if (char === '"' && (quoted || cell === '')) quoted = !quoted
    else if (char === ',' && !quoted) {
      cells.push(unguarded(cell))
      cell = ''
    } else if (char === undefined || (char === '\n' && !quoted)) {
      cells.push(unguarded(cell.replace(/\r$/, '')))
      if (cells.some(Boolean)) rows.push({ line, cells })
      line++
      cells = []
      cell = ''
    } else cell += char
  }
  return rows
}

/** The apostrophe that keeps Excel from calculating is no part of the text. */
const unguarded = (cell: string) => cell.replace(/^'(?=[=+\-@])/, '')

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
