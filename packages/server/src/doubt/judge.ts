import { half, sameKey } from '../shared/sameKey.js'
import type { DoubtRules } from './rules.js'
import { concrete, restated } from './stock.js'
import { DoubtKind } from './terms.js'

/** One entry as the rules look at it: everything that was looked up about it is told. */
export interface Entry {
  kind: DoubtKind
  /** 整改情况 or 检查情况, as typed. */
  text: string
  /** The hazard's description: what a rectification may merely repeat. */
  clause?: string
  /** 整改要求: to have done just what was demanded is no fault, so its copy weighs less. */
  demand?: string
  /** Notes of items beside what the item says. */
  notes?: readonly { clause: string; text: string }[]
  items?: number
  /** Items that were not simply passed. */
  failed?: number
  /** How long the check took, or from discovery to the end of rectification. */
  seconds?: number
  samePhoto?: boolean
  /** The fewest bits by which the fingerprints of a before and an after photo differ. */
  photoBits?: number
  /** Other enterprises with the same text. */
  others?: number
  /** How often the same person wrote the same before. */
  repeats?: number
}
export interface Reason {
  rule: string
  points: number
  said: string
}
export interface Judged {
  score: number
  reasons: Reason[]
}

/** What two texts must share to be the same. */
export const textKey = (text: string): string => sameKey(text)
const lengthOf = (text: string): number => sameKey(text).length || half(text).length

/** Points and reasons in plain words; pure, so that it can be done again with other numbers. It blocks nothing. */
export function judge(entry: Entry, rules: DoubtRules): Judged {
  const reasons: Reason[] = []
  const doubt = (rule: string, points: number, said: string) => points > 0 && reasons.push({ rule, points, said })
  if (entry.kind === DoubtKind.RECTIFICATION) judgeText(entry, rules, doubt)
  else judgeCheck(entry, rules, doubt)
  const { others = 0, repeats = 0 } = entry
  if (others >= rules.sameFirms && lengthOf(entry.text) >= rules.sameChars) doubt('SAME', rules.samePoints, `与另外 ${others} 家企业的说明一字不差`)
  if (repeats >= rules.repeatTimes && entry.text.trim()) doubt('REPEAT', rules.repeatPoints, `同一人已有 ${repeats} 次写相同的说明`)
  return { score: reasons.reduce((sum, { points }) => sum + points, 0), reasons }
}

type Say = (rule: string, points: number, said: string) => unknown

function judgeText({ text, clause = '', demand = '', seconds, samePhoto, photoBits }: Entry, rules: DoubtRules, doubt: Say): void {
  const length = lengthOf(text)
  const left = concrete(text)
  if (length <= rules.shortChars) doubt('SHORT', rules.shortPoints, `整改说明只有 ${length} 个字`)
  if (left.length <= rules.emptyChars) doubt('EMPTY', rules.emptyPoints, '整改说明都是套话，没有说做了什么')
  const share = restated(left, clause)
  if (share >= rules.restatePercent) doubt('RESTATE', rules.restatePoints, `整改说明 ${share}% 是照抄隐患描述`)
  else if (restated(left, demand) >= rules.restatePercent) doubt('DEMAND', rules.demandPoints, '整改说明照抄整改要求')
  if (seconds !== undefined && seconds < rules.fastSeconds) doubt('FAST', rules.fastPoints, `发现后 ${Math.max(0, Math.round(seconds))} 秒就整改完`)
  if (samePhoto) doubt('SAME_PHOTO', rules.samePhotoPoints, '整改前后是同一张照片')
  else if (photoBits !== undefined && photoBits <= rules.likePhotoBits) doubt('LIKE_PHOTO', rules.likePhotoPoints, '整改前后照片几乎一样')
}

function judgeCheck({ items = 0, failed = 0, seconds, notes = [] }: Entry, rules: DoubtRules, doubt: Say): void {
  if (items >= rules.rushItems && failed === 0 && seconds !== undefined && seconds < items * rules.rushSeconds)
    doubt('RUSH', rules.rushPoints, `${items} 项全部符合，只用了 ${Math.max(0, Math.round(seconds))} 秒`)
  const copied = notes.filter((note) => restated(note.text, note.clause) >= rules.restatePercent).length
  if (copied) doubt('RESTATE', rules.restatePoints, `${copied} 处说明照抄检查内容`)
  const empty = notes.filter((note) => !concrete(note.text)).length
  if (empty > 1 && empty * 2 > notes.length) doubt('EMPTY', rules.emptyPoints, `${empty} 处说明没有说出问题`)
}
