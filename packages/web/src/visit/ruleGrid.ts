import type { CheckKind, RiskColor } from '../gql/visit/graphql'

export interface Rule {
  trade?: string | null
  color: RiskColor
  kind: CheckKind
  minPerYear: number
  maxPerYear?: number | null
  focus?: string | null
}
export const COLORS: readonly RiskColor[] = ['RED', 'ORANGE', 'YELLOW', 'BLUE']
/** What a plan of visits can be made of, in the order of the table. */
export const KINDS: readonly CheckKind[] = ['ENFORCEMENT', 'STATION_GUIDANCE', 'EXPERT_SERVICE', 'GRID_PATROL']

/** One line of the table: a trade (or any) and a kind, with a rule for each colour. */
export interface RuleLine {
  trade: string
  kind: CheckKind
  rules: Partial<Record<RiskColor, Rule>>
}

export function linesOf(rules: readonly Rule[]): RuleLine[] {
  const trades = [...new Set(rules.map(({ trade }) => trade ?? ''))].sort()
  return trades.flatMap((trade) =>
    KINDS.flatMap((kind): RuleLine[] => {
      const own = rules.filter((rule) => (rule.trade ?? '') === trade && rule.kind === kind)
      return own.length ? [{ trade, kind, rules: Object.fromEntries(own.map((rule) => [rule.color, rule])) }] : []
    }),
  )
}
