import { CheckKind } from '../inspection/terms.js'
import { RiskColor } from '../risk/terms.js'

export interface RuleLine {
  trade?: string | null | undefined
  color: RiskColor
  kind: CheckKind
  minPerYear: number
  maxPerYear?: number | null | undefined
  focus?: string | null | undefined
}

const FOCUS: Record<RiskColor, string> = {
  RED: '重大风险点管控措施、重大隐患整改、应急准备',
  ORANGE: '较大风险点管控措施、隐患整改',
  YELLOW: '三张清单执行、隐患自查自改',
  BLUE: '标准化运行情况',
}
const of = (kind: CheckKind, times: readonly [RiskColor, number, number?][]): RuleLine[] =>
  times.map(([color, minPerYear, maxPerYear]) => ({ kind, color, minPerYear, maxPerYear: maxPerYear ?? null, focus: FOCUS[color] }))

/** What a town's first draft begins with: recommendations, not the field's own numbers (domain.md §3.7), so the town looks at them before it publishes. */
export const SHIPPED: readonly RuleLine[] = [
  ...of(CheckKind.ENFORCEMENT, [
    [RiskColor.RED, 4, 4],
    [RiskColor.ORANGE, 2, 2],
    [RiskColor.YELLOW, 1, 1],
    [RiskColor.BLUE, 0, 1],
  ]),
  ...of(CheckKind.STATION_GUIDANCE, [
    [RiskColor.RED, 12],
    [RiskColor.ORANGE, 4],
    [RiskColor.YELLOW, 2],
    [RiskColor.BLUE, 1],
  ]),
]
/** How long a visit's days are, and when a late one is a missed one: the town's to set, in the same table. */
export const SHIPPED_TABLE = { windowDays: 10, graceDays: 15, unratedAs: RiskColor.YELLOW }
