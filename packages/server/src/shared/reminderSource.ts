import type { Role } from './context.js'
import type { Day } from './days.js'
import type { Reader } from './read/reader.js'

/** One thing somebody must be told of on a day; `record`, `kind`, `cause` and `audience` together are told once and never again. */
export interface Due {
  record: string
  cause: string
  audience: Role
  text: string
  /** Where it is done: a path of the app. */
  path: string
  division: string
  station?: string | undefined
  enterpriseId?: string | undefined
  hazard?: string | undefined
}

/**
 * Where reminders come from: looks at the whole store once a day and says what is due, whether it was said before or not.
 * `kind` is one of ReminderKind; `rules` are the 规则参数.
 */
export interface ReminderSource {
  kind: string
  due(reader: Pick<Reader, 'all'>, day: Day, rules: Readonly<Record<string, number>>): Promise<Due[]>
}

export const textOf = (value: unknown): string | undefined => (value == null ? undefined : String(value))
