import type { HazardWhere } from '../gql/hazard/graphql'

/** What one can search hazards by; '' and [] mean: whatever. */
export const EMPTY = {
  queue: '',
  text: '',
  stage: [] as string[],
  severity: '',
  due: [] as string[],
  overdue: '',
  village: '',
  station: '',
  enterprise: '',
  trade: '',
  factor: [] as string[],
  source: [] as string[],
  found: [] as string[],
}
export type HazardFilter = typeof EMPTY

export const OPEN_STAGES = ['DRAFT', 'REGISTERED', 'NOTIFIED', 'RECTIFYING', 'PENDING_REVIEW'] as const
export const STAGES = [...OPEN_STAGES, 'CLOSED', 'TRANSFERRED', 'VOID'] as const

/** The search as a condition of the graph: the list, the export and the acts on "all that match" mean the same rows. */
export function whereOf(filter: HazardFilter, today: string): HazardWhere {
  const { text, stage, severity, due, overdue, village, station, enterprise, trade, factor, source, found } = filter
  const both: HazardWhere[] = []
  if (text.trim())
    both.push({ or: [{ number: contains(text) }, { description: contains(text) }, { place: contains(text) }, { enterprise: { name: contains(text) } }] })
  if (overdue) both.push({ dueOn: { lt: today }, stage: { in: [...OPEN_STAGES] } })
  return {
    ...(both.length ? { and: both } : {}),
    ...(stage.length ? { stage: { in: stage as NonNullable<NonNullable<HazardWhere['stage']>['in']> } } : {}),
    ...(severity ? { severity: { eq: severity as 'MAJOR' } } : {}),
    ...(factor.length ? { factor: { in: factor as 'OBJECT'[] } } : {}),
    ...(source.length ? { source: { in: source as 'REPORT'[] } } : {}),
    ...(village ? { division: { startsWith: village } } : {}),
    ...(station ? { station: { eq: station } } : {}),
    ...(enterprise || trade ? { enterprise: { ...(enterprise ? { id: { eq: enterprise } } : {}), ...(trade.trim() ? { trade: contains(trade) } : {}) } } : {}),
    ...(found.length === 2 ? { foundOn: { between: found } } : {}),
    ...(due.length === 2 ? { dueOn: { between: due } } : {}),
  }
}

const contains = (text: string) => ({ contains: text.trim() })
