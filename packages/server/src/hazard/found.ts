import { createHash } from 'node:crypto'
import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Division, Station, townOf } from '../division/division.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { type Day, dayOf, instant, monthOf } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { sameKey } from '../shared/sameKey.js'
import { Hazard } from './hazard.entity.js'
import type { HazardFacts } from './hazardFacts.js'
import * as may from './rights.js'
import { HazardSeverity, HazardSource } from './terms.js'

/** YH-202611-106201-0001: month, town and village, running number; never given twice (domain.md §4.7). */
export async function nextNumber(em: SqlEntityManager, day: Day, division: string, many = 1): Promise<(i: number) => string> {
  const series = seriesOf(day, division)
  const first = await takeNumbers(em, series, many)
  return (i) => numberOf(series, first + i)
}

export const seriesOf = (day: Day, division: string): string => `YH-${monthOf(day).replace('-', '')}-${division.slice(6).padEnd(6, '0')}`
export const numberOf = (series: string, n: number): string => `${series}-${String(n).padStart(4, '0')}`

/** The same hazard in two papers: of one enterprise and day, its place and description but for blanks and punctuation. */
export const fingerprintOf = (enterprise: string, facts: Pick<HazardFacts, 'foundOn' | 'place' | 'description'>): string =>
  createHash('sha256')
    .update(JSON.stringify([enterprise, facts.foundOn, sameKey(facts.place ?? ''), sameKey(facts.description)]))
    .digest('hex')

/** A hazard as its finder reports it, still a draft; refuses what the finder may not report. */
export async function found(em: SqlEntityManager, by: Actor, at: Date, enterprise: Enterprise, facts: HazardFacts): Promise<Hazard> {
  const mayEnforce = facts.source === HazardSource.ENFORCEMENT && (await enforces(em, by))
  const hazard = draftOf(by, at, enterprise, facts, { mayEnforce, unit: await unitOf(em, by, enterprise) })
  hazard.number = (await nextNumber(em, facts.foundOn, enterprise.division))(0)
  em.persist(hazard)
  return hazard
}

/** What is reported, before it has a number; what must be looked up about the finder is told. */
export function draftOf(
  by: Actor,
  at: Date,
  enterprise: Enterprise,
  facts: HazardFacts,
  finder: { mayEnforce: boolean; unit: string },
  hazard = new Hazard(),
): Hazard {
  if (!may.report(by, facts.source)) throw new Refusal('SOURCE', '您的角色不能登记这种来源的隐患', { field: 'source' })
  if (facts.source === HazardSource.ENFORCEMENT && !finder.mayEnforce) throw forbidden('只有有执法权（或受委托）的站所才能登记执法检查，请改为“站所督促指导”')
  if (enterprise.closedOn && enterprise.closedOn <= dayOf(at))
    throw new Refusal('ENTERPRISE_CLOSED', '该企业已停业或迁出，不能登记隐患', { field: 'enterprise' })
  if (facts.foundOn > dayOf(at)) throw new Refusal('FOUND_IN_FUTURE', '发现日期不能晚于今天', { field: 'foundOn' })
  for (const [field, label] of [
    ['description', '隐患描述'],
    ['place', '隐患部位'],
  ] as const)
    if (!facts[field]?.trim()) throw new Refusal('MISSING', `请填写${label}`, { field })
  if (facts.severity === HazardSeverity.MAJOR && !facts.interimMeasure?.trim())
    throw new Refusal('MISSING', '重大隐患必须先采取临时防范措施（停用、撤人、警戒等）', { field: 'interimMeasure' })
  const { id: _id, version: _version, createdAt: _at, ...typed } = facts
  Object.assign(hazard, Object.fromEntries(Object.entries(typed).filter(([, value]) => value != null)))
  hazard.description = facts.description.trim()
  hazard.place = facts.place.trim()
  if (by.scope.workshop !== undefined) hazard.workshop = by.scope.workshop
  hazard.createdAt = instant(at)
  hazard.enterprise = ref(enterprise)
  hazard.division = enterprise.division
  if (enterprise.station) hazard.station = enterprise.station
  hazard.foundBy = by.id
  hazard.foundByRole = by.role
  hazard.finderName = by.name
  hazard.foundByUnit = finder.unit
  hazard.fingerprint = fingerprintOf(enterprise.id, facts)
  return hazard
}

async function enforces(em: SqlEntityManager, by: Actor): Promise<boolean> {
  return !!by.station && !!(await em.findOne(Station, { code: by.station }))?.authorised
}

async function unitOf(em: SqlEntityManager, by: Actor, enterprise: Enterprise): Promise<string> {
  if (by.role === 'STATION') return (await em.findOne(Station, { code: by.station! }))?.name ?? '行业主管站所'
  if (by.role === 'VILLAGE') return (await em.findOne(Division, { code: by.scope.division }))?.name ?? '村'
  if (by.role === 'TOWN_OFFICE') return `${(await em.findOne(Division, { code: townOf(enterprise.division) }))?.name ?? ''}镇安办`
  return '企业自查'
}
