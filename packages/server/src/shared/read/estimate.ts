import { type Datum, datumOf, type ThingClass, thingOf } from '../datum.js'
import type { Scope } from '../scope.js'
import { columnNamed, columnOf } from './column.js'
import type { Facts, TableFacts } from './facts.js'

/** Rows a statement looks at, roughly, and what of it looks at the most: the part to narrow. */
export interface Estimate {
  rows: number
  part: string
}

export interface Estimated {
  target: ThingClass
  scope: Scope
  where?: Record<string, unknown> | null | undefined
  /** There is a condition beside the filter of which nothing is known (a search, a queue). */
  also?: boolean
  /** Only the rows that point at so many rows of another table. */
  below?: { keys: number; table: string }
  /** A page in an order that an index serves; left out where all that matches is looked at (totals, groups, other orders). */
  page?: { size: number; offset: number }
  /** As of a past instant: the log is read as well. */
  asOf?: boolean
}

/** A condition: rows looked at to find what matches, how many match, what subqueries look at beside, and whether the match is but a guess. */
interface Found {
  look: number
  match: number
  beside: number
  guess: boolean
  part: string
}

const VILLAGE = 12
const VILLAGES = 20
const RANGE = 1 / 3
const DAYS = 365
const TEXTS = 50
const RARE = 1 / 10
const NOTHING: TableFacts = { rows: 0, columns: new Map() }

/** How many rows a read of a thing looks at; nothing is asked of the store. */
export function estimate(facts: Facts, asked: Estimated): Estimate {
  const { target, page, below } = asked
  const table = tableOf(facts, target)
  const all = table.rows
  const given = asked.where ? new Filter(facts).of(target, asked.where, '筛选') : whole(all, '时间范围或辖区')
  const scope = scopeFound(target, asked.scope, table)
  const parents = below ? Math.min(all, (all / Math.max(1, facts.get(below.table)?.rows ?? 1)) * below.keys) : all
  const look = Math.min(given.look, scope.look, parents)
  const match = all ? (given.match / all) * (scope.match / all) * (parents / all) * all : 0
  // Without an index that narrows, the order is walked until the page is full.
  const walked = page && !below && !given.guess && !asked.also && look >= all
  const walk = walked ? Math.min(all, ((page.size + page.offset + 1) * all) / Math.max(match, 1)) : look
  const then = asked.asOf ? all + (facts.get('change')?.rows ?? 0) : 0
  return { rows: Math.ceil(walk + given.beside + then), part: given.beside > walk ? given.part : asked.where ? given.part : '时间范围或辖区' }
}

function scopeFound(target: ThingClass, scope: Scope, table: TableFacts): Found {
  const columns = thingOf(target).scope
  let found = whole(table.rows, '辖区')
  if (columns?.division && scope.division.length === VILLAGE) found = meet(found, equal(target, columns.division, table, 1 / VILLAGES))
  for (const key of ['station', 'enterprise', 'workshop'] as const)
    if (columns?.[key] && scope[key] !== undefined) found = meet(found, equal(target, columns[key], table, RARE))
  return found
}

function equal(target: ThingClass, name: string, { rows, columns }: TableFacts, share: number): Found {
  const known = columns.get(columnNamed(target, name))
  const match = known?.unique ? 1 : Math.min(rows, known?.perValue ?? rows * share)
  return { look: known ? match : rows, match, beside: 0, guess: known?.perValue === undefined, part: name }
}

const tableOf = (facts: Facts, target: ThingClass): TableFacts => facts.get(thingOf(target).table) ?? NOTHING
const whole = (rows: number, part: string): Found => ({ look: rows, match: rows, beside: 0, guess: false, part })
const wider = (a: Found, b: Found) => (a.look + a.beside >= b.look + b.beside ? a.part : b.part)

const meet = (a: Found, b: Found, all = Math.max(a.look, b.look, 1)): Found => ({
  look: Math.min(a.look, b.look),
  match: (a.match * b.match) / all,
  beside: a.beside + b.beside,
  guess: a.guess || b.guess,
  part: wider(a, b),
})
const join = (a: Found, b: Found, all: number): Found => ({
  look: Math.min(all, a.look + b.look),
  match: Math.min(all, a.match + b.match),
  beside: a.beside + b.beside,
  guess: a.guess || b.guess,
  part: wider(a, b),
})

class Filter {
  constructor(private readonly facts: Facts) {}

