import { KIND_NAME } from '../inspection/terms.js'
import type { RuleLine } from './shipped.js'
import { COLORS, HUE, VISIT_KINDS } from './terms.js'

export type RuleChange = 'ADDED' | 'CHANGED' | 'REMOVED'
export interface RuleDiff {
  change: RuleChange
  what: string
  words: string
}

const CHANGES: readonly RuleChange[] = ['ADDED', 'CHANGED', 'REMOVED']
const key = ({ trade, kind, color }: RuleLine) => `${trade ?? ''}|${VISIT_KINDS.indexOf(kind)}|${COLORS.indexOf(color)}`
const named = ({ trade, kind, color }: RuleLine) => `${trade ?? '各行业'} · ${KIND_NAME[kind]} · ${HUE[color]}色`
const most = (max: number | null | undefined) => (max == null ? '不限' : `${max} 次`)
const said = (rule: RuleLine) => `每年至少 ${rule.minPerYear} 次，至多 ${most(rule.maxPerYear)}${rule.focus ? `；重点：${rule.focus}` : ''}`

/** What one edition says otherwise than the one before, in words. */
export function diffOf(before: readonly RuleLine[], after: readonly RuleLine[]): RuleDiff[] {
  const [old, now] = [new Map(before.map((rule) => [key(rule), rule])), new Map(after.map((rule) => [key(rule), rule]))]
  const all: RuleDiff[] = []
  for (const [at, rule] of now) {
    const was = old.get(at)
    if (!was) all.push({ change: 'ADDED', what: named(rule), words: said(rule) })
    else if (said(was) !== said(rule)) all.push({ change: 'CHANGED', what: named(rule), words: changed(was, rule) })
  }
  for (const [at, rule] of old) if (!now.has(at)) all.push({ change: 'REMOVED', what: named(rule), words: said(rule) })
  return all.sort((a, b) => CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) || (a.what < b.what ? -1 : 1))
}

function changed(was: RuleLine, now: RuleLine): string {
  const parts: string[] = []
  if (was.minPerYear !== now.minPerYear) parts.push(`每年至少 ${was.minPerYear} → ${now.minPerYear} 次`)
  if ((was.maxPerYear ?? null) !== (now.maxPerYear ?? null)) parts.push(`每年至多 ${most(was.maxPerYear)} → ${most(now.maxPerYear)}`)
  if ((was.focus ?? '') !== (now.focus ?? '')) parts.push(`检查重点“${was.focus ?? '无'}” → “${now.focus ?? '无'}”`)
  return parts.join('；')
}
