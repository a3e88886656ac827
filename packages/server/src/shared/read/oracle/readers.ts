import type { Scope } from '../../scope.js'

/** Everybody who asks: each role, two towns, two stations. */
export const WHO = ['admin', 'county', 'town', 'town.far', 'industry', 'market', 'village', 'ent.tea', 'workshop.tea'] as const

interface Accounts {
  store: { reader: { all(sql: string): Promise<Record<string, unknown>[]> } }
}

/** What each account of the town may see, from its row alone (domain.md §1.2). */
export async function scopesOf(town: Accounts): Promise<Record<string, Scope>> {
  const rows = await town.store.reader.all('select username, role, division, station, enterprise, workshop from person')
  return Object.fromEntries(rows.map((row) => [row['username'], scopeOf(row as Record<string, string>)]))
}

function scopeOf({ role, division, station, enterprise, workshop }: Record<string, string>): Scope {
  if (role === 'ADMIN') return { division: '' }
  const scope: Scope = { division: division! }
  if (role === 'STATION') scope.station = station!
  if (role === 'ENTERPRISE' || role === 'WORKSHOP' || role === 'POST') scope.enterprise = enterprise!
  if (role === 'WORKSHOP' || role === 'POST') scope.workshop = workshop!
  return scope
}
