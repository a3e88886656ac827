import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Attachment } from '../attachment/attachment.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post } from '../enterprise/workshop.entity.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { raise } from '../hazard/raise.js'
import { HazardFactor } from '../hazard/terms.js'
import type { Actor } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import type { Check, CheckResult } from './check.entity.js'
import { SOURCE_OF } from './rights.js'
import { ItemOutcome } from './terms.js'

interface Seen {
  before: readonly Attachment[]
  after: readonly Attachment[]
  interimMeasure?: string | null | undefined
}

/** 不符合 → 隐患: text, place, factor, severity, basis and pictures go along. What was put right at once waits for a second person. */
export async function raiseFrom(em: SqlEntityManager, by: Actor, now: Date, firm: Enterprise, check: Check, result: CheckResult, seen: Seen): Promise<Hazard> {
  const post = check.post ? await em.findOne(Post, { id: linkedId(check.post)! }) : undefined
  const place = result.place ?? [check.workshop, post?.name].filter(Boolean).join(' ')
  const fixed = result.outcome === ItemOutcome.FIXED
  const facts = {
    description: `${result.content}${!fixed && result.note ? `：${result.note}` : '：不符合'}`,
    place: (place || check.title).slice(0, 120),
    factor: result.factor ?? HazardFactor.OBJECT,
    severity: result.severity,
    source: SOURCE_OF[check.kind],
    ...(check.workshop ? { workshop: check.workshop } : {}),
    ...(post ? { post: post.name } : {}),
    ...(result.legalBasis ? { legalBasis: result.legalBasis } : {}),
    ...(result.demand ? { demand: result.demand } : {}),
    ...(seen.interimMeasure?.trim() ? { interimMeasure: seen.interimMeasure.trim() } : {}),
  }
  return raise(em, asFinder(by), now, firm, {
    ...{ facts, seenAt: new Date(check.doneAt), before: seen.before },
    ...(fixed ? { fixed: { result: result.note!, after: seen.after, fixerName: check.checkerName } } : {}),
  })
}

/** Whoever checks with the post's PIN finds as a worker of that post. */
const asFinder = (by: Actor): Actor => (by.role === 'CARD' ? { ...by, role: 'POST' } : by)
