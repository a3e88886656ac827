import { sameKey } from '../shared/sameKey.js'
import type { EnterpriseField } from './enterpriseColumns.js'
import { ENTERPRISE_COLUMNS } from './enterpriseColumns.js'
import { type EnterpriseSaid, needReasonOrPhone, type ReadEnterprise } from './enterpriseRow.js'
import type { LedgerRow } from './table.js'
import { type Judged, refused } from './verdict.js'
import { short } from './words.js'

export type KnownEnterprise = { id: string } & { [Fact in keyof EnterpriseSaid]?: EnterpriseSaid[Fact] | null }

/** The enterprises already in the register, found by code or by exact name. */
export class Register {
  readonly #byUscc = new Map<string, KnownEnterprise>()
  readonly #byName = new Map<string, KnownEnterprise[]>()

  /** `elsewhere`: codes that stand in the register of another town. */
  constructor(
    readonly known: readonly KnownEnterprise[],
    readonly elsewhere: ReadonlySet<string> = new Set(),
  ) {
    for (const one of known) {
      if (one.uscc) this.#byUscc.set(one.uscc, one)
      const key = sameKey(one.name ?? '')
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), one])
    }
  }
  byUscc = (uscc: string) => this.#byUscc.get(uscc)
  byName = (name: string): readonly KnownEnterprise[] => this.#byName.get(sameKey(name)) ?? []
}

const LABEL = new Map<string, string>(ENTERPRISE_COLUMNS.map((column) => [column.field === 'village' ? 'division' : column.field, column.label]))

/** The verdict on every row of an enterprise ledger. */
export function judgeEnterprises(reads: readonly ReadEnterprise[], register: Register): Judged<EnterpriseSaid>[] {
  const seenCodes = new Map<string, number>()
  const seenNames = new Map<string, { row: number; uscc: string | undefined }>()
  return reads.map((read) => {
    const row = read.reading.row
    refuseRepeated(read, row, seenCodes, seenNames)
    const existing = findExisting(read, register)
    needReasonOrPhone(read, existing)
    const title = short(read.name ?? read.uscc ?? `第 ${row.number} 行`, 60)
    const { reading, said } = read
    if (!said || reading.faults.length) return refused(row.number, title, inColumnOrder(reading.faults))
    if (existing?.uscc) delete said.noUsccReason
    if (!existing) return { row: row.number, outcome: 'created', title, facts: said, ...hint(reading.hints) }
    const changes = differences(existing, said)
    if (!changes.length) return { row: row.number, outcome: 'unchanged', title, facts: said, existing: existing.id }
    return { row: row.number, outcome: 'updated', title, facts: said, existing: existing.id, ...hint([`将更新：${changes.join('、')}`, ...reading.hints]) }
  })
}

const hint = (hints: readonly string[]) => (hints.length ? { message: hints.join('；') } : {})

const ORDER: readonly string[] = ENTERPRISE_COLUMNS.map((column) => column.field)
const inColumnOrder = <F extends { field: string }>(faults: readonly F[]): F[] => faults.toSorted((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field))

/** The second row with a code, or with a name that no second code tells apart, is refused; the message names the first. */
function refuseRepeated(
  { reading, name, uscc }: ReadEnterprise,
  row: LedgerRow<EnterpriseField>,
  codes: Map<string, number>,
  names: Map<string, { row: number; uscc: string | undefined }>,
): void {
  const firstCode = uscc && codes.get(uscc)
  if (uscc && firstCode) reading.fault('uscc', `${row.called('uscc')}“${uscc}”与第 ${firstCode} 行重复，请删去其中一行`)
  else if (uscc) codes.set(uscc, row.number)
  if (!name) return
  const first = names.get(sameKey(name))
  const codeUnclear = reading.faulty('uscc')
  if (first && !codeUnclear && (!uscc || !first.uscc))
    reading.fault('name', `${row.called('name')}“${short(name)}”与第 ${first.row} 行重复，又没有信用代码可以区分，请删去其中一行或补填信用代码`)
  if (!first) names.set(sameKey(name), { row: row.number, uscc })
}

function findExisting({ reading, name, uscc }: ReadEnterprise, register: Register): KnownEnterprise | undefined {
  const byCode = uscc ? register.byUscc(uscc) : undefined
  if (byCode) return byCode
  if (uscc && register.elsewhere.has(uscc)) return reading.fault('uscc', `信用代码“${uscc}”已登记在其他乡镇，如企业已迁来，请先由对方迁出`)
  if (!name || reading.faulty('uscc')) return undefined
  const [same, another] = register.byName(name)
  if (!same) return undefined
  if (another) return reading.fault('name', `名册中有几家单位都叫“${short(name)}”，请填信用代码以便区分`)
  if (uscc && same.uscc) return reading.fault('uscc', `名册中“${short(name)}”的信用代码是“${same.uscc}”，与本行的“${uscc}”不同，请核对`, same.uscc)
  return same
}

/** What would change; an empty cell changes nothing. Names and phones are not repeated in the message. */
function differences(existing: KnownEnterprise, said: EnterpriseSaid): string[] {
  const before = existing as Record<string, unknown>
  return Object.entries(said)
    .filter(([field, value]) => (before[field] ?? null) !== value)
    .map(([field]) => LABEL.get(field) ?? field)
}
