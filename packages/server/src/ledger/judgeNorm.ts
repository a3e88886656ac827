import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { plainText } from '../checklist/diff.js'
import { freeKey } from '../checklist/templateEditing.resolver.js'
import { Template, TemplateItem } from '../checklist/template.entity.js'
import { CheckFrequency, type ChecklistLevel, FREQUENCY_NAME, LEVEL_NAME } from '../checklist/terms.js'
import { HazardSeverity } from '../hazard/terms.js'
import type { Norm } from '../standard/norm.entity.js'
import { factorOf, frequencyOf, levelOf, type NormField, severityOf, yesOf } from './normColumns.js'
import type { LedgerRow, Table } from './table.js'
import { type Fault, type Judged, refused } from './verdict.js'
import { oneLine, saysNothing, sentence, short } from './words.js'

/** What one row says: the item, and on which sheet it stands. */
export interface NormSaid {
  key?: string
  level: ChecklistLevel
  sheet: string
  appliesTo?: string
  item: Partial<TemplateItem> & Pick<TemplateItem, 'content' | 'critical' | 'severity'>
}
export interface Known {
  sheets: Template[]
  items: Map<string, TemplateItem>
  /** Every key that any version of the norm has used, with what it said last. */
  used: Map<string, string>
}

const TEXTS = { section: 120, content: 1_000, requirement: 1_000, method: 40, responsible: 60, demand: 1_000, legalBasis: 1_000, element: 20 } as const

/** A verdict for every row: what it would add or change in the draft, or what is wrong with it, field by field. */
export function judgeNorm(table: Table<NormField>, known: Known): Judged<NormSaid>[] {
  const seen = new Map<string, number>()
  return table.rows.map((row): Judged<NormSaid> => {
    const faults: Fault[] = []
    const said = read(row, faults)
    const title = short(said.item.content || `第 ${row.number} 行`)
    const twin = seen.get(said.key ?? `${said.level}/${said.sheet}/${said.item.content}`)
    if (twin !== undefined) faults.push({ field: said.key ? 'key' : 'content', message: `与第 ${twin} 行重复` })
    seen.set(said.key ?? `${said.level}/${said.sheet}/${said.item.content}`, row.number)
    if (faults.length) return refused(row.number, title, faults)
    const existing = find(said, known)
    const outcome = !existing ? 'created' : differs(existing, said, known) ? 'updated' : 'unchanged'
    return { row: row.number, outcome, title, facts: said, ...(existing ? { existing: existing.id } : {}) }
  })
}

function read(row: LedgerRow<NormField>, faults: Fault[]): NormSaid {
  const text = (field: NormField, most: number): string | undefined => {
    const cell = row.at(field)
    if (!cell || (field !== 'critical' && saysNothing(cell.text))) return undefined
    if (cell.kind === 'fault') faults.push({ field, message: `${row.called(field)}是一个没有算出的公式` })
    const said = most > 120 ? sentence(cell.text) : oneLine(cell.text)
    if (said.length > most) faults.push({ field, message: `${row.called(field)}最多 ${most} 个字，这里有 ${said.length} 个字` })
    return said || undefined
  }
  const choice = <Value extends string>(field: NormField, find: (text: string) => Value | undefined, wanted: string): Value | undefined => {
    const said = text(field, 120)
    const value = said && find(said)
    if (said && !value) faults.push({ field, message: `${row.called(field)}“${short(said)}”无法识别，请填：${wanted}` })
    return value || undefined
  }
  const key = text('key', 40)
  if (key && !/^[\w.\-—/]{1,40}$/.test(key)) faults.push({ field: 'key', message: `编号“${short(key)}”只能用字母、数字、点和短横` })
  const level = choice('level', levelOf, '单位、车间 或 岗位')
  if (!level && !faults.some(({ field }) => field === 'level')) faults.push({ field: 'level', message: '没有填写层级，请填：单位、车间 或 岗位' })
  const item: Partial<TemplateItem> = {}
  for (const [field, most] of Object.entries(TEXTS) as [keyof typeof TEXTS, number][]) {
    const said = text(field, most)
    if (said) item[field] = said
  }
  if (!item.content) faults.push({ field: 'content', message: '没有填写检查内容' })
  if (item.element && !/^\d+(\.\d+){0,3}$/.test(item.element)) faults.push({ field: 'element', message: `标准化要素“${item.element}”应写成 5.4.1` })
  const frequency = choice('frequency', frequencyOf, Object.values(FREQUENCY_NAME).join('、'))
  const factor = choice('factor', factorOf, '人、物、环境 或 管理')
  const severity = choice('severity', severityOf, '一般 或 重大') ?? HazardSeverity.GENERAL
  const critical = choice('critical', yesOf, '是 或 否') === 'YES'
  Object.assign(item, frequency ? { frequency } : {}, factor ? { factor } : {}, { critical, severity })
  const appliesTo = text('appliesTo', 120)
  return {
    ...(key ? { key } : {}),
    level: level ?? ('UNIT' as ChecklistLevel),
    sheet: text('sheet', 120) ?? (level ? LEVEL_NAME[level] : ''),
    ...(appliesTo ? { appliesTo } : {}),
    item: item as NormSaid['item'],
  }
}

