import type { LetterPageQuery } from '../gql/letter/graphql'

type Letter = LetterPageQuery['letter']
export type LetterKind = Letter['kind']
export type LetterStage = Letter['stage']
export type SignerRole = NonNullable<Letter['signerRole']>

export const CAMPAIGN_KINDS = ['NOTICE', 'COMMITMENT'] as const
export const HAZARD_KINDS = ['RECTIFICATION_NOTICE', 'STATUTORY_ORDER', 'REVIEW_OPINION', 'LISTING', 'DELISTING', 'TRANSFER', 'EXTENSION_REPLY'] as const
export const KINDS: readonly LetterKind[] = [...CAMPAIGN_KINDS, ...HAZARD_KINDS]
export const STAGES: readonly LetterStage[] = ['ISSUED', 'DELIVERED', 'COMPLETE', 'REPLACED', 'VOID']

/** Who signs: the first is whom the paper means. */
export const signersOf = (kind: LetterKind): readonly SignerRole[] =>
  kind === 'NOTICE'
    ? ['PRINCIPAL']
    : kind === 'COMMITMENT'
      ? ['LEGAL_REP', 'BRANCH_HEAD']
      : kind === 'TRANSFER'
        ? ['RECEIVER']
        : ['PRINCIPAL', 'LEGAL_REP', 'RECEIVER']

/** The browser shows a PDF and prints it from there; Word is kept. */
export const fileOf = (id: string, format: 'pdf' | 'docx') => `/letters/${id}.${format}`