  of(on: ThingClass, where: Record<string, unknown>, path: string): Found {
    const all = tableOf(this.facts, on).rows
    let found = whole(all, path)
    for (const [name, value] of Object.entries(where)) {
      if (value == null) continue
      const at = `${path}.${name}`
      found = meet(found, this.#part(on, name, value, at), Math.max(all, 1))
    }
    return found
  }

  #part(on: ThingClass, name: string, value: unknown, at: string): Found {
    const all = tableOf(this.facts, on).rows
    if (name === 'and' || name === 'or') {
      const list = (value as Record<string, unknown>[]).map((one) => this.of(on, one, at))
      if (!list.length) return whole(all, at)
      return list.reduce((a, b) => (name === 'and' ? meet(a, b, Math.max(all, 1)) : join(a, b, all)))
    }
    if (name === 'not') {
      const inner = this.of(on, value as Record<string, unknown>, at)
      return { ...inner, look: all, match: all - inner.match, part: at }
    }
    const datum = datumOf(on, name)
    if (!datum) return whole(all, at)
    const is = value as Record<string, unknown>
    if (datum.kind === 'link' || datum.kind === 'lookup') return this.#one(on, datum, is, at)
    if (datum.kind === 'many') return this.#many(on, datum, is, at)
    return Object.entries(is)
      .map(([op, operand]) => compared(datum, op, operand, tableOf(this.facts, on), at))
      .reduce((a, b) => meet(a, b, Math.max(all, 1)), whole(all, at))
  }

  /** The rows over there that fit are looked for first, and then those here that point at them. */
  #one(on: ThingClass, datum: Datum, is: Record<string, unknown>, at: string): Found {
    const table = tableOf(this.facts, on)
    const to = datum.target!()
    const there = this.of(to, is, at)
    const indexed = datum.kind === 'link' && table.columns.has(columnOf(datum))
    const match = Math.min(table.rows, (there.match * table.rows) / Math.max(1, tableOf(this.facts, to).rows))
    return { look: indexed ? match : table.rows, match, beside: there.look + there.beside, guess: there.guess, part: at }
  }

  /** Asked for every row: that many looks into the other table's index, and at the rows that they lead to. */
  #many(on: ThingClass, datum: Datum, is: Record<string, unknown>, at: string): Found {
    const all = tableOf(this.facts, on).rows
    const child = datum.target!()
    const children = tableOf(this.facts, child).rows
    const inner = Object.entries(is).map(([quantor, value]) => {
      const filter = (quantor === 'aggregate' ? (value as { where?: Record<string, unknown> } | null)?.where : value) as
        Record<string, unknown> | null | undefined
      return filter ? this.of(child, filter, `${at}.${quantor}`).beside : 0
    })
    const beside = inner.reduce((sum, one) => sum + all + children + one, 0)
    return { look: all, match: all / 2, beside, guess: true, part: at }
  }
}

function compared(datum: Datum, op: string, operand: unknown, { rows, columns }: TableFacts, part: string): Found {
  const known = columns.get(columnOf(datum))
  const each = known?.unique ? 1 : (known?.perValue ?? rows * shareOf(datum))
  const found = (match: number, indexed: boolean, guess: boolean): Found => ({
    look: indexed && known ? Math.min(rows, match) : rows,
    match: Math.min(rows, match),
    beside: 0,
    guess,
    part,
  })
  const counted = known?.unique === true || known?.perValue !== undefined
  if (op === 'eq') return found(operand === null ? rows * RARE : each, true, !counted)
  if (op === 'in') return found(each * (operand as unknown[]).length, true, !counted)
  if (op === 'isNull') return found(operand === false ? rows : rows * RARE, operand !== false, true)
  if (op === 'between') return found(rows * (datum.kind === 'day' || datum.kind === 'instant' ? RARE : RANGE), true, false)
  if (op === 'gt' || op === 'gte' || op === 'lt' || op === 'lte') return found(rows * RANGE, true, false)
  // Everything is looked at, and how much of it fits nobody knows.
  if (op === 'contains' || op === 'startsWith') return found(rows * RARE, false, true)
  return found(rows, false, false)
}

function shareOf(datum: Datum): number {
  if (datum.kind === 'choice') return 1 / Math.max(1, Object.keys(datum.enum ?? {}).length)
  if (datum.kind === 'flag') return 1 / 2
  if (datum.kind === 'day') return 1 / DAYS
  return 1 / TEXTS
}
