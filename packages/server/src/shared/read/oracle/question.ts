import { allThings, type ThingClass } from '../../datum.js'
import type { Families, Grouping } from './groups.js'
import type { Condition } from './matches.js'
import type { OrderKey } from './sorted.js'

/** Everything that can be asked of one list: at the top of the graph, or of what points at a row. */
export interface Question {
  field: string
  /** The name of what the list is of. */
  thing: string
  where?: Condition | undefined
  orderBy?: OrderKey[] | undefined
  /** As of then; only at the top, what lies below follows. */
  asOf?: string | undefined
  page?: { first: number; offset: number; shown: Shown } | undefined
  total?: boolean | undefined
  aggregate?: Families | undefined
  groups?: (Grouping & { records?: Records | undefined }) | undefined
  distinct?: { field: string; contains?: string | undefined; limit: number } | undefined
}

export const targetOf = ({ thing }: Pick<Question, 'thing'>): ThingClass => allThings().find(({ name }) => name === thing)!.target

/** Which data of a thing an answer is to show, and of what it leads to. */
export interface Shown {
  fields: string[]
  links: Record<string, Shown>
  many: Question[]
}

/** The first few records of each group. */
export interface Records {
  first: number
  orderBy: OrderKey[]
  shown: Shown
}
