import type { SqlEntityManager } from '@mikro-orm/sql'
import { Setting } from './setting.entity.js'

/** A number that the field leaves open: its name on the screen, its bounds, what the software ships with. */
export interface RuleNumber {
  label: string
  unit: string
  standard: number
  low: number
  high: number
}
export const ruleNumber = (label: string, unit: string, standard: number, low: number, high: number): RuleNumber => ({ label, unit, standard, low, high })

export interface RuleSet {
  name: string
  label: string
  rules: Readonly<Record<string, RuleNumber>>
}
const sets = new Map<string, RuleSet>()
export const allRuleSets = (): readonly RuleSet[] => [...sets.values()]
export const ruleSetNamed = (name: string): RuleSet | undefined => sets.get(name)

/** Where a number of a set stands among the settings. */
export const ruleKey = (set: string, rule: string): string => `${set}.${rule}`

/** The numbers of one domain, each a 规则参数 that a town changes; gives the function that reads those in force. */
export function ruleSet<Key extends string>(
  name: string,
  label: string,
  rules: Record<Key, RuleNumber>,
): (em: SqlEntityManager) => Promise<Record<Key, number>> {
  const keys = Object.keys(rules) as Key[]
  sets.set(name, { name, label, rules })
  return async (em) => {
    const kept = await em.find(Setting, { key: { $in: keys.map((key) => ruleKey(name, key)) } })
    const values = new Map(kept.map(({ key, value }) => [key, Number(value)]))
    return Object.fromEntries(keys.map((key) => [key, values.get(ruleKey(name, key)) ?? rules[key].standard])) as Record<Key, number>
  }
}
