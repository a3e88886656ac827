import type { SqlEntityManager } from '@mikro-orm/sql'
import { Setting } from '../standard/setting.entity.js'

interface Rule {
  label: string
  unit: string
  standard: number
  low: number
  high: number
}

/** Numbers that the field leaves open, each a 规则参数 (domain.md tags them D). */
export const DOSSIER_RULES = {
  dossierSubmittedCounts: { label: '待审核的资料是否计入完整度（1 计入，0 审核通过才计入）', unit: '', standard: 0, low: 0, high: 1 },
  dossierFarDays: { label: '到期前第一次提醒', unit: '天', standard: 60, low: 2, high: 365 },
  dossierNearDays: { label: '到期前第二次提醒', unit: '天', standard: 30, low: 1, high: 180 },
  dossierLastDays: { label: '到期前最后一次提醒', unit: '天', standard: 7, low: 0, high: 60 },
} satisfies Record<string, Rule>
export type DossierRuleKey = keyof typeof DOSSIER_RULES
export type DossierRules = Record<DossierRuleKey, number>
export const RULE_KEYS = Object.keys(DOSSIER_RULES) as DossierRuleKey[]
export const isDossierRule = (key: string): key is DossierRuleKey => key in DOSSIER_RULES

export async function dossierRules(em: SqlEntityManager): Promise<DossierRules> {
  return rulesFrom((await em.find(Setting, { key: { $in: RULE_KEYS } })).map(({ key, value }) => ({ key, value })))
}

export function rulesFrom(kept: readonly { key?: unknown; value?: unknown }[]): DossierRules {
  const rules = Object.fromEntries(RULE_KEYS.map((key) => [key, DOSSIER_RULES[key].standard])) as DossierRules
  for (const { key, value } of kept) if (isDossierRule(String(key))) rules[String(key) as DossierRuleKey] = Number(value)
  return rules
}

/** The days before an expiry on which somebody is told, the earliest first. */
export const noticeDays = ({ dossierFarDays, dossierNearDays, dossierLastDays }: DossierRules): number[] =>
  [...new Set([dossierFarDays, dossierNearDays, dossierLastDays])].sort((a, b) => b - a)
