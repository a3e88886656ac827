import { ref, type Ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { notFound, Refusal } from '../shared/refusal.js'
import { Enterprise } from './enterprise.entity.js'
import { Post, Workshop } from './workshop.entity.js'

/** Where a record stands: what it carries so that the scope finds it without looking at its parents. */
export interface Place {
  enterprise: Ref<Enterprise>
  division: string
  station?: string
  unit?: Ref<Workshop>
  post?: Ref<Post>
  /** The workshop's name, the scope column. */
  workshop?: string
}

/** Which part of the enterprise: ids of a workshop and of a post; a post names its workshop by itself. */
export interface PartOf {
  unit?: string | null | undefined
  post?: string | null | undefined
}

/**
 * Looks up, in the reader's scope, the enterprise and the workshop or post of it that a new record is to stand in.
 * Refuses with NOT_FOUND on `enterprise`, `unit` or `post` what does not exist, lies elsewhere or has ended.
 */
export async function standing(em: SqlEntityManager, enterprise: string, part: PartOf = {}): Promise<{ firm: Enterprise; place: Place }> {
  const firm = await em.findOne(Enterprise, { id: enterprise })
  if (!firm) throw missing('企业', 'enterprise')
  const post = part.post ? await em.findOne(Post, { id: part.post, enterprise, endedOn: null }) : undefined
  if (part.post && !post) throw missing('岗位', 'post')
  const unitId = post ? post.unit.id : part.unit
  const unit = unitId ? await em.findOne(Workshop, { id: unitId, enterprise, endedOn: null }) : undefined
  if (unitId && !unit) throw missing('车间（部门）', 'unit')
  if (post && part.unit && part.unit !== post.unit.id) throw new Refusal('POST_ELSEWHERE', `岗位“${post.name}”不属于所选的车间`, { field: 'post' })
  return { firm, place: placeOf(firm, unit ?? undefined, post ?? undefined) }
}

export function placeOf(firm: Enterprise, unit?: Workshop, post?: Post): Place {
  return {
    enterprise: ref(firm),
    division: firm.division,
    ...(firm.station ? { station: firm.station } : {}),
    ...(unit ? { unit: ref(unit), workshop: unit.name } : {}),
    ...(post ? { post: ref(post) } : {}),
  }
}

const missing = (what: string, field: string) => new Refusal('NOT_FOUND', notFound(what).message, { field })
