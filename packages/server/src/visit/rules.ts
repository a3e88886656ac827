import type { SqlEntityManager } from '@mikro-orm/sql'
import { townOf } from '../division/division.entity.js'
import { CheckKind, KIND_NAME } from '../inspection/terms.js'
import { type RiskColor } from '../risk/terms.js'
import { linkedId } from '../shared/datum.js'
import type { Day } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { FrequencyRule, FrequencyTable } from './frequency.entity.js'
import type { Demand } from './plan.js'
import type { RuleLine } from './shipped.js'
import { COLORS, FrequencyState, HUE, VISIT_KINDS } from './terms.js'

const MOST = 52

/** Refuses rules that contradict themselves: twice the same, a cap where none may be, a milder colour checked more often. */
export function needSound(rules: readonly RuleLine[]): void {
  const refuse = (sentence: string) => {
    throw new Refusal('FREQUENCY_RULES', sentence, { field: 'rules' })
  }
  const known = new Set<string>()
  for (const { trade, color, kind, minPerYear, maxPerYear } of rules) {
    const named = `${trade?.trim() || '各行业'} · ${HUE[color]}色 · ${KIND_NAME[kind]}`
    const key = `${trade?.trim() ?? ''}|${color}|${kind}`
    if (!VISIT_KINDS.includes(kind)) refuse(`${KIND_NAME[kind]}不按颜色排计划`)
    if (known.has(key)) refuse(`${named}写了两条`)
    known.add(key)
    if (minPerYear < 0 || minPerYear > MOST) refuse(`${named}：每年次数应在 0 至 ${MOST} 之间`)
    if (maxPerYear == null) continue
    if (kind !== CheckKind.ENFORCEMENT) refuse(`${named}：上限只限执法检查`)
    if (maxPerYear < minPerYear) refuse(`${named}：每年至多不能少于每年至少`)
    if (maxPerYear > MOST) refuse(`${named}：每年次数应在 0 至 ${MOST} 之间`)
  }
  const trades = [...new Set(rules.map(({ trade }) => trade?.trim() ?? ''))]
  for (const trade of trades) for (const kind of VISIT_KINDS) needOrder(rules, trade, kind, refuse)
}

function needOrder(rules: readonly RuleLine[], trade: string, kind: CheckKind, refuse: (sentence: string) => void): void {
  const lines = COLORS.map((color) => lineFor(rules, trade, color, kind))
  for (let i = 1; i < lines.length; i++) {
    const [worse, milder] = [lines[i - 1], lines[i]]
    const said = `${trade || '各行业'} · ${KIND_NAME[kind]}：${HUE[COLORS[i]!]}色不能比${HUE[COLORS[i - 1]!]}色查得更多`
    if ((milder?.minPerYear ?? 0) > (worse?.minPerYear ?? 0)) refuse(said)
    if (milder && worse && (milder.maxPerYear ?? Infinity) > (worse.maxPerYear ?? Infinity)) refuse(said)
  }
}

/** The rule for an enterprise: its trade's own before that for any. */
export function lineFor<R extends RuleLine>(rules: readonly R[], trade: string | undefined, color: RiskColor, kind: CheckKind): R | undefined {
  const fit = rules.filter((rule) => rule.color === color && rule.kind === kind)
  return (trade ? fit.find((rule) => rule.trade?.trim() === trade) : undefined) ?? fit.find((rule) => !rule.trade?.trim())
}

/** The table that is in force in a town on a day, with its rules. */
export interface InForce {
  table: FrequencyTable
  rules: FrequencyRule[]
}

export async function inForce(em: SqlEntityManager, towns: readonly string[], day: Day): Promise<Map<string, InForce>> {
  const tables = await em.find(
    FrequencyTable,
    { division: { $in: [...towns] }, state: FrequencyState.PUBLISHED, validFrom: { $lte: day } },
    { orderBy: { validFrom: 'asc', edition: 'asc' } },
  )
  const last = new Map(tables.map((table) => [table.division, table]))
  const rules = await em.find(FrequencyRule, { table: { $in: [...last.values()].map(({ id }) => id) } }, { orderBy: { id: 'asc' } })
  return new Map([...last].map(([town, table]) => [town, { table, rules: rules.filter((rule) => linkedId(rule.table) === table.id) }]))
}

/** As what an enterprise counts: its effective colour, or that which the table gives to those nobody has rated. */
export const colorIn = ({ table }: InForce, effective: RiskColor | undefined): RiskColor | undefined => effective ?? table.unratedAs

export function demandOf({ table, rules }: InForce, trade: string | undefined, color: RiskColor, kind: CheckKind): Demand | undefined {
  const line = lineFor(rules, trade, color, kind)
  return line && { edition: table.edition, min: line.minPerYear, max: line.maxPerYear ?? undefined, focus: line.focus ?? undefined }
}

export const townsOf = (divisions: readonly string[]): string[] => [...new Set(divisions.map(townOf))].sort()
