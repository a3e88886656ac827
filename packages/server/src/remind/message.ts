import type { Day } from '../shared/days.js'
import { KIND_NAME, type ReminderKind } from './reminder.entity.js'

/** What goes outside of one reminder: its kind, its day, a number. Words that people typed, names and places stay inside. */
export interface SaidItem {
  kind: ReminderKind
  day: Day
  /** The number of the hazard. */
  number?: string
}
export interface Said {
  items: SaidItem[]
  /** How many there are in all. */
  total: number
  /** A trial that somebody asked for. */
  trial?: boolean
}

export const MOST_SAID = 20

export const countsOf = (items: readonly Pick<SaidItem, 'kind'>[]): string => {
  const counts = new Map<ReminderKind, number>()
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, n]) => `${KIND_NAME[kind]} ${n} 条`).join('，')
}

export const headingOf = ({ trial, total }: Said): string => (trial ? '安标：测试通知' : `安标：${total} 条提醒`)

export function linesOf({ items, total, trial }: Said, publicUrl: string): string[] {
  if (trial) return ['这是一条测试通知，收到即表示设置正确。', publicUrl]
  const lines = items.map(({ kind, number, day }) => `${KIND_NAME[kind]}${number ? ` ${number}` : ''}（${day}）`)
  return [...lines, ...(total > items.length ? [`……另有 ${total - items.length} 条`] : []), `请登录查看：${publicUrl}/reminders`]
}
