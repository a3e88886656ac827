import type { GraphQLSchema } from 'graphql'
import type { Role } from '../shared/context.js'
import { datumOf } from '../shared/datum.js'
import type * as acts from '../shared/act.js'
import type * as eyes from '../shared/eyes.js'
import type * as reading from '../shared/read/reading.js'
import { TRUE } from '../shared/read/sql.js'
import type * as scope from '../shared/scope.js'

/**
 * What keeps people to their own rows and data, part by part, so that a test can take one away: a test that stays green
 * without it proves nothing. A test file puts these in the place of the real modules:
 * `vi.mock(import('../read/reading.js'), async (load) => (await import('…/weaken.js')).weakReading(await load()))`.
 */
export const away = { rows: false, hops: false, rights: false, consequences: false }

/** Without a part while the work runs. */
export async function without<T>(parts: readonly (keyof typeof away)[], work: () => Promise<T>): Promise<T> {
  for (const part of parts) away[part] = true
  try {
    return await work()
  } finally {
    for (const part of parts) away[part] = false
  }
}

/** The read path: `rows` is the scope of a list itself, `hops` that of every relation on the way. */
export const weakReading = (real: typeof reading): typeof reading => ({
  ...real,
  scopeSql: (...args) => (away.rows ? TRUE : real.scopeSql(...args)),
  hopSql: (...args) => (away.hops ? TRUE : real.hopSql(...args)),
  datumFor: (target, name, use, whose) => (away.rights && datumOf(target, name)) || real.datumFor(target, name, use, whose),
})

/** Entities and the log: the filter of every find, and the check of every write. */
export const weakScope = (real: typeof scope): typeof scope => ({
  ...real,
  scopeFilter: (...args) => (away.rows ? {} : real.scopeFilter(...args)),
  inScope: (...args) => away.rows || real.inScope(...args),
})

/** Acts: `consequences` is what follows of a change in the same transaction, so that a test can say what alone changes. */
export const weakAct = (real: typeof acts): typeof acts => ({
  ...real,
  follows: (follow, order) => real.follows((...args) => (away.consequences ? Promise.resolve() : follow(...args)), order),
})

/** The graph of a role: `rights` off, everybody knows all of it. */
export const weakEyes = (real: typeof eyes): typeof eyes => ({
  ...real,
  Eyes: class extends real.Eyes {
    readonly #whole: GraphQLSchema
    constructor(whole: GraphQLSchema) {
      super(whole)
      this.#whole = whole
    }
    override of(role: Role): GraphQLSchema {
      return away.rights ? this.#whole : super.of(role)
    }
  },
})
