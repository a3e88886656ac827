export const LEVELS = ['UNIT', 'WORKSHOP', 'POST'] as const
export type Level = (typeof LEVELS)[number]
export const FREQUENCIES = ['SHIFT', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY', 'BEFORE_HOLIDAY', 'RESTART'] as const
export type Frequency = (typeof FREQUENCIES)[number]
export const FACTORS = ['PERSON', 'OBJECT', 'ENVIRONMENT', 'MANAGEMENT'] as const
export type Factor = (typeof FACTORS)[number]

/** What one item says, as its form types it in: of a norm or of an enterprise's own list. */
export interface ItemFacts {
  section: string | null
  content: string
  requirement: string | null
  method: string | null
  responsible: string | null
  frequency: Frequency | null
  demand: string | null
  factor: Factor | null
  critical: boolean
  severity: 'GENERAL' | 'MAJOR'
  legalBasis: string | null
  element: string | null
}