/** By its number; without one, by the same words on a sheet of the same level. */
function find({ key, level, item }: NormSaid, { items, sheets }: Known): TemplateItem | undefined {
  if (key) return items.get(key)
  const levels = new Set(sheets.filter((sheet) => sheet.level === level).map(({ id }) => id))
  return [...items.values()].find((one) => one.content === item.content && levels.has(one.template.id))
}

const FIELDS = [...(Object.keys(TEXTS) as (keyof typeof TEXTS)[]), 'frequency', 'factor', 'critical', 'severity'] as const
function differs(existing: TemplateItem, { level, sheet, item }: NormSaid, { sheets }: Known): boolean {
  const own = sheets.find(({ id }) => id === existing.template.id)!
  return own.level !== level || own.title !== sheet || FIELDS.some((field) => plainText(existing[field]) !== plainText(item[field]))
}

export async function knownOf(em: SqlEntityManager, norm: Norm): Promise<Known> {
  const all = await em.find(Template, { norm: { series: norm.series } })
  const items = await em.find(TemplateItem, { template: { $in: all.map(({ id }) => id) } }, { orderBy: { createdAt: 'asc' } })
  const sheets = all.filter((sheet) => sheet.norm.id === norm.id)
  const own = new Set(sheets.map(({ id }) => id))
  return {
    sheets,
    items: new Map(items.filter((item) => own.has(item.template.id)).map((item) => [item.key, item])),
    used: new Map(items.map((item) => [item.key, item.content])),
  }
}

/** Who checks and how often, where the file says it for none of the items. */
const RESPONSIBLE: Record<ChecklistLevel, string> = { UNIT: '主要负责人、安全管理人员', WORKSHOP: '车间（部门）负责人', POST: '岗位员工' }
const FREQUENCY: Record<ChecklistLevel, CheckFrequency> = { UNIT: CheckFrequency.MONTHLY, WORKSHOP: CheckFrequency.WEEKLY, POST: CheckFrequency.SHIFT }

/** Writes the accepted rows into the draft, in the file's order; items that the file does not name stay. */
export function writeNorm(
  em: SqlEntityManager,
  norm: Norm,
  known: Known,
  accepted: readonly { facts: NormSaid; existing?: string }[],
  createdAt: string,
): void {
  const last = new Map<string, number>()
  for (const item of known.items.values()) last.set(item.template.id, Math.max(last.get(item.template.id) ?? 0, item.seq))
  const sheetKeys = new Set(known.sheets.map(({ key }) => key))
  for (const { facts, existing } of accepted) {
    let sheet = known.sheets.find((one) => one.level === facts.level && one.title === facts.sheet)
    if (!sheet) {
      const key = freeKey(facts.level, sheetKeys)
      sheetKeys.add(key)
      const { level, sheet: title, appliesTo } = facts
      sheet = Object.assign(new Template(), { norm: ref(norm), trade: norm.trade, key, level, title, createdAt })
      Object.assign(sheet, { responsible: RESPONSIBLE[level], frequency: FREQUENCY[level] }, appliesTo ? { appliesTo } : {})
      known.sheets.push(sheet)
      em.persist(sheet)
    }
    const item = existing ? [...known.items.values()].find(({ id }) => id === existing)! : Object.assign(new TemplateItem(), { createdAt })
    if (!existing) item.key = facts.key ?? freeKey(sheet.key, new Set(known.used.keys()))
    known.used.set(item.key, facts.item.content)
    for (const field of FIELDS)
      if (facts.item[field] == null) delete item[field as 'demand']
      else Object.assign(item, { [field]: facts.item[field] })
    if (!existing || item.template.id !== sheet.id) {
      item.template = ref(sheet)
      item.seq = (last.get(sheet.id) ?? 0) + 1
      last.set(sheet.id, item.seq)
    }
    if (!existing) em.persist(item)
  }
}
