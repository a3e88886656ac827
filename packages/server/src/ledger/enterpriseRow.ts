import type { ScaleClass } from '../enterprise/enterprise.entity.js'
import { checkUscc } from '../enterprise/uscc.js'
import type { Cell } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { half } from '../shared/sameKey.js'
import { scaleClass } from './choices.js'
import type { EnterpriseField } from './enterpriseColumns.js'
import type { Places } from './places.js'
import { readCount } from './readCount.js'
import { readPhones } from './readPhone.js'
import { Reading } from './reading.js'
import type { LedgerRow } from './table.js'
import { oneLine } from './words.js'

/** What a row of the ledger says about an enterprise; what it does not say is left out. */
export interface EnterpriseSaid {
  name: string
  uscc?: string
  noUsccReason?: string
  division: string
  address?: string
  station?: string
  trade?: string
  scaleClass?: ScaleClass
  staffCount?: number
  legalRep?: string
  principal?: string
  phone?: string
  safetyOfficer?: string
  standardLevel?: string
  remark?: string
}

export interface ReadEnterprise {
  reading: Reading<EnterpriseField>
  /** Undefined when the row has a fault. */
  said?: EnterpriseSaid
  name: string | undefined
  uscc: string | undefined
}

export function readEnterprise(row: LedgerRow<EnterpriseField>, places: Places): ReadEnterprise {
  const reading = new Reading(row)
  const name =
    reading.take('name', readName) ?? (reading.faulty('name') ? undefined : reading.fault('name', `${row.called('name')}不能为空，请填营业执照上的全称`))
  const uscc = reading.take('uscc', readUscc)
  const village = readVillage(reading, places)
  const station = reading.take('station', (cell) => places.station(cell.text))
  const said = compact({
    name,
    uscc,
    division: village?.code,
    address: reading.line('address', 200),
    station: station?.code,
    trade: reading.line('trade', 40),
    scaleClass: readScale(reading),
    staffCount: reading.take('staffCount', readCount),
    legalRep: reading.line('legalRep', 40),
    principal: reading.line('principal', 40),
    phone: reading.take('phone', (cell) => (MASKED.test(cell.text) ? undefined : readPhones(cell))),
    safetyOfficer: reading.line('safetyOfficer', 40),
    standardLevel: reading.line('standardLevel', 20),
    remark: reading.text('remark'),
    noUsccReason: uscc ? undefined : whyNoUscc(reading),
  })
  if (!station && !reading.faulty('station')) reading.hints.push('没有行业主管站所，将列为“责任空白”')
  return { reading, name, uscc, ...(reading.faults.length ? {} : { said: said as EnterpriseSaid }) }
}

function readName(cell: Cell): string {
  const name = oneLine(cell.text)
  if (name.length < 2) throw new Refusal('NAME', '太短，请填全称')
  if (name.length > 120) throw new Refusal('NAME', `有 ${name.length} 个字，最多 120 个字`)
  if (/^[\d.]+$/.test(half(name))) throw new Refusal('NAME', '只有数字，不像单位名称')
  return name
}

/** A list taken out with masked phones and brought back in says nothing about them. */
const MASKED = /\*{3,}/

const NO_CODE = /^(无|没有?|未|暂|尚|不|正?在?办理?中?|申请|个体|筹建|待)/

function readUscc(cell: Cell): string | undefined {
  const text = half(cell.text)
  if (NO_CODE.test(text)) return undefined
  if ((cell.kind === 'number' && text.length > 15) || /^\d(\.\d+)?e\+?\d+$/i.test(text))
    throw new Refusal('USCC', '被 Excel 当成数字，后几位已经丢失：请把该列设为文本后重新填写')
  try {
    return checkUscc(text)
  } catch (error) {
    // The rule's own sentence names the code again; the column and the value already stand before it here.
    if (error instanceof Refusal) throw new Refusal(error.code, error.message.replace(/^统一社会信用代码“.*?”/, ''), error.params)
    throw error
  }
}

function readVillage(reading: Reading<EnterpriseField>, places: Places) {
  const address = reading.row.at('address')?.text ?? ''
  if (reading.cell('village')) return reading.take('village', (cell) => places.village(cell.text, address))
  const told = places.villageIn(address)
  return reading.fault('village', `${reading.row.called('village')}不能为空${told ? `，地址写的是${told.name}，请补填` : ''}`, told?.name)
}

const BELOW_SCALE = /^(否|规下|规模以下|限下|限额以下|规模以下企业)$/

function readScale(reading: Reading<EnterpriseField>): ScaleClass | undefined {
  const text = half(reading.cell('scaleClass')?.text ?? '')
  if (!BELOW_SCALE.test(text)) return reading.take('scaleClass', scaleClass.read)
  reading.hints.push(`规模“${text}”没有说明是中等还是小微，暂不填`)
  return undefined
}

/** The reason column, the word in the code's own cell, or a remark that speaks of it. */
function whyNoUscc(reading: Reading<EnterpriseField>): string | undefined {
  const given = reading.line('noUsccReason', 120)
  if (given) return given
  const remark = oneLine((reading.cell('remark')?.text ?? '').slice(0, 300))
  if (/(无|没|未|暂|不).*(代码|执照|证|登记|注册)|个体|作坊|农户|家庭|筹建|办理/.test(remark)) return remark.slice(0, 120)
  const word = oneLine(reading.cell('uscc')?.text ?? '')
  return word.length > 1 && !reading.faulty('uscc') ? word.slice(0, 120) : undefined
}

const compact = (facts: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<EnterpriseSaid>

/** Without a code there must be a reason or somebody to call: in the row, or in the register. */
export function needReasonOrPhone(
  { reading, said, uscc }: ReadEnterprise,
  known: { uscc?: string | null; phone?: string | null; noUsccReason?: string | null } | undefined,
): void {
  if (uscc || !said || said.phone || said.noUsccReason || known?.uscc || known?.phone || known?.noUsccReason) return
  const { row } = reading
  reading.fault('uscc', `没有${row.called('uscc')}，也没有${row.called('phone')}：请补填信用代码；确实没有的，在备注写明原因或留联系电话`)
}
