import { type FieldChange, plainText } from './diff.js'
import { SAID, type Said } from './said.js'
import type { TemplateItem } from './template.entity.js'
import { DropCause } from './terms.js'

/** A version's item, an enterprise's item and the version's item that it was made from, as the plan sees them. */
export type NormItem = Pick<TemplateItem, Said> & { id: string; key: string; seq: number }
export type OwnItem = Pick<TemplateItem, Said> & {
  id: string
  seq: number
  origin?: NormItem
  reworded: boolean
  droppedOn?: string
  dropReason?: string
  dropCause?: DropCause
}
/** What an item holds that an upgrade may write; undefined is empty. `origin` is the id. */
export type Held = Partial<Record<Said | 'seq' | 'origin' | 'reworded' | 'droppedOn' | 'dropReason' | 'dropCause', unknown>>

export interface Step {
  kind: 'ADDED' | 'CHANGED' | 'DROPPED' | 'RETURNED' | 'SAME'
  /** The enterprise's item; an added one has none yet. */
  id: string | null
  norm: NormItem | null
  content: string
  /** What the norm changed and the copy follows. */
  fields: FieldChange[]
  /** What the norm changed and the enterprise keeps as it said it itself: before is its own, after what the norm says now. */
  kept: FieldChange[]
  /** Dropped by the enterprise and left so. */
  left: boolean
  set: Held
}

/** Words that make an item the enterprise's own when they differ from the norm's. */
export const isReworded = (own: Pick<TemplateItem, Said>, norm: Pick<TemplateItem, Said>): boolean =>
  own.content !== norm.content || (own.requirement ?? '') !== (norm.requirement ?? '')

/**
 * What carrying a copy over to a newer version would do to each of its items. Fields that the enterprise never touched
 * follow the norm, its own words stay; what it dropped stays dropped; what the norm dropped leaves, unless it is to be
 * kept as the enterprise's own. Nothing is removed, so that every answer keeps its item.
 */
export function planUpgrade(own: readonly OwnItem[], next: readonly NormItem[], day: string, reason: string, keep: ReadonlySet<string> = new Set()): Step[] {
  const now = new Map(next.map((item) => [item.key, item]))
  const taken = new Set<string>()
  const steps = own.flatMap((item): Step[] => {
    const norm = item.origin && now.get(item.origin.key)
    if (!item.origin) return [same(item)]
    if (norm) taken.add(norm.key)
    return [norm ? follow(item, item.origin, norm) : leave(item, day, reason, keep)]
  })
  const added = next
    .filter((item) => !taken.has(item.key))
    .map((norm): Step => ({ ...blank, kind: 'ADDED', norm, content: norm.content, set: { origin: norm.id } }))
  return ordered(own, [...steps, ...added], next)
}

const blank = { id: null, norm: null, fields: [], kept: [], left: false }
const same = (item: OwnItem): Step => ({ ...blank, kind: 'SAME', id: item.id, content: item.content, set: {} })

function follow(item: OwnItem, was: NormItem, norm: NormItem): Step {
  const fields: FieldChange[] = []
  const kept: FieldChange[] = []
  const set: Held = { origin: norm.id }
  const after = { ...item }
  for (const field of SAID) {
    const [own, before, is] = [item[field], was[field], norm[field]].map(plainText)
    if (before === is || own === is) continue
    const change = { field, before: own ?? null, after: is ?? null }
    if (own === before) {
      fields.push(change)
      set[field] = norm[field]
      Object.assign(after, { [field]: norm[field] })
    } else kept.push(change)
  }
  const back = item.droppedOn !== undefined && item.dropCause !== DropCause.OWN
  if (back) Object.assign(set, { droppedOn: undefined, dropReason: undefined, dropCause: undefined })
  const left = item.droppedOn !== undefined && !back
  set.reworded = isReworded(after, norm)
  const kind = back ? 'RETURNED' : fields.length || kept.length ? 'CHANGED' : 'SAME'
  return { kind, id: item.id, norm, content: item.content, fields, kept, left, set }
}

function leave(item: OwnItem, day: string, reason: string, keep: ReadonlySet<string>): Step {
  if (item.droppedOn !== undefined || keep.has(item.id)) return same(item)
  return { ...same(item), kind: 'DROPPED', set: { droppedOn: day, dropReason: reason, dropCause: DropCause.NORM } }
}

/** The enterprise's order stays; what comes in stands behind the item that it follows in the norm. */
function ordered(own: readonly OwnItem[], steps: Step[], next: readonly NormItem[]): Step[] {
  const seqs = new Map(own.map((item) => [item.id, item.seq]))
  const comesIn = (step: Step) => step.kind === 'ADDED' || step.kind === 'RETURNED'
  const list = steps.filter((step) => !comesIn(step)).sort((a, b) => seqs.get(a.id!)! - seqs.get(b.id!)!)
  const coming = steps.filter(comesIn).sort((a, b) => a.norm!.seq - b.norm!.seq)
  for (const step of coming) {
    const before = next.filter((item) => item.seq < step.norm!.seq).map((item) => item.key)
    const at = Math.max(-1, ...before.map((key) => list.findIndex((one) => one.norm?.key === key)))
    list.splice(at + 1, 0, step)
  }
  list.forEach((step, i) => (step.set.seq = i + 1))
  return list
}

/** What one upgrade wrote into one item, or brought in. */
export interface Undo {
  id: string
  added: boolean
  before: Held
  after: Held
}

/** What taking an upgrade back writes: a field that still holds what the upgrade wrote holds again what it held before. */
export function takeBack(now: Held, { added, before, after }: Undo, day: string, reason: string): Held {
  const set: Held = {}
  for (const field of Object.keys(after) as (keyof Held)[]) if (!added && plainText(now[field]) === plainText(after[field])) set[field] = before[field]
  const gone = added && now.droppedOn === undefined
  return gone ? { droppedOn: day, dropReason: reason, dropCause: DropCause.TAKEN_BACK } : set
}
