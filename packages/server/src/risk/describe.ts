import type { HazardFactor } from '../hazard/terms.js'
import { Refusal } from '../shared/refusal.js'
import { factorFlags, type RiskPointFacts } from './riskFacts.js'
import type { RiskPoint } from './riskPoint.entity.js'

const MOST_ACCIDENTS = 8

/** Takes what was typed in about a point; refuses with the field that is wrong. Blank is cleared. */
export function describePoint(point: RiskPoint, facts: RiskPointFacts, { factors, accidentTypes }: { factors: HazardFactor[]; accidentTypes: string[] }): void {
  if (!facts.name?.trim()) throw new Refusal('MISSING', '请填写风险点名称', { field: 'name' })
  if (!factors.length) throw new Refusal('MISSING', '请至少选一种因素（人、物、环境、管理）', { field: 'factors' })
  const types = [...new Set(accidentTypes.map((type) => type.trim().replaceAll('、', '')).filter(Boolean))]
  if (!types.length) throw new Refusal('MISSING', '请至少选一种可能导致的事故类型', { field: 'accidentTypes' })
  if (types.length > MOST_ACCIDENTS) throw new Refusal('TOO_MANY', `事故类型最多选 ${MOST_ACCIDENTS} 种`, { field: 'accidentTypes' })
  const { id: _id, version: _version, createdAt: _at, ...typed } = facts
  for (const [key, value] of Object.entries(typed) as [keyof RiskPoint, string | null][]) {
    const kept = value?.trim()
    if (kept) Object.assign(point, { [key]: kept })
    else if (value !== undefined) delete point[key]
  }
  Object.assign(point, factorFlags(factors), { accidents: types.join('、') })
}
