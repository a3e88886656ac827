import type { SqlEntityManager } from '@mikro-orm/sql'
import { Extension, ExtensionDecision } from '../hazard/extension.entity.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import { dayOf } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { Letter } from './letter.entity.js'
import type { LetterFacts } from './letterFacts.js'
import { LetterKind, LIVE } from './terms.js'
import type { Subject } from './wording/subject.js'

const { NOTICE, COMMITMENT } = LetterKind

/** What a letter says of its hazard; refuses where the hazard does not stand so that this letter could be written. */
export async function ofHazard(em: SqlEntityManager, kind: LetterKind, hazard: Hazard, facts: LetterFacts): Promise<Partial<Subject>> {
  needStanding(kind, hazard, facts)
  const more: Partial<Subject> = { hazard: hazardSaid(hazard) }
  if (kind === LetterKind.REVIEW_OPINION) more.before = await orderBefore(em, hazard)
  if (kind === LetterKind.EXTENSION_REPLY) more.extension = await decided(em, hazard)
  if (kind === LetterKind.STATUTORY_ORDER) Object.assign(more, needOrderFacts(facts))
  return more
}

function needStanding(kind: LetterKind, hazard: Hazard, facts: LetterFacts): void {
  if (kind === NOTICE || kind === COMMITMENT) throw new Refusal('LETTER_KIND', '告知书和承诺书不从隐患签发', { field: 'kind' })
  if (hazard.stage === HazardStage.DRAFT || hazard.stage === HazardStage.VOID) throw new Refusal('WRONG_STAGE', '隐患还没有受理或已作废，不能签发文书')
  const dated = hazard.dueOn ?? facts.dueOn
  const wrong: Partial<Record<LetterKind, [boolean, string]>> = {
    RECTIFICATION_NOTICE: [!dated, '请先下达整改通知或填写整改期限'],
    STATUTORY_ORDER: [!dated || !hazard.legalBasis, '指令书须有整改期限和违反条款，请先补齐'],
    REVIEW_OPINION: [hazard.stage !== HazardStage.CLOSED && !hazard.returns, '还没有复查过，不能出具复查意见书'],
    LISTING: [!hazard.listedAt || !!hazard.delistedAt, '这条隐患没有在挂牌督办中'],
    DELISTING: [!hazard.delistedAt, '这条隐患还没有摘牌'],
    TRANSFER: [hazard.stage !== HazardStage.TRANSFERRED, '请先办理移送'],
  }
  const found = wrong[kind]
  if (found?.[0]) throw new Refusal('HAZARD_NOT_READY', found[1])
}

export const hazardSaid = (hazard: Hazard): NonNullable<Subject['hazard']> => ({
  number: hazard.number,
  place: hazard.place,
  description: hazard.description,
  basis: hazard.legalBasis ?? '',
  major: hazard.severity === HazardSeverity.MAJOR,
  demand: hazard.demand ?? '',
  foundOn: hazard.foundOn,
  foundByUnit: hazard.foundByUnit ?? '',
  dueOn: hazard.dueOn,
  result: hazard.result ?? '',
  opinion: hazard.reviewOpinion ?? '',
  passed: hazard.stage === HazardStage.CLOSED,
  listingNumber: hazard.listingNumber ?? '',
  transferredTo: hazard.transferredTo ?? '',
})

/** A review opinion needs the notice or order that it answers (domain.md §7.4). */
async function orderBefore(em: SqlEntityManager, hazard: Hazard): Promise<Subject['before']> {
  const kinds = [LetterKind.STATUTORY_ORDER, LetterKind.RECTIFICATION_NOTICE]
  const [order] = await em.find(
    Letter,
    { hazard: hazard.id, kind: { $in: kinds }, stage: { $in: [...LIVE] } },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 1 },
  )
  if (order) return { number: order.number, issuedOn: order.issuedOn }
  if (hazard.noticeNumber && hazard.notifiedAt) return { number: hazard.noticeNumber, issuedOn: dayOf(hazard.notifiedAt) }
  throw new Refusal('NO_ORDER', '没有整改通知书或指令书，不能出具复查意见书')
}

async function decided(em: SqlEntityManager, hazard: Hazard): Promise<Subject['extension']> {
  const where = { hazard: hazard.id, decision: { $ne: ExtensionDecision.PENDING } }
  const [last] = await em.find(Extension, where, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 1 })
  if (!last) throw new Refusal('HAZARD_NOT_READY', '没有已审批的延期申请，不能答复')
  const { reason, fromDueOn: from, toDueOn: to, decision, opinion = '' } = last
  return { reason, from, to, approved: decision === ExtensionDecision.APPROVED, opinion }
}

/** Two officers with their certificates [行政处罚法 art.42], and where to turn against the order. */
function needOrderFacts({ officers = [], government, court }: LetterFacts): Pick<Subject, 'officers' | 'remedy'> {
  const named = officers.map(({ name, certificate }) => ({ name: name.trim(), certificate: certificate.trim() }))
  const different = new Set(named.map(({ certificate }) => certificate)).size
  if (named.length < 2 || different < named.length || named.some(({ name, certificate }) => !name || !certificate))
    throw new Refusal('OFFICERS', '指令书须有两名以上执法人员的姓名和执法证号', { field: 'officers' })
  if (!government?.trim() || !court?.trim()) throw new Refusal('REMEDY', '请填写行政复议机关和人民法院', { field: 'government' })
  return { officers: named, remedy: { government: government.trim(), court: court.trim() } }
}
