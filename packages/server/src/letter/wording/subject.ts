import type { Block } from '../../paper/paper.js'
import type { LetterKind } from '../terms.js'

/** Everything that the words of a letter may speak of, gathered when it is issued. */
export interface Subject {
  kind: LetterKind
  number: string
  issuerName: string
  issuedOn: string
  enterprise: string
  year: number
  dueOn?: string | undefined
  standard?: string | undefined
  /** Without a legal representative: a branch or a household business signs by its head. */
  branch: boolean
  hazard?: SubjectHazard | undefined
  /** The letter that this one answers or follows. */
  before?: { number: string; issuedOn: string } | undefined
  extension?: { reason: string; from: string; to: string; approved: boolean; opinion: string } | undefined
  officers?: { name: string; certificate: string }[] | undefined
  /** Where to turn against an order. */
  remedy?: { government: string; court: string } | undefined
}
export interface SubjectHazard {
  number: string
  place: string
  description: string
  basis: string
  major: boolean
  demand: string
  foundOn: string
  foundByUnit: string
  dueOn?: string | undefined
  result: string
  opinion: string
  passed: boolean
  listingNumber: string
  transferredTo: string
}

export interface Wording {
  title: string
  blocks: Block[]
}
