import type { Actor, Role } from '../shared/context.js'
import type { Letter } from './letter.entity.js'
import { CopyHolder, LetterKind } from './terms.js'

/** Who may do what with a letter that lies in his scope (domain.md §1.8, §1.9). */

const AUTHORITY: readonly Role[] = ['TOWN_OFFICE', 'STATION']
const TOWN_ONLY: readonly LetterKind[] = [LetterKind.LISTING, LetterKind.DELISTING]

/** A statutory order needs an authorised body besides; that is asked where the station is known (issue.ts). */
export const issue = (by: Actor, kind: LetterKind): boolean => (TOWN_ONLY.includes(kind) ? by.role === 'TOWN_OFFICE' : AUTHORITY.includes(by.role))

/** Whoever issued it, and the town office above. */
export const owns = (by: Actor, letter: Pick<Letter, 'issuer' | 'station'>): boolean =>
  by.role === 'TOWN_OFFICE' || (by.role === 'STATION' && letter.station === by.station)

export const deliver = (by: Actor, letter: Pick<Letter, 'kind'>): boolean =>
  AUTHORITY.includes(by.role) || (by.role === 'ENTERPRISE' && letter.kind !== LetterKind.TRANSFER)

export function receive(by: Actor, holder: CopyHolder, letter: Pick<Letter, 'station'>): boolean {
  switch (holder) {
    case CopyHolder.ENTERPRISE:
    case CopyHolder.BOARD:
      return by.role === 'ENTERPRISE' || AUTHORITY.includes(by.role)
    case CopyHolder.STATION:
      // An enterprise without a station is the town's own (责任空白).
      return by.role === 'STATION' || (by.role === 'TOWN_OFFICE' && !letter.station)
    case CopyHolder.TOWN:
      return by.role === 'TOWN_OFFICE'
    case CopyHolder.RECEIVER:
    case CopyHolder.ISSUER:
      return AUTHORITY.includes(by.role)
  }
}
