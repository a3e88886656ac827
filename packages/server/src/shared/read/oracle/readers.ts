import type { Role } from '../../context.js'
import type { Scope } from '../../scope.js'

/** Everybody who asks: each role, two towns, two stations. */
export const WHO = ['admin', 'county', 'town', 'town.far', 'industry', 'market', 'village', 'ent.tea', 'workshop.tea'] as const

export interface Reader {
  role: Role
  scope: Scope
}
interface Accounts {
  store: { reader: { all(sql: string): Promise<Record<string, unknown>[]> } }
}

/** What each account of the town may see, from its row alone (domain.md §1.2). */
export async function readersOf(town: Accounts): Promise<Record<string, Reader>> {
  const rows = (await town.store.reader.all('select username, role, division, station, enterprise, workshop from person')) as Record<string, string>[]
  return Object.fromEntries(rows.map((row) => [row['username'], { role: row['role'] as Role, scope: scopeOf(row) }]))
}

export const scopesOf = async (town: Accounts): Promise<Record<string, Scope>> =>
  Object.fromEntries(Object.entries(await readersOf(town)).map(([who, { scope }]) => [who, scope]))

function scopeOf({ role, division, station, enterprise, workshop }: Record<string, string>): Scope {
  if (role === 'ADMIN') return { division: '' }
  const scope: Scope = { division: division! }
  if (role === 'STATION') scope.station = station!
  if (role === 'ENTERPRISE' || role === 'WORKSHOP' || role === 'POST') scope.enterprise = enterprise!
  if (role === 'WORKSHOP' || role === 'POST') scope.workshop = workshop!
  return scope
}
