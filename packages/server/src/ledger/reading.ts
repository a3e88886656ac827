import type { Cell } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import type { LedgerRow } from './table.js'
import type { Fault } from './verdict.js'
import { oneLine, saysNothing, sentence, short } from './words.js'

const LONGEST = 200

/** Reads the cells of one row, gathering every fault and every assumption instead of stopping at the first. */
export class Reading<Field extends string> {
  readonly faults: Fault[] = []
  readonly hints: string[] = []

  constructor(readonly row: LedgerRow<Field>) {}

  /** A cell that says something; `/`, 无 and the like say nothing. */
  cell(field: Field): Cell | undefined {
    const cell = this.row.at(field)
    return cell && !(cell.kind === 'text' && saysNothing(cell.text)) ? cell : undefined
  }

  /** What the cell says by a rule; a refusal of the rule becomes a fault that names the column and the value. */
  take<T>(field: Field, rule: (cell: Cell) => T, most = LONGEST): T | undefined {
    const cell = this.cell(field)
    if (!cell) return undefined
    try {
      if (cell.kind === 'fault') throw new Refusal('CELL', cell.text ? '是 Excel 的错误值，请改成正确的内容' : '是没有算出结果的公式，请改成数值')
      // No rule is asked about more text than its column can hold: some would take a second over a page of it.
      atMost(cell.text.trim(), most)
      return rule(cell)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.fault(field, `${this.row.called(field)}“${short(oneLine(cell.text), 40)}”${error.message}`, error.params.suggestion)
      return undefined
    }
  }

  line(field: Field, most: number): string | undefined {
    return this.take(field, (cell) => atMost(oneLine(cell.text), most), most * 2)
  }
  text(field: Field, most = 2000): string | undefined {
    return this.take(field, (cell) => atMost(sentence(cell.text), most), most * 2)
  }

  fault(field: Field, message: string, suggestion?: string): undefined {
    if (!this.faulty(field)) this.faults.push({ field, message, ...(suggestion ? { suggestion } : {}) })
    return undefined
  }
  faulty(...fields: Field[]): boolean {
    return this.faults.some((fault) => fields.includes(fault.field as Field))
  }
}

function atMost(text: string, most: number): string {
  if (text.length > most) throw new Refusal('TOO_LONG', `有 ${text.length} 个字，最多 ${most} 个字`)
  return text
}
