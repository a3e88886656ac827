import type { SqlEntityManager } from '@mikro-orm/sql'
import { takeNumbers } from '../shared/counter.entity.js'
import { dayOf } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { Criterion } from '../standard/criterion.entity.js'
import { Hazard } from './hazard.entity.js'

/** Loads a hazard inside an act, as the actor may see it, in the version the actor saw. */
export async function loadHazard(em: SqlEntityManager, id: string, version?: number): Promise<Hazard> {
  const hazard = await em.findOne(Hazard, { id })
  if (!hazard) throw notFound('隐患')
  if (version !== undefined && hazard.version !== version) throw conflict()
  return hazard
}

export async function criterionOf(em: SqlEntityManager, id: string | undefined): Promise<Criterion | undefined> {
  if (!id) return undefined
  const criterion = await em.findOne(Criterion, { id, active: true })
  if (!criterion) throw new Refusal('CRITERION_MISSING', '判定条款不存在或已停用', { field: 'criterion' })
  return criterion
}

export const noticeNumber = async (em: SqlEntityManager, at: Date): Promise<string> => {
  const month = dayOf(at).slice(0, 7).replace('-', '')
  return `ZG-${month}-${String(await takeNumbers(em, `ZG-${month}`)).padStart(4, '0')}`
}
