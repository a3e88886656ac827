import { registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { isOne } from '../shared/onePerson.js'
import type { HazardRecord } from './hazardFacts.js'
import * as may from './rights.js'
import { HazardSeverity, HazardStage } from './terms.js'

/** What a person can do to a hazard now; screens show these buttons and no others. The acts themselves ask again. */
export enum HazardAct {
  REGISTER = 'REGISTER',
  NOTIFY = 'NOTIFY',
  FIX_ON_SPOT = 'FIX_ON_SPOT',
  ASSIGN = 'ASSIGN',
  PLAN = 'PLAN',
  APPROVE_PLAN = 'APPROVE_PLAN',
  ACCEPT = 'ACCEPT',
  SUBMIT = 'SUBMIT',
  CLOSE = 'CLOSE',
  RETURN = 'RETURN',
  ASK_EXTENSION = 'ASK_EXTENSION',
  REGRADE = 'REGRADE',
  URGE = 'URGE',
  LIST = 'LIST',
  TRANSFER = 'TRANSFER',
  VOID = 'VOID',
}
registerEnumType(HazardAct, { name: 'HazardAct', description: '可以对隐患做的事' })

export const ACT_NEEDS = [
  'stage',
  'severity',
  'foundByRole',
  'listedAt',
  'delistedAt',
  'station',
  'manageType',
  'fixers',
  'rectifier',
  'submittedBy',
  'firstReviewer',
  'firstReviewerFor',
  'fixingsAt',
  'fixingsApprovedBy',
  'dueOn',
]

const { DRAFT, REGISTERED, NOTIFIED, RECTIFYING, PENDING_REVIEW, CLOSED, TRANSFERRED, VOID } = HazardStage

export function actsOf(by: Actor, hazard: HazardRecord): HazardAct[] {
  const { stage } = hazard
  const major = hazard.severity === HazardSeverity.MAJOR
  const fixer = [hazard.rectifier, hazard.submittedBy, ...(hazard.fixers ?? '').split(' ')].some((id) => isOne(by, id))
  const moving = stage === NOTIFIED || stage === RECTIFYING
  const over = stage === CLOSED || stage === TRANSFERRED || stage === VOID
  const reviews = stage === PENDING_REVIEW && may.review(by, hazard) && !fixer
  const can: Record<HazardAct, boolean> = {
    REGISTER: stage === DRAFT && may.register(by, hazard),
    NOTIFY: stage === REGISTERED && may.notify(by, hazard),
    FIX_ON_SPOT: stage === REGISTERED && !major && may.fixOnSpot(by, hazard),
    ASSIGN: !over && may.assign(by),
    PLAN: moving && may.rectify(by, hazard),
    APPROVE_PLAN: moving && !!hazard.fixingsAt && !hazard.fixingsApprovedBy && may.approvePlan(by, hazard) && !fixer,
    ACCEPT: stage === NOTIFIED && may.rectify(by, hazard) && (!major || !!hazard.fixingsApprovedBy),
    SUBMIT: stage === RECTIFYING && may.rectify(by, hazard) && (!major || !!hazard.fixingsApprovedBy),
    CLOSE: reviews && !isOne(by, hazard.firstReviewer) && !isOne(by, hazard.firstReviewerFor) && (!major || !!hazard.fixingsApprovedBy),
    RETURN: reviews,
    ASK_EXTENSION: moving && !!hazard.dueOn && may.rectify(by, hazard),
    REGRADE: !over && may.confirmMajor(by),
    URGE: !over && stage !== DRAFT && may.urge(by, hazard),
    LIST: major && !over && stage !== DRAFT && !(hazard.listedAt && !hazard.delistedAt) && may.list(by),
    TRANSFER: !over && stage !== DRAFT && may.transfer(by),
    VOID: !over && may.voidIt(by, hazard),
  }
  return (Object.keys(can) as HazardAct[]).filter((act) => can[act])
}
