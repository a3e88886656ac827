import type { ChecklistItem } from '../checklist/checklist.entity.js'
import { HazardSeverity } from '../hazard/terms.js'
import { Refusal } from '../shared/refusal.js'
import type { CheckResultInput } from './checkInput.js'
import { CheckResult } from './check.entity.js'
import { ItemOutcome } from './terms.js'

const { PASS, FAIL, FIXED, NA, NOT_CHECKED } = ItemOutcome
const FREE_MOST = 60

/** One answer with what it answers: an item of the list, or what was seen beside it. */
export interface Answer {
  item: ChecklistItem | undefined
  input: CheckResultInput
}

/**
 * Every item of the list in its order, with the answer that was given; one without is 未检查, never 符合. An item that was
 * dropped after the draft was begun keeps its answer; one of another list is refused.
 */
export function answersOf(items: readonly ChecklistItem[], inputs: readonly CheckResultInput[]): Answer[] {
  const byItem = new Map(items.map((item) => [item.id, item]))
  const given = new Map<string, CheckResultInput>()
  const free: CheckResultInput[] = []
  for (const input of inputs) {
    if (!input.item) free.push(input)
    else if (!byItem.has(input.item)) throw new Refusal('ITEM_FOREIGN', '有检查项不属于这份清单，请刷新清单后再提交', { field: 'results' })
    else if (given.has(input.item)) throw new Refusal('ITEM_TWICE', '同一检查项有两个结果', { field: 'results' })
    else given.set(input.item, input)
  }
  if (free.length > FREE_MOST) throw new Refusal('TOO_MANY_ITEMS', `清单以外最多 ${FREE_MOST} 项`, { field: 'results' })
  const listed = items
    .filter((item) => given.has(item.id) || !item.droppedOn)
    .sort((a, b) => a.seq - b.seq)
    .map((item): Answer => ({ item, input: given.get(item.id) ?? { item: item.id, outcome: NOT_CHECKED } }))
  const answers = [...listed, ...free.map((input): Answer => ({ item: undefined, input }))]
  if (!answers.some(({ input }) => input.outcome !== NOT_CHECKED)) throw new Refusal('NOTHING_CHECKED', '还没有检查任何一项', { field: 'results' })
  return answers
}

/** Refuses what an answer lacks, naming the item. */
export function needAnswer({ item, input }: Answer): void {
  const what = (item?.content ?? input.content ?? '').trim()
  if (!what) throw new Refusal('MISSING', '请填写检查内容', { field: 'results' })
  const name = what.length > 20 ? `${what.slice(0, 20)}…` : what
  const missing = (sentence: string) => new Refusal('ANSWER_INCOMPLETE', `“${name}”：${sentence}`, { field: 'results' })
  if (input.outcome === NA && !input.note?.trim()) throw missing('不适用请写明原因')
  if (input.outcome === FIXED) {
    if (severityOf({ item, input }) === HazardSeverity.MAJOR) throw missing('重大隐患不能当场整改销号，请选不符合')
    if (!input.note?.trim()) throw missing('请写明怎样整改的')
    if (!input.photos?.length || !input.photosAfter?.length) throw missing('当场整改须有整改前、整改后照片')
  }
  if (input.outcome === FAIL && input.hazard && severityOf({ item, input }) === HazardSeverity.MAJOR && !input.interimMeasure?.trim())
    throw missing('重大隐患须先采取临时防范措施并写明')
}

/** A list that says 重大 is not talked down by whoever fills it in. */
export const severityOf = ({ item, input }: Answer): HazardSeverity =>
  item?.severity === HazardSeverity.MAJOR ? HazardSeverity.MAJOR : (input.severity ?? item?.severity ?? HazardSeverity.GENERAL)

export interface Tally {
  passed: number
  failed: number
  fixed: number
  notApplicable: number
  notChecked: number
}
export function tally(answers: readonly Answer[]): Tally {
  const count = (outcome: ItemOutcome) => answers.filter(({ input }) => input.outcome === outcome).length
  return { passed: count(PASS), failed: count(FAIL), fixed: count(FIXED), notApplicable: count(NA), notChecked: count(NOT_CHECKED) }
}

/** What stood on the list is kept with the answer: a later rewording does not change what was answered. */
export function describe(result: CheckResult, { item, input }: Answer): void {
  const said = {
    section: item?.section,
    content: (item?.content ?? input.content)!.trim(),
    requirement: item?.requirement,
    note: input.note?.trim() || undefined,
    place: input.place?.trim() || undefined,
    factor: input.factor ?? item?.factor,
    legalBasis: item?.legalBasis,
    demand: item?.demand,
  }
  Object.assign(result, Object.fromEntries(Object.entries(said).filter(([, value]) => value != null)))
  Object.assign(result, { outcome: input.outcome, severity: severityOf({ item, input }), critical: item?.critical ?? false })
}
