import { registerEnumType } from 'type-graphql'
import type { Context, Role, SignedIn } from './context.js'
import { signedIn } from './signedIn.js'

/** What a role may do at all; which rows, the scope decides, and which stage, the thing's own rules (domain.md §1.9). */
export enum Capability {
  ACCOUNTS = 'ACCOUNTS',
  REFERENCE = 'REFERENCE',
  SETTINGS = 'SETTINGS',
  RECENT_CHANGES = 'RECENT_CHANGES',
  LEDGER_IMPORT = 'LEDGER_IMPORT',
  BOARD_LINKS = 'BOARD_LINKS',
  ENTERPRISE_CREATE = 'ENTERPRISE_CREATE',
  ENTERPRISE_EDIT = 'ENTERPRISE_EDIT',
  ENTERPRISE_CLOSE = 'ENTERPRISE_CLOSE',
  ENTERPRISE_REVEAL = 'ENTERPRISE_REVEAL',
  HAZARD_REPORT = 'HAZARD_REPORT',
  QUESTIONS = 'QUESTIONS',
  NORM_PREPARE = 'NORM_PREPARE',
  NORM_PUBLISH = 'NORM_PUBLISH',
  CHECKLIST_TAILOR = 'CHECKLIST_TAILOR',
  HOOKS = 'HOOKS',
}
registerEnumType(Capability, { name: 'Capability', description: '账号可以做的事' })

const MAY: Record<Capability, readonly Role[]> = {
  ACCOUNTS: ['ADMIN'],
  REFERENCE: ['ADMIN', 'TOWN_OFFICE'],
  SETTINGS: ['ADMIN', 'TOWN_OFFICE'],
  RECENT_CHANGES: ['ADMIN'],
  LEDGER_IMPORT: ['TOWN_OFFICE'],
  BOARD_LINKS: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'COUNTY'],
  ENTERPRISE_CREATE: ['TOWN_OFFICE', 'STATION'],
  ENTERPRISE_EDIT: ['TOWN_OFFICE', 'STATION', 'ENTERPRISE'],
  ENTERPRISE_CLOSE: ['TOWN_OFFICE', 'STATION'],
  ENTERPRISE_REVEAL: ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE'],
  HAZARD_REPORT: ['TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST'],
  QUESTIONS: ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'COUNTY'],
  NORM_PREPARE: ['ADMIN', 'TOWN_OFFICE', 'STATION'],
  NORM_PUBLISH: ['ADMIN', 'TOWN_OFFICE'],
  CHECKLIST_TAILOR: ['STATION', 'ENTERPRISE'],
  HOOKS: ['ADMIN', 'TOWN_OFFICE', 'STATION'],
}

export const capabilitiesOf = (role: Role): Capability[] => Object.values(Capability).filter((capability) => MAY[capability].includes(role))

export const mayRole = (role: Role, capability: Capability): boolean => MAY[capability].includes(role)

/** The context of somebody signed in whose role has the capability. */
export const entitled = (context: Context, capability: Capability): SignedIn => signedIn(context, ...MAY[capability])
