import type { SqlEntityManager } from '@mikro-orm/sql'
import { Division, DivisionLevel, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Refusal } from '../shared/refusal.js'
import { inDivision } from '../shared/scope.js'
import { AccountRole, type Person, type PersonFacts } from './person.entity.js'

interface Needs {
  level: DivisionLevel | undefined
  levelName: string
  station: 'needed' | 'may' | 'no'
  enterprise: boolean
  workshop: boolean
}
const outside = { station: 'no', enterprise: false, workshop: false } as const
const inside = { level: undefined, levelName: '', station: 'no', enterprise: true } as const

/** What an account stands on, by role: without it the account would see nothing, or more than it should. */
const NEEDS: Record<AccountRole, Needs> = {
  ADMIN: { ...outside, level: undefined, levelName: '' },
  TOWN_OFFICE: { ...outside, level: DivisionLevel.TOWN, levelName: '镇（乡、街道）', station: 'may' },
  STATION: { ...outside, level: DivisionLevel.TOWN, levelName: '镇（乡、街道）', station: 'needed' },
  VILLAGE: { ...outside, level: DivisionLevel.VILLAGE, levelName: '村（居）' },
  ENTERPRISE: { ...inside, workshop: false },
  WORKSHOP: { ...inside, workshop: true },
  POST: { ...inside, workshop: true },
  COUNTY: { ...outside, level: DivisionLevel.COUNTY, levelName: '县（市、区）' },
}

const refuse = (field: string, sentence: string) => new Refusal('ACCOUNT_PLACE', sentence, { field })

/** Takes the facts of an account; what its role has no use for is left empty. Undefined: unchanged. */
export async function describe(em: SqlEntityManager, person: Person, facts: PersonFacts): Promise<void> {
  const name = facts.name.trim()
  if (!name) throw refuse('name', '请填写姓名')
  const needs = NEEDS[facts.role]
  person.name = name
  person.role = facts.role
  person.division = await division(em, facts.division.trim(), needs)
  const station = await stationOf(em, given(facts.station, person.station), needs)
  const enterprise = await enterpriseOf(em, given(facts.enterprise, person.enterprise), person.division, needs)
  const workshop = needs.workshop ? given(facts.workshop, person.workshop) : undefined
  if (needs.workshop && !workshop) throw refuse('workshop', '请填写所属车间（部门）')
  keep(person, 'station', station)
  keep(person, 'enterprise', enterprise)
  keep(person, 'workshop', workshop)
}

const given = (typed: string | null | undefined, kept: string | undefined) => (typed === undefined ? kept : typed?.trim()) || undefined

export function keep<Key extends 'station' | 'enterprise' | 'workshop' | 'phone'>(person: Person, key: Key, value: string | undefined): void {
  if (value) person[key] = value
  else delete person[key]
}

async function division(em: SqlEntityManager, code: string, needs: Needs): Promise<string> {
  const found = await em.findOne(Division, { code })
  if (!found || found.validTo) throw refuse('division', '没有这个区划，请从列表中选')
  if (needs.level && found.level !== needs.level) throw refuse('division', `该角色的所属区划应选${needs.levelName}`)
  return code
}

async function stationOf(em: SqlEntityManager, code: string | undefined, needs: Needs): Promise<string | undefined> {
  if (needs.station === 'no') return undefined
  if (!code && needs.station === 'needed') throw refuse('station', '请选择所属站所')
  const found = code ? await em.findOne(Station, { code }) : undefined
  if (code && (!found || found.validTo)) throw refuse('station', '没有这个站所，请从列表中选')
  return code
}

async function enterpriseOf(em: SqlEntityManager, id: string | undefined, at: string, needs: Needs): Promise<string | undefined> {
  if (!needs.enterprise) return undefined
  const found = id ? await em.findOne(Enterprise, { id }) : undefined
  if (!found) throw refuse('enterprise', '请选择所属企业')
  if (found.closedOn) throw refuse('enterprise', '该企业已停业或迁出')
  if (!inDivision(found.division, at)) throw refuse('division', '所属区划应是该企业所在的村')
  return found.id
}
