import type { SqlEntityManager } from '@mikro-orm/sql'
import { Setting } from '../standard/setting.entity.js'

/** Numbers that the field leaves open (domain.md §5.2, GK-m): data in the settings, these until somebody says otherwise. */
export const CHECK_RULES = {
  /** 节假日前几个工作日内完成节前检查 */
  checkHolidayAhead: 3,
  /** 检查记录最迟几天内上传（离线草稿） */
  checkUploadDays: 30,
  /** 漏检后几天内可以补做 */
  checkLateDays: 7,
  /** 岗位口令有效天数 */
  cardPinDays: 90,
  /** 执法检查最少人数 */
  checkOfficers: 2,
}
export type CheckRules = typeof CHECK_RULES

export async function checkRules(em: SqlEntityManager): Promise<CheckRules> {
  const rules = { ...CHECK_RULES }
  for (const setting of await em.find(Setting, { key: { $in: Object.keys(CHECK_RULES) } })) rules[setting.key as keyof CheckRules] = Number(setting.value)
  return rules
}
