import type { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Context, Role, SignedIn } from '../shared/context.js'
import { signedIn } from '../shared/signedIn.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import type { DossierDocument } from './document.entity.js'

/** Dossier parts (domain.md §1.9): seen by all but a post worker, kept by the enterprise and by its station for those too small to do it. */
export const DOSSIER_READERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'COUNTY']
const KEEPERS: readonly Role[] = ['ENTERPRISE', 'STATION']
const REVIEWERS: readonly Role[] = ['STATION', 'TOWN_OFFICE']
const PACKERS: readonly Role[] = ['STATION', 'TOWN_OFFICE']

export const dossierReader = (context: Context): SignedIn => signedIn(context, ...DOSSIER_READERS)
/** The whole dossier on paper lists the hazards of every workshop: not for the head of one. */
export const dossierPrinter = (context: Context): SignedIn => signedIn(context, ...DOSSIER_READERS.filter((role) => role !== 'WORKSHOP'))
export const dossierKeeper = (context: Context): SignedIn => signedIn(context, ...KEEPERS)
export const dossierReviewer = (context: Context): SignedIn => signedIn(context, ...REVIEWERS)
export const packer = (context: Context): SignedIn => signedIn(context, ...PACKERS)

/** The station reviews its trade; the town office only where there is no station, or where the station itself filed it. */
export function needReviewer({ actor }: SignedIn, document: DossierDocument): void {
  if (actor.role === 'TOWN_OFFICE' && document.station && document.submittedByRole !== 'STATION') throw forbidden('这家企业的档案由行业主管站所审核')
}

export function needAtWork(firm: Enterprise): void {
  if (firm.closedOn) throw new Refusal('ENTERPRISE_CLOSED', '这家企业已停业或迁出，档案不再变动')
}
