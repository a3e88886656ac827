import type { SqlEntityManager } from '@mikro-orm/sql'
import { Setting } from '../standard/setting.entity.js'

/** What the field leaves open about summaries (domain.md §7.7 gives the stations' day only). */
export const REPORT_RULES = {
  /** 镇工作总结：月末后几天内报县 */
  townDays: 3,
  /** 年度总结从几月起可以起草 */
  yearOpensMonth: 11,
  /** 到期前几天在首页提醒 */
  remindDays: 5,
} satisfies Record<string, number>
export type ReportRules = typeof REPORT_RULES
const PREFIX = 'report.'

export async function reportRules(em: SqlEntityManager): Promise<ReportRules> {
  const rules = { ...REPORT_RULES }
  for (const { key, value } of await em.findAll(Setting)) {
    const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : ''
    if (name in rules) rules[name as keyof ReportRules] = Number(value)
  }
  return rules
}
