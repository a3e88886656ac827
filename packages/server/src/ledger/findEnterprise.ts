import { checkUscc } from '../enterprise/uscc.js'
import type { Cell } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { half } from '../shared/sameKey.js'
import type { Directory, DirectoryEntry } from './directory.js'
import type { HazardField } from './hazardColumns.js'
import type { Reading } from './reading.js'
import { oneLine, short } from './words.js'

/** By code when the code is right and known, else by exact name; a code and a name that belong to two enterprises are for the clerk to settle. */
export function findEnterprise(reading: Reading<HazardField>, directory: Directory): DirectoryEntry | undefined {
  const { row } = reading
  const name = oneLine(reading.cell('enterprise')?.text ?? '')
  const code = codeIn(reading.cell('uscc'))
  const byCode = code.uscc ? directory.byUscc(code.uscc) : undefined
  const [byName, another] = name ? directory.byName(name) : []
  if (!name && !code.text) return reading.fault('enterprise', `${row.called('enterprise')}不能为空，请填单位全称或统一社会信用代码`)
  if (byCode) {
    if (byName && byName !== byCode && !another)
      return reading.fault(
        'enterprise',
        `${row.called('enterprise')}“${short(name)}”与信用代码“${code.uscc}”是名册中的两家单位（代码是“${short(byCode.name)}”的），请核对`,
        byCode.name,
      )
    if (name && !byName) reading.hints.push(`信用代码是“${short(byCode.name)}”的，按代码登记`)
    return byCode
  }
  if (another) return reading.fault('enterprise', `名册中有几家单位都叫“${short(name)}”，请填统一社会信用代码以便区分`)
  if (byName) {
    if (code.uscc && byName.uscc)
      return reading.fault('enterprise', `名册中“${short(name)}”的信用代码是“${byName.uscc}”，与本行的“${code.uscc}”不同，请核对`, byName.uscc)
    if (code.text && byName.uscc) reading.hints.push(`信用代码“${short(code.text, 24)}”不对，按单位名称登记`)
    return byName
  }
  const near = name ? directory.nearest(name) : undefined
  const what = name ? `${row.called('enterprise')}“${short(name)}”` : `信用代码“${code.text}”`
  const why = code.text && !code.uscc ? '，信用代码也不对' : code.uscc && name ? '，信用代码也没有登记' : ''
  return reading.fault('enterprise', `${what}不在企业名册中${why}${near ? `，您要填的是不是“${near.name}”？` : '，请先导入企业台账，或核对名称'}`, near?.name)
}

function codeIn(cell: Cell | undefined): { text: string; uscc?: string } {
  const uscc = checkUsccOrNothing(cell)
  return { text: half(cell?.text ?? ''), ...(uscc ? { uscc } : {}) }
}

export function checkUsccOrNothing(cell: Cell | undefined): string | undefined {
  try {
    return cell && checkUscc(cell.text)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
