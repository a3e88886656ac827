import type { Asked } from './judge.js'
import type { Query } from './evidence.js'

const COLUMNS =
  'id, code, part, title, demand, kind, source, at_least as "atLeast", within_months as "withinMonths", valid_months as "validMonths", needs_valid_until as "needsValidUntil", trades, scales, more_staff_than as "moreStaffThan", only_with as "onlyWith", element'

/** A requirement that is in force, with what a page shows of it. */
export interface AskedNow extends Asked {
  id: string
  validMonths: number | null
  needsValidUntil: boolean
  element: string | null
}

/** What is asked today, in the order of the paper. */
export const askedNow = async (query: Query): Promise<AskedNow[]> =>
  (await query(`select ${COLUMNS} from dossier_requirement where active order by position, code`, [])) as unknown as AskedNow[]
