import { LETTER_DUTIES } from './letter/duties.js'
import type { Duty } from './shared/duty.js'

/** Everything but the hazards' queues that may wait for somebody, in the order of the first page. */
export const DUTIES: readonly Duty[] = [...LETTER_DUTIES]
