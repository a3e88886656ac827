import { ChecklistLevel } from '../checklist/terms.js'
import { HazardSource } from '../hazard/terms.js'
import type { Actor, Role } from '../shared/context.js'
import { CheckKind } from './terms.js'

/** Who may run which check (domain.md §1.8, §1.9); where, the scope decides. */
const KINDS: Partial<Record<Role, readonly CheckKind[]>> = {
  TOWN_OFFICE: [CheckKind.STATION_GUIDANCE, CheckKind.EXPERT_SERVICE, CheckKind.ENFORCEMENT, CheckKind.REPORT_VERIFICATION],
  STATION: [CheckKind.STATION_GUIDANCE, CheckKind.EXPERT_SERVICE, CheckKind.ENFORCEMENT, CheckKind.REPORT_VERIFICATION],
  VILLAGE: [CheckKind.GRID_PATROL, CheckKind.REPORT_VERIFICATION],
  ENTERPRISE: [CheckKind.SELF_CHECK, CheckKind.EXPERT_SERVICE],
  WORKSHOP: [CheckKind.SELF_CHECK],
  POST: [CheckKind.SELF_CHECK],
  CARD: [CheckKind.SELF_CHECK],
}
/** Whose lists: the unit's are the enterprise's, the form book the workshop's, the card the post's; who stands above may, too. */
const LEVELS: Partial<Record<Role, readonly ChecklistLevel[]>> = {
  ENTERPRISE: [ChecklistLevel.UNIT, ChecklistLevel.WORKSHOP, ChecklistLevel.POST],
  WORKSHOP: [ChecklistLevel.WORKSHOP, ChecklistLevel.POST],
  POST: [ChecklistLevel.POST],
  CARD: [ChecklistLevel.POST],
}
/** Which of them waits for whom: nobody's list waits for two. */
export const OWN_LEVEL: Partial<Record<Role, ChecklistLevel>> = {
  ENTERPRISE: ChecklistLevel.UNIT,
  WORKSHOP: ChecklistLevel.WORKSHOP,
  POST: ChecklistLevel.POST,
}

export const kindsOf = (role: Role): readonly CheckKind[] => KINDS[role] ?? []
export const mayCheck = (by: Actor, kind: CheckKind): boolean => kindsOf(by.role).includes(kind)

export const maySelfCheck = (by: Actor, level: ChecklistLevel): boolean => LEVELS[by.role]?.includes(level) ?? false

/** 作息、停产、岗位口令: the enterprise's own affair; a workshop looks after the cards of its posts. */
export const mayManageCards = (by: Actor): boolean => by.role === 'ENTERPRISE' || by.role === 'WORKSHOP'

export const SOURCE_OF: Record<CheckKind, HazardSource> = {
  SELF_CHECK: HazardSource.SELF_CHECK,
  GRID_PATROL: HazardSource.GRID_PATROL,
  STATION_GUIDANCE: HazardSource.STATION_GUIDANCE,
  EXPERT_SERVICE: HazardSource.EXPERT,
  ENFORCEMENT: HazardSource.ENFORCEMENT,
  REPORT_VERIFICATION: HazardSource.REPORT,
}
