import type { Ref } from '@mikro-orm/core'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Day } from '../shared/days.js'
import type { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { needNoIdNumber } from './idNumber.js'

/** What a record of the dossier is to the acts that keep it: it stands in an enterprise, and tells itself what is wrong with it. */
export interface DossierRecord extends Recorded {
  enterprise: Ref<Enterprise>
  division: string
  station?: string
  voidedOn?: string
  /** Refuses what cannot be, in the user's words, beside the field. */
  check(today: Day): void
}

/** Takes what was typed in: a blank clears. Nothing typed here may bear an 身份证号. */
export function take(record: object, facts: object): void {
  const { id: _id, version: _version, createdAt: _at, ...typed } = facts as Partial<Recorded> & Record<string, unknown>
  for (const [key, value] of Object.entries(typed)) {
    const kept = typeof value === 'string' ? value.trim() : value
    if (typeof kept === 'string') needNoIdNumber(kept, key)
    if (kept === undefined) continue
    if (kept === null || kept === '') delete (record as Record<string, unknown>)[key]
    else Object.assign(record, { [key]: kept })
  }
}

export function needText(value: string | undefined, field: string, what: string): void {
  if (!value) throw new Refusal('MISSING', `请填写${what}`, { field })
}

export function needPast(day: Day | undefined, today: Day, field: string, what: string): void {
  if (day && day > today) throw new Refusal('DAY_FUTURE', `${what}不能晚于今天`, { field })
}

export function needOrder(earlier: Day | undefined, later: Day | undefined, field: string, sentence: string): void {
  if (earlier && later && later <= earlier) throw new Refusal('DAY_ORDER', sentence, { field })
}

/** Whole numbers of people, none below zero, each at most the one before. */
export function needCounts(counts: readonly (readonly [value: number | undefined, field: string, what: string])[]): void {
  let most: readonly [number, string] | undefined
  for (const [value, field, what] of counts) {
    if (value == null) continue
    if (value < 0) throw new Refusal('COUNT_NEGATIVE', `${what}不能是负数`, { field })
    if (most && value > most[0]) throw new Refusal('COUNT_ORDER', `${what}不能多于${most[1]}`, { field })
    most = [value, what]
  }
}
