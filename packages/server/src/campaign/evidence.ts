import type { ThingClass } from '../shared/datum.js'
import type { Reading } from '../shared/read/reading.js'
import type { Sql } from '../shared/read/sql.js'
import { EVIDENCE_NAME, type EvidenceKind, type TaskSubject } from './terms.js'

/** Of which campaign the facts are counted. */
export interface Counted {
  campaign: string
  year: number
  /** The town's code. */
  town: string
}
/**
 * A condition on one of the denominator under alias `at`: an enterprise with all its columns, a station (`id` its code,
 * `division` the town) or a village (`id` its code). Written with `sourceSql` and `hopSql`, so that it answers as of the
 * reading's instant and within the reader's scope.
 */
export type EvidenceSql = (at: string, reading: Reading, counted: Counted) => Sql

/** 佐证: a named fact that shows a task done. A module registers its own with `defineEvidence`; its kind is a word in terms.ts. */
export interface Evidence {
  kind: EvidenceKind
  subject: TaskSubject
  /** Whose changes may change the answer; a board counts anew when one of them changes. */
  things: readonly ThingClass[]
  served: EvidenceSql
  /** Of whom it is asked at all, where not of everybody in scope. */
  owed?: EvidenceSql
  /** Where the fact is made: `/letters?…`, `{id}` stands for the enterprise. */
  to: string
}

const known = new Map<EvidenceKind, Evidence>()
export function defineEvidence(...own: Evidence[]): void {
  for (const one of own) {
    if (known.has(one.kind)) throw new Error(`${one.kind} is an evidence already`)
    known.set(one.kind, one)
  }
}
export const evidenceOf = (kind: EvidenceKind): Evidence | undefined => known.get(kind)
/** In the order of their words. */
export const allEvidence = (): Evidence[] => (Object.keys(EVIDENCE_NAME) as EvidenceKind[]).flatMap((kind) => known.get(kind) ?? [])
