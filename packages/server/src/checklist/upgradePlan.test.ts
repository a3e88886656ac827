import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HazardSeverity } from '../hazard/terms.js'
import { DropCause } from './terms.js'
import { type Held, type NormItem, type OwnItem, planUpgrade, takeBack, type Undo } from './upgradePlan.js'

/** An item with the answers that were given to it. */
type Kept = OwnItem & { answers: number }
const DAY = '2026-06-01'

const norm = (key: string, seq: number, content: string, demand?: string): NormItem => ({
  ...{ id: `${key}@${content}`, key, seq, content, critical: false, severity: HazardSeverity.GENERAL },
  ...(demand ? { demand } : {}),
})
const copyOf = (item: NormItem, id: string): Kept => ({ ...item, id, origin: item, reworded: false, answers: 0 })

const put = (item: Kept, set: Held, norms: readonly NormItem[]): Kept => {
  const all: Record<string, unknown> = { ...item }
  for (const [field, value] of Object.entries(set))
    if (value == null || value === '') delete all[field]
    else all[field] = field === 'origin' ? norms.find(({ id }) => id === value) : value
  return all as unknown as Kept
}
const holds = (item: Kept): Held => ({ ...item, origin: item.origin?.id }) as Held

/** What the program does with a plan, in memory. */
function carry(items: Kept[], next: NormItem[], norms: NormItem[]): { items: Kept[]; undo: Undo[] } {
  const undo: Undo[] = []
  const steps = planUpgrade(items, next, DAY, '规范取消')
  const after = steps.map((step, i) => {
    const from = step.id ? items.find(({ id }) => id === step.id)! : { ...step.norm!, id: `new-${step.norm!.key}-${i}`, reworded: false, answers: 0 }
    const to = put(from as Kept, step.set, norms)
    const only = (all: Held): Held => Object.fromEntries(Object.keys(step.set).map((field) => [field, all[field as keyof Held] ?? null]))
    undo.push({ id: to.id, added: !step.id, before: only(holds(from as Kept)), after: only(holds(to)) })
    return to
  })
  return { items: after, undo }
}
const back = (items: Kept[], undo: Undo[], norms: NormItem[]): Kept[] =>
  items.map((item) => {
    const one = undo.find(({ id }) => id === item.id)
    return one ? put(item, takeBack(holds(item), one, DAY, '退回'), norms) : item
  })

const live = (items: readonly Kept[]) => items.filter((item) => item.droppedOn === undefined)
const plain = (items: readonly Kept[]) =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ origin, ...item }) => ({ ...item, origin: origin?.id ?? null }))

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const edition = fc
  .uniqueArray(fc.record({ key: fc.constantFrom(...KEYS), content: fc.constantFrom('甲', '乙', '丙'), demand: fc.constantFrom(undefined, '立即', '三日内') }), {
    selector: ({ key }) => key,
    minLength: 1,
  })
  .map((items) => items.map(({ key, content, demand }, i) => norm(key, i + 1, content, demand)))
const tailoring = fc.array(
  fc.record({
    at: fc.nat(9),
    do: fc.constantFrom('reword', 'demand', 'drop', 'add', 'answer', 'swap'),
    words: fc.constantFrom('甲', '乙', '丙', '本厂的说法'),
  }),
  { maxLength: 12 },
)
type Tailoring = { at: number; do: string; words: string }[]

