import { Escalation, HazardStage, ManageType } from '../hazard/terms.js'
import { type Day, instant } from '../shared/days.js'
import type { HazardSaid } from './hazardRow.js'

/** A ledger knows the day, not the hour: noon of that day in Shanghai. */
const noon = (day: Day | undefined): string | undefined => (day ? `${day}T04:00:00.000Z` : undefined)

const NOTIFIED_ONCE: readonly HazardStage[] = [HazardStage.NOTIFIED, HazardStage.RECTIFYING, HazardStage.PENDING_REVIEW, HazardStage.CLOSED]

/**
 * A hazard as the ledger recorded it: days and people of that time, no accounts. A major one comes in without its
 * clause and its five fixings; the next act on it asks for them.
 */
export function entered(said: HazardSaid, now: Date): Record<string, unknown> {
  const {
    enterprise,
    division,
    station,
    foundOn,
    foundByRole,
    foundByUnit,
    finderName,
    source,
    place,
    description,
    factor,
    severity,
    category,
    legalBasis,
    measures,
    responsiblePerson,
    manageType,
    noticeNumber,
    costFen,
    remark,
    fingerprint,
  } = said
  return {
    ...{
      enterprise,
      division,
      station,
      foundOn,
      foundByRole,
      foundByUnit,
      finderName,
      source,
      place,
      description,
      factor,
      severity,
      category,
      legalBasis,
      measures,
      responsiblePerson,
      manageType,
      noticeNumber,
      costFen,
      remark,
      fingerprint,
    },
    ...progressOf(said),
    createdAt: instant(now),
    historical: true,
    recurring: false,
    registeredAt: said.stage === HazardStage.DRAFT ? undefined : noon(foundOn),
    originalDueOn: said.dueOn,
    extensions: 0,
    returns: 0,
    photosBefore: 0,
    photosAfter: 0,
    fixers: '',
    escalation: Escalation.NONE,
  }
}

/** Where the recorded hazard stands, and since when: what a later ledger may bring on. */
export function progressOf(said: HazardSaid): Record<string, unknown> {
  const { stage, manageType } = said
  const fixed = stage === HazardStage.PENDING_REVIEW || stage === HazardStage.CLOSED
  const facts = {
    stage,
    dueOn: said.dueOn,
    notifiedAt: NOTIFIED_ONCE.includes(stage) && manageType === ManageType.DEADLINE ? noon(said.foundOn) : undefined,
    rectifierName: fixed ? said.responsiblePerson : undefined,
    result: said.result,
    submittedAt: fixed ? noon(said.rectifiedOn) : undefined,
    reviewerNames: stage === HazardStage.CLOSED ? said.reviewer : undefined,
    reviewOpinion: stage === HazardStage.CLOSED ? (said.reviewOpinion ?? '合格') : said.reviewOpinion,
    closedAt: stage === HazardStage.CLOSED ? noon(said.reviewedOn) : undefined,
    transferredTo: stage === HazardStage.TRANSFERRED ? said.remark : undefined,
    transferredAt: stage === HazardStage.TRANSFERRED ? noon(said.reviewedOn ?? said.foundOn) : undefined,
    voidReason: stage === HazardStage.VOID ? said.remark : undefined,
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
