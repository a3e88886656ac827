import { readFileSync } from 'node:fs'
import { CheckFrequency, ChecklistLevel } from '../checklist/terms.js'
import type { HazardFactor, HazardSeverity } from '../hazard/terms.js'

/** An item of the demo's norms, from either of its two books. */
export interface ItemText {
  key: string
  section: string
  content: string
  requirement: string
  method?: string
  frequency: CheckFrequency
  responsible: string
  factor: HazardFactor
  critical: boolean
  severity: HazardSeverity
  element: string
  demand?: string
}
export interface SheetText {
  key: string
  level: ChecklistLevel
  title: string
  appliesTo?: string
  responsible: string
  frequency: CheckFrequency
  demand: string
  items: ItemText[]
}
export interface NormText {
  trade: string
  issuer: string
  number: string
  guide: string
  rules: string
  guideline: string
  sheets: SheetText[]
}

interface Book {
  enums: { responsibleRole: Record<string, string>; method: Record<string, string> }
  templates: { industry: string; level: ChecklistLevel; items: BookItem[] }[]
}
type BookItem = Omit<ItemText, 'key' | 'section' | 'requirement' | 'responsible' | 'severity' | 'element'> & {
  id: string
  group: string
  standard: string
  responsibleRole: string
  defaultSeverity: HazardSeverity
  gb33000: string
}
type Extra = Omit<ItemText, 'key'> & { level: ChecklistLevel; appliesTo?: string }
interface Trades {
  trades: (Omit<NormText, 'sheets'> & { industry: string | null; items: Extra[] })[]
}

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../../content/${name}.json`, import.meta.url), 'utf8')) as T
const { UNIT, WORKSHOP, POST } = ChecklistLevel
const SHEET: Record<ChecklistLevel, Pick<SheetText, 'title' | 'responsible' | 'frequency' | 'demand'>> = {
  UNIT: {
    title: '单位安全生产检查清单',
    responsible: '主要负责人、安全管理人员',
    frequency: CheckFrequency.MONTHLY,
    demand: '不符合项列入整改清单，明确责任人和期限，复查后销号',
  },
  WORKSHOP: {
    title: '车间（部门）安全检查表册',
    responsible: '车间（部门）负责人',
    frequency: CheckFrequency.WEEKLY,
    demand: '当场能改的当场改，不能改的先采取措施并报安全管理人员',
  },
  POST: { title: '岗位（班组）安全检查卡片', responsible: '岗位员工', frequency: CheckFrequency.SHIFT, demand: '不符合不开机，立即报告班组长' },
}

/** The norms of every demo trade: the checklists of its industry, and what is its own. */
export function normTexts(): NormText[] {
  const { enums, templates } = read<Book>('demo-checklists')
  const itemOf = (item: BookItem): ItemText => ({
    ...{ key: item.id, section: item.group, content: item.content, requirement: item.standard, method: enums.method[item.method ?? ''] ?? '现场查看' },
    ...{ frequency: (item.frequency as string) === 'BEFORE_USE' ? CheckFrequency.SHIFT : item.frequency, factor: item.factor, critical: item.critical },
    ...{ responsible: enums.responsibleRole[item.responsibleRole] ?? item.responsibleRole, severity: item.defaultSeverity, element: item.gb33000 },
  })
  return read<Trades>('demo-norms').trades.map(({ industry, items, ...norm }, n) => {
    const extra = items.map(({ level, appliesTo, ...item }, i) => ({
      level,
      appliesTo,
      item: { key: `T${n + 1}-X${String(i + 1).padStart(2, '0')}`, ...item },
    }))
    const sheet = (level: ChecklistLevel, key: string, own: ItemText[], title: string = SHEET[level].title, appliesTo?: string): SheetText => ({
      ...{ ...SHEET[level], key, level, title: `${norm.trade}${title}`, items: own },
      ...(appliesTo ? { appliesTo } : {}),
    })
    const common = (level: ChecklistLevel) => [
      ...templates.filter((one) => one.industry === industry && one.level === level).flatMap((one) => one.items.map(itemOf)),
      ...extra.filter((one) => one.level === level && !one.appliesTo).map(({ item }) => item),
    ]
    const cards = [
      ...Map.groupBy(
        extra.filter((one) => one.appliesTo),
        (one) => one.appliesTo!,
      ),
    ]
    const sheets = [
      sheet(UNIT, 'UNIT', common(UNIT)),
      sheet(WORKSHOP, 'WORKSHOP', common(WORKSHOP)),
      sheet(POST, 'POST', common(POST)),
      ...cards.map(([words, own], i) =>
        sheet(
          POST,
          `POST-${i + 1}`,
          own.map(({ item }) => item),
          `${words.split('、')[0]}岗安全检查卡片`,
          words,
        ),
      ),
    ]
    return { ...norm, sheets: sheets.filter((one) => one.items.length) }
  })
}
