import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Day } from '../shared/days.js'
import { Setting } from '../standard/setting.entity.js'

/** What the field leaves open about the site (domain.md §6 tags it D or GK): each is changed in the app, with a reason. */
export const SITE_RULES = {
  stationAuditMonths: { label: '站所5S审核周期', unit: '个月', standard: 3, low: 1, high: 12 },
  enterpriseAuditMonths: { label: '企业5S自查周期', unit: '个月', standard: 1, low: 1, high: 12 },
  ownAuditCounts: { label: '没有站所审核时，企业自查计入5S达标（1 计入，0 不计）', unit: '', standard: 1, low: 0, high: 1 },
  sixHavesLeast: { label: '六有达标线：每项完好率不低于（100 为严格）', unit: '%', standard: 100, low: 50, high: 100 },
  sixHavesTaskDays: { label: '六有和标识缺损的补齐期限', unit: '天', standard: 7, low: 1, high: 90 },
  signCheckMonths: { label: '安全标识检查周期', unit: '个月', standard: 6, low: 1, high: 24 },
  noticeCheckMonths: { label: '风险公告检查周期', unit: '个月', standard: 6, low: 1, high: 24 },
  violationFollowUpDays: { label: '三违跟进期限', unit: '天', standard: 7, low: 1, high: 60 },
  postShare: { label: '企业达标所需的达标岗位比例', unit: '%', standard: 100, low: 50, high: 100 },
} satisfies Record<string, { label: string; unit: string; standard: number; low: number; high: number }>
export type SiteRuleKey = keyof typeof SITE_RULES
export type SiteRules = Record<SiteRuleKey, number>

export const SITE_RULE_KEYS = Object.keys(SITE_RULES) as SiteRuleKey[]
const PREFIX = 'site.'
export const settingKey = (key: SiteRuleKey): string => `${PREFIX}${key}`

export async function siteRules(em: SqlEntityManager): Promise<SiteRules> {
  const rules = Object.fromEntries(SITE_RULE_KEYS.map((key) => [key, SITE_RULES[key].standard])) as SiteRules
  const kept = new Map((await em.findAll(Setting)).map(({ key, value }) => [key, Number(value)]))
  for (const key of SITE_RULE_KEYS) rules[key] = kept.get(settingKey(key)) ?? rules[key]
  return rules
}

/** The audit period in which a day lies: 2026-03, 2026-Q1, 2026-H1, 2026, or blocks of so many months from January. */
export function periodOf(day: Day, months: number): string {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
  const block = Math.floor((month - 1) / months) + 1
  if (months === 1) return day.slice(0, 7)
  if (months === 12) return year
  return `${year}-${months === 3 ? 'Q' : months === 6 ? 'H' : 'P'}${block}`
}

/** So many months later, on the same day or the last of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0))
  return `${last.toISOString().slice(0, 8)}${String(Math.min(date, last.getUTCDate())).padStart(2, '0')}`
}