function tailor(items: Kept[], what: Tailoring, tag: string): Kept[] {
  let own = [...items]
  what.forEach(({ at, do: verb, words }, n) => {
    const item = own[at % own.length]!
    const change = (to: Partial<Kept>) => (own = own.map((one) => (one.id === item.id ? { ...one, ...to } : one)))
    if (verb === 'answer') change({ answers: item.answers + 1 })
    else if (verb === 'add') own.push({ ...norm('', own.length + 1, words), id: `own-${tag}-${n}`, reworded: false, answers: 0 })
    else if (item.droppedOn !== undefined) return
    else if (verb === 'reword') change({ content: words, reworded: words !== item.origin?.content })
    else if (verb === 'demand') change({ demand: words })
    else if (verb === 'drop') change({ droppedOn: '2026-05-01', dropReason: '本厂没有', dropCause: DropCause.OWN })
    else if (verb === 'swap') {
      const other = own[(at + 1) % own.length]!
      own = own.map((one) => (one.id === item.id ? { ...one, seq: other.seq } : one.id === other.id ? { ...one, seq: item.seq } : one))
    }
  })
  return own
}
const named = (items: NormItem[], tag: string) => items.map((item) => ({ ...item, id: `${tag}-${item.key}` }))
/** An enterprise's own additions have no norm behind them. */
const made = (first: NormItem[], what: Tailoring): Kept[] =>
  tailor(
    first.map((item, i) => copyOf(item, `copy-${i}`)),
    what,
    'before',
  ).map((item) => (item.id.startsWith('own') ? (({ origin: _origin, ...rest }) => rest)(item) : item))

test('carried over and taken back, a copy is what it was: no answer lost, no word, no reason, no order', () => {
  fc.assert(
    fc.property(edition, edition, tailoring, (one, two, what) => {
      const [first, second] = [named(one, 'v1'), named(two, 'v2')]
      const norms = [...first, ...second]
      const before = made(first, what)
      const up = carry(before, second, norms)
      const ids = new Set(before.map(({ id }) => id))
      const again = back(up.items, up.undo, norms)
      expect(plain(again.filter(({ id }) => ids.has(id)))).toEqual(plain(before))
      expect(again.filter(({ id }) => !ids.has(id)).every(({ dropCause }) => dropCause === DropCause.TAKEN_BACK)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('carried over once more after it was taken back, a copy is what it was after the first time', () => {
  fc.assert(
    fc.property(edition, edition, tailoring, (one, two, what) => {
      const [first, second] = [named(one, 'v1'), named(two, 'v2')]
      const norms = [...first, ...second]
      const up = carry(made(first, what), second, norms)
      const again = carry(back(up.items, up.undo, norms), second, norms)
      expect(plain(again.items)).toEqual(plain(up.items))
    }),
    { numRuns: 500 },
  )
})

test('an upgrade keeps every item and answer, the words of the enterprise, its additions and what it dropped', () => {
  fc.assert(
    fc.property(edition, edition, tailoring, tailoring, (one, two, what, later) => {
      const [first, second] = [named(one, 'v1'), named(two, 'v2')]
      const norms = [...first, ...second]
      const before = made(first, what)
      const { items, undo } = carry(before, second, norms)
      const after = new Map(items.map((item) => [item.id, item]))
      for (const item of before) {
        const now = after.get(item.id)!
        expect(now.answers).toBe(item.answers)
        if (item.reworded) expect(now.content).toBe(item.content)
        if (!item.origin) expect(plain([{ ...now, seq: item.seq }])).toEqual(plain([item]))
        if (item.dropCause === DropCause.OWN) expect([now.droppedOn, now.dropReason, now.dropCause]).toEqual([item.droppedOn, item.dropReason, item.dropCause])
      }
      // Every item of the version is there, each once, but those that the enterprise does not want.
      const keys = live(items).flatMap(({ origin }) => (origin ? [origin.key] : []))
      const unwanted = new Set(before.filter((item) => item.dropCause === DropCause.OWN).flatMap(({ origin }) => (origin ? [origin.key] : [])))
      expect([...keys].sort()).toEqual(
        second
          .map(({ key }) => key)
          .filter((key) => !unwanted.has(key))
          .sort(),
      )
      expect(items.map(({ seq }) => seq)).toEqual(items.map((_, i) => i + 1))
      // What was done since the upgrade is not undone with it.
      const since = tailor(items, later, 'since')
      const again = new Map(back(since, undo, norms).map((item) => [item.id, item]))
      for (const item of since) {
        expect(again.get(item.id)!.answers).toBe(item.answers)
        if (item.content !== after.get(item.id)?.content) expect(again.get(item.id)!.content).toBe(item.content)
      }
    }),
    { numRuns: 500 },
  )
})
