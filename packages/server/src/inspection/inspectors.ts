import type { SqlEntityManager } from '@mikro-orm/sql'
import { Division, Station, townOf } from '../division/division.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor } from '../shared/context.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import type { CheckInput } from './checkInput.js'
import { CheckKind } from './terms.js'

/** 执法检查: only by an authorised station, by two officers with certificates, signed by the unit or with a note that it would not (domain.md §1.8). */
export async function needOfficers(em: SqlEntityManager, by: Actor, input: CheckInput, least: number): Promise<string | undefined> {
  if (input.kind !== CheckKind.ENFORCEMENT) return undefined
  const station = by.station ? await em.findOne(Station, { code: by.station }) : undefined
  if (!station?.authorised) throw forbidden('只有有执法权（或受委托）的站所才能做执法检查，请改为督促指导')
  const officers = (input.officers ?? []).map(({ name, certificate }) => ({ name: name.trim(), certificate: certificate.trim() }))
  if (officers.some(({ name, certificate }) => !name || !certificate))
    throw new Refusal('OFFICERS', '请填写每位执法人员的姓名和执法证号', { field: 'officers' })
  const many = new Set(officers.map(({ certificate }) => certificate)).size
  if (many < least || new Set(officers.map(({ name }) => name)).size < least)
    throw new Refusal('OFFICERS', `执法检查须有不少于 ${least} 名执法人员，各有执法证号`, { field: 'officers' })
  if (!input.checker) throw new Refusal('SIGNATURE_MISSING', '执法检查须由检查人签字', { field: 'checker' })
  if (!input.receiver && !input.refusedToSign?.trim())
    throw new Refusal('SIGNATURE_MISSING', '执法检查须由受检单位签字；拒绝签字的请写明情况', { field: 'receiver' })
  return officers.map(({ name, certificate }) => `${name}（${certificate}）`).join('、')
}

/** 检查单位, as the papers name it. */
export async function unitOf(em: SqlEntityManager, by: Actor, firm: Enterprise): Promise<string> {
  if (by.role === 'STATION') return (await em.findOne(Station, { code: by.station! }))?.name ?? '行业主管站所'
  if (by.role === 'VILLAGE') return (await em.findOne(Division, { code: by.scope.division }))?.name ?? '村'
  if (by.role === 'TOWN_OFFICE') return `${(await em.findOne(Division, { code: townOf(firm.division) }))?.name ?? ''}镇安办`
  return firm.name.slice(0, 60)
}
