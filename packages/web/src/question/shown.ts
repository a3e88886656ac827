import { instantText } from '../shared/days'
import { words } from '../shared/words'
import type { AnswerColumn } from './tables'

/** The words of the app for the choices of the graph, where the schema has none of its own. */
const CHOICES: Record<string, string> = {
  HazardStage: 'shared.stage',
  HazardSeverity: 'shared.severity',
  AccountRole: 'shared.role',
  HazardFactor: 'hazard.factor',
  HazardSource: 'hazard.source',
  ManageType: 'hazard.manageType',
  HazardCategory: 'hazard.category',
  Escalation: 'hazard.escalation',
  ScaleClass: 'enterprise.scaleClass',
}

/** A choice as people say it: by the schema's description, else by the app's own words, else its code. */
export function choiceText(type: string, value: string, description?: string | null): string {
  const { t, te, locale } = words.global
  const key = CHOICES[type] && `${CHOICES[type]}.${value}`
  if (description && locale.value === 'zh') return description
  return key && te(key) ? t(key) : (description ?? value)
}

export interface Places {
  divisionName: (code?: string | null) => string
  stationName: (code?: string | null) => string
}

const DIVISIONS = new Set(['division', 'village', 'town'])
const STATIONS = new Set(['station', 'tradeStation'])
export const isPlace = ({ field, type }: AnswerColumn) => (type === 'String' || type === 'ID') && (DIVISIONS.has(field) || STATIONS.has(field))
export const isPercent = ({ field, numeric, counts }: AnswerColumn) => numeric && !counts && (field === 'share' || /Rate$/.test(field))
const isMoney = ({ field, numeric }: AnswerColumn) => numeric && /Fen$/.test(field)

/** Money is stored in fen and read in yuan. */
export const titleShown = (column: AnswerColumn) => {
  const { t } = words.global
  return isMoney(column) ? column.title.replace(t('question.fenMark'), t('question.yuanMark')) : column.title
}

/** A number as the table and the charts count with it. */
export function numberOf(column: AnswerColumn, value: unknown): number | null {
  if (typeof value !== 'number') return null
  return isMoney(column) ? value / 100 : value
}

export function shown(column: AnswerColumn, value: unknown, places: Places): string {
  const { t, te } = words.global
  if (value === null || value === undefined) return '—'
  if (Array.isArray(value)) return value.map((one) => shown(column, one, places)).join(t('question.listMark'))
  if (typeof value === 'boolean') return t(value ? 'shared.yes' : 'shared.no')
  if (typeof value === 'number') return isPercent(column) ? `${value.toFixed(1)}%` : grouped(numberOf(column, value) ?? value)
  const text = String(value)
  if (column.choices) return choiceText(column.type, text, column.choices.getValue(text)?.description)
  if (column.by) return column.by === 'WEEKDAY' && te(`question.weekday.${text}`) ? t(`question.weekday.${text}`) : text
  if (column.type === 'Instant' || column.type === 'DateTime') return instantText(text)
  if (column.field === 'foundByRole') return choiceText('AccountRole', text)
  if (isPlace(column)) return DIVISIONS.has(column.field) ? places.divisionName(text) : places.stationName(text)
  return text
}

const grouped = (value: number) => value.toLocaleString('zh-CN', { maximumFractionDigits: 2 })
