import type { Role } from '../shared/session'

/** Which buttons a role meets, in the order of a hazard's life; their meaning is in the words of the help. */
export const BUTTONS = {
  ADMIN: [],
  TOWN_OFFICE: [
    'REPORT',
    'REGISTER',
    'NOTIFY',
    'REGRADE',
    'APPROVE_PLAN',
    'URGE',
    'CLOSE',
    'RETURN',
    'DECIDE_EXTENSION',
    'LIST',
    'TRANSFER',
    'VOID',
    'IMPORT',
    'BULK',
  ],
  STATION: ['REPORT', 'REGISTER', 'NOTIFY', 'REGRADE', 'APPROVE_PLAN', 'URGE', 'CLOSE', 'RETURN', 'DECIDE_EXTENSION', 'TRANSFER', 'VOID', 'BULK'],
  VILLAGE: ['REPORT', 'REGISTER', 'NOTIFY', 'URGE', 'CLOSE', 'RETURN', 'FIX_ON_SPOT'],
  ENTERPRISE: ['REPORT', 'ASSIGN', 'PLAN', 'ACCEPT', 'SUBMIT', 'FIX_ON_SPOT', 'ASK_EXTENSION', 'CLOSE', 'RETURN'],
  WORKSHOP: ['REPORT', 'ASSIGN', 'ACCEPT', 'SUBMIT', 'FIX_ON_SPOT', 'CLOSE', 'RETURN'],
  POST: ['REPORT', 'ACCEPT', 'SUBMIT', 'FIX_ON_SPOT'],
  COUNTY: [],
} satisfies Record<Role, readonly string[]>

export const ROLES = Object.keys(BUTTONS) as Role[]
export const QUESTIONS = ['password', 'identity', 'notMine', 'changed', 'photo', 'closed', 'size', 'offline', 'phone'] as const
/** 会议室大屏: for who may hang one up, or sees to its map. */
export const BOARD_QUESTIONS = ['link', 'code', 'drill', 'meeting', 'past', 'map', 'revoke'] as const
export const WITH_BOARD: readonly Role[] = ['TOWN_OFFICE', 'STATION', 'ADMIN', 'COUNTY']
