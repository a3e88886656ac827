import type { SqlEntityManager } from '@mikro-orm/sql'
import { Division, DivisionLevel, Station } from '../division/division.entity.js'
import type { Actor } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'
import { inDivision } from '../shared/scope.js'
import { Enterprise, type EnterpriseFacts } from './enterprise.entity.js'
import { normaliseUscc } from './uscc.js'

/** What an enterprise may not change about itself: by these the town knows it and finds who is in charge of it. */
const LOCKED = { name: '单位名称', uscc: '统一社会信用代码', division: '所属村', station: '行业主管站所' } as const

/** Who may type in what about an enterprise (domain.md §1.9). `before` is what stood there; new ones have none. */
export function needMayDescribe(by: Actor, facts: EnterpriseFacts, before?: Enterprise): void {
  if (by.role === 'ENTERPRISE') {
    for (const [field, label] of Object.entries(LOCKED) as [keyof typeof LOCKED, string][])
      if (changes(field, facts, before)) throw new Refusal('LOCKED', `${label}由镇安办或行业站所维护，有变化请告知他们`, { field })
  }
  if (by.role === 'STATION' && changes('station', { station: by.scope.station!, ...facts }, { station: by.scope.station! }))
    throw new Refusal('STATION_FOREIGN', '只能登记和维护本站所主管的企业，移交别的站所请由镇安办办理', { field: 'station' })
}

function changes(field: keyof typeof LOCKED, facts: Partial<EnterpriseFacts>, before: Partial<Enterprise> | undefined): boolean {
  const typed = facts[field]
  if (typed === undefined) return false
  const text = field === 'uscc' ? normaliseUscc(typed ?? '') : (typed ?? '').trim()
  return text !== (before?.[field] ?? '')
}

/** Where an enterprise stands and who supervises it must exist; asked only about what is new, for villages and stations end. */
export async function needPlace(em: SqlEntityManager, by: Actor, enterprise: Enterprise, before?: Pick<Enterprise, 'division' | 'station'>): Promise<void> {
  const { division, station } = enterprise
  if (division !== before?.division) {
    const found = await em.findOne(Division, { code: division })
    if (!found || found.validTo || found.level !== DivisionLevel.VILLAGE) throw new Refusal('DIVISION', '没有这个村（居），请从列表中选', { field: 'division' })
    if (!inDivision(division, by.scope.division)) throw new Refusal('DIVISION_FOREIGN', `“${found.name}”不在您的管辖范围内`, { field: 'division' })
  }
  if (station && station !== before?.station) {
    const found = await em.findOne(Station, { code: station })
    if (!found || found.validTo) throw new Refusal('STATION', '没有这个站所，请从列表中选', { field: 'station' })
  }
}

/** A credit code stands once in the whole store; only its own keepers learn where. */
export async function needFreeUscc(em: SqlEntityManager, by: Actor, { id, uscc }: Enterprise): Promise<void> {
  if (!uscc) return
  const other = await em.findOne(Enterprise, { uscc, id: { $ne: id } }, { filters: false })
  if (!other) return
  const mine = by.role === 'TOWN_OFFICE' && inDivision(other.division, by.scope.division)
  throw new Refusal('USCC_TAKEN', mine ? `这个信用代码已登记为“${other.name}”` : '这个信用代码已登记在别的企业名下，请核对营业执照', { field: 'uscc' })
}
