import { createHash } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage, ManageType } from '../hazard/terms.js'
import { Check, CheckResult } from '../inspection/check.entity.js'
import { CheckKind, ItemOutcome } from '../inspection/terms.js'
import { linkedId } from '../shared/datum.js'
import { type Entry, textKey } from './judge.js'
import { DoubtKind } from './terms.js'

/** What is judged, where it stands, and everything about it but how often its words occur. */
export interface Gathered {
  entry: Entry
  of: { kind: DoubtKind; check?: string; hazard?: string; round: number; writtenBy?: string; doneOn: string; at: string }
  place: { enterprise: string; division: string; station?: string }
  textKey?: string
}

const keyOf = (text: string): string | undefined => {
  const key = textKey(text)
  return key ? createHash('sha256').update(key).digest('hex') : undefined
}
const seconds = (from: string, to: string) => Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000)
const placed = (row: Hazard | Check) => ({ enterprise: linkedId(row.enterprise)!, division: row.division, ...(row.station ? { station: row.station } : {}) })
const dayIn = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)

/** `foundIn`: the check that found the hazard and put it right, whose own length is the time it took. */
export function ofHazard(hazard: Hazard, photos: readonly Attachment[], foundIn?: Pick<Check, 'startedAt' | 'doneAt'>): Gathered | undefined {
  const { result, submittedAt, stage } = hazard
  // Returned since: the words are those of a round that is over.
  if (!result || !submittedAt || hazard.historical || !(stage === HazardStage.PENDING_REVIEW || stage === HazardStage.CLOSED)) return undefined
  const onSpot = hazard.manageType === ManageType.IMMEDIATE && foundIn
  const before = photos.filter(({ purpose }) => purpose === AttachmentPurpose.BEFORE)
  const after = photos.filter(({ purpose, round }) => purpose === AttachmentPurpose.AFTER && round === hazard.returns)
  const bits = before.flatMap(({ print }) => after.flatMap((one) => (print && one.print ? [differing(print, one.print)] : [])))
  const key = keyOf(result)
  return {
    entry: {
      kind: DoubtKind.RECTIFICATION,
      text: result,
      clause: [hazard.description, hazard.legalBasis].filter(Boolean).join('\n'),
      demand: hazard.demand ?? '',
      seconds: onSpot ? seconds(foundIn.startedAt, foundIn.doneAt) : seconds(hazard.createdAt, submittedAt),
      samePhoto: after.some(({ sha256 }) => before.some((one) => one.sha256 === sha256)),
      ...(bits.length ? { photoBits: Math.min(...bits) } : {}),
    },
    of: {
      ...{ kind: DoubtKind.RECTIFICATION, hazard: hazard.id, round: hazard.returns, doneOn: dayIn(submittedAt), at: submittedAt },
      ...(hazard.submittedBy ? { writtenBy: hazard.submittedBy } : {}),
    },
    place: placed(hazard),
    ...(key ? { textKey: key } : {}),
  }
}

export function ofCheck(check: Check, results: readonly CheckResult[]): Gathered | undefined {
  if (check.kind !== CheckKind.SELF_CHECK) return undefined
  const { passed, failed, fixed, notApplicable, notChecked } = check
  const remark = check.remark ?? ''
  const key = keyOf(remark)
  return {
    entry: {
      ...{ kind: DoubtKind.CHECK, text: remark, items: passed + failed + fixed + notApplicable + notChecked, failed: failed + fixed },
      seconds: seconds(check.startedAt, check.doneAt),
      notes: results.flatMap(({ outcome, note, content }) => (note && outcome !== ItemOutcome.PASS ? [{ clause: content, text: note }] : [])),
    },
    of: { kind: DoubtKind.CHECK, check: check.id, round: 0, writtenBy: check.checkedBy, doneOn: check.doneOn, at: check.doneAt },
    place: placed(check),
    ...(key ? { textKey: key } : {}),
  }
}

/** Bits in which two fingerprints of pictures differ. */
export const differing = (a: string, b: string): number => {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`)
  let n = 0
  for (; bits; bits &= bits - 1n) n++
  return n
}

const whole = { filters: false } as const
export async function gatherHazards(em: SqlEntityManager, ids: readonly string[]): Promise<Gathered[]> {
  const hazards = await em.find(Hazard, { id: { $in: [...ids] } }, whole)
  const photos = await em.find(Attachment, { hazard: { $in: hazards.map(({ id }) => id) } }, whole)
  const results = await em.find(CheckResult, { hazard: { $in: hazards.map(({ id }) => id) } }, { ...whole, populate: ['check'], populateWhere: {} })
  return hazards.flatMap((hazard) => {
    const check = results.find((one) => linkedId(one.hazard) === hazard.id)?.check
    const own = photos.filter((photo) => linkedId(photo.hazard) === hazard.id)
    return ofHazard(hazard, own, check?.isInitialized() ? check.unwrap() : undefined) ?? []
  })
}

export async function gatherChecks(em: SqlEntityManager, ids: readonly string[]): Promise<Gathered[]> {
  const checks = await em.find(Check, { id: { $in: [...ids] }, kind: CheckKind.SELF_CHECK }, whole)
  const results = await em.find(CheckResult, { check: { $in: checks.map(({ id }) => id) } }, whole)
  return checks.flatMap(
    (check) =>
      ofCheck(
        check,
        results.filter((one) => linkedId(one.check) === check.id),
      ) ?? [],
  )
}
