import { v7 as uuid } from 'uuid'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { act } from '../shared/act.js'
import { allThings, type Datum, dataOfThing, datumOf, linkedId, type Thing, type ThingClass } from '../shared/datum.js'
import { scopeOfRow } from '../shared/entry.js'
import { run } from '../shared/run.js'
import { inScope, type Scope } from '../shared/scope.js'
import { keysOf } from './keys.js'
import type { Town } from './town.js'

type Row = Record<string, unknown>
const KEPT = new Set(['text', 'day', 'instant', 'whole', 'flag', 'choice'])

const MORE = 6

/** What is told of only with its hazard, and carries the hazard's place without the workshop. */
const HANGING = ['Attachment', 'Extension', 'Reminder']

/**
 * Changes every datum of everything that lies outside a scope, and adds some more of it, with values below and above all
 * others, and with no day where none is needed: whoever sees only what lies inside must not notice. What follows of a
 * change is for the caller to hold back (weaken.ts): a town of chance has rows here of an enterprise elsewhere, and what is counted of an enterprise would move.
 */
export async function disturbOutside(town: Town, scope: Scope): Promise<number> {
  turn += 1
  let disturbed = 0
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'disturb' }, 'disturb', async ({ em }) => {
    const hazards = new Map((await em.find(Hazard, {})).map((hazard) => [hazard.id, hazard as unknown as Row]))
    const lies = (thing: Thing, row: Row): boolean => {
      const hazard = hazards.get(linkedId(row['hazard']) ?? '')
      if (!inScope(scope, scopeOfRow(thing.target, row)!)) return false
      return scope.workshop === undefined || !hazard || !HANGING.includes(thing.name) || inScope(scope, scopeOfRow(Hazard, hazard)!)
    }
    // What lies outside is settled before anything moves.
    const found = allThings().filter((thing) => thing.scope)
    const outside = await Promise.all(
      found.map(async (thing) => {
        const all = ((await em.find(thing.target as never, {})) as Row[]).sort(byId)
        return { thing, rows: all.filter((row) => !lies(thing, row)), place: new Map(all.map((row, i) => [row, i])) }
      }),
    )
    for (const { thing, rows, place } of outside) {
      if (!oneEach(town, thing)) em.persist(rows.slice(0, MORE).map((row, i) => another(town, thing, row, i % 2 ? LOW : HIGH)))
      for (const row of rows) change(town, thing, row, endsOf(place.get(row)!))
      disturbed += rows.length
    }
    await em.flush()
    // Past the log; but not of what is looked back at.
    for (const { thing, rows, place } of outside.filter(({ thing }) => thing.target !== Hazard && thing.target !== Enterprise))
      for (const row of rows) {
        const { day, time } = endsOf(place.get(row)!)
        await run(em, `update ${thing.table} set created_at = ? where id = ?`, [`${day}${time}`, row['id']])
      }
  })
  return disturbed
}

/** In the order in which they were made, however the store gives them. */
const byId = (a: Row, b: Row): number => (String(a['id']) < String(b['id']) ? -1 : 1)

/** Known by where it stands and what it is called, as the dossier of an enterprise or a post of a workshop: there cannot be another of it. */
const oneEach = (town: Town, { target }: Thing): boolean =>
  keys(town, target).some((key) => !key.some((name) => RENAMED.includes(name) || (key.length === 1 && isText(target, name))))

const keys = ({ store }: Town, target: ThingClass) => keysOf(store.orm.em, target)
const isText = (target: ThingClass, name: string) => (datumOf(target, name)?.kind ?? 'text') === 'text'

/**
 * Where a record stands and whom it is for stays as it is: it is not to come into sight. Nor does a day or a choice by
 * which one record is told from another of its kind, nor becomes such a datum known. When it began, no act changes.
 */
function change(town: Town, { target, scope }: Thing, row: Row, to: Ends): void {
  const told = keys(town, target)
    .flat()
    .filter((name) => row[name] == null || ['day', 'choice', 'flag'].includes(datumOf(target, name)?.kind ?? ''))
  const place = new Set([...Object.values(scope!), 'audience', 'person', 'uscc', 'createdAt', ...told])
  for (const datum of dataOfThing(target)) if (KEPT.has(datum.kind) && !place.has(datum.name)) row[datum.name] = other(datum, row[datum.name], to)
}

/** What another record never shares with the one it is made from. */
const RENAMED = ['number', 'cause', 'tokenHash']

type Ends = Record<'day' | 'time' | 'whole', string | number> & { without?: RegExp }
const HIGH: Ends = { day: '2026-12-31', time: 'T23:00:00.000Z', whole: 1_000 }
const LOW: Ends = { day: '2023-01-01', time: 'T01:00:00.000Z', whole: -1_000 }
/** Without any day that need not be, and without one that ends it: a figure may count only what has not ended. */
const BARE: Ends = { ...HIGH, without: /./ }
const LIVE: Ends = { ...HIGH, without: /^(closed|dropped|ended|voided|withdrawn)/ }
const LOW_LIVE: Ends = { ...LOW, without: LIVE.without! }
/** Each row has its turn with each; of two disturbances one gives it a day, whoever reads. */
const ENDS = [HIGH, BARE, LOW, LIVE, HIGH, LOW_LIVE]
let turn = 0
const endsOf = (place: number): Ends => ENDS[(place + turn) % ENDS.length]!

function other({ name, kind, nullable, enum: values, max }: Datum, was: unknown, { day, time, whole, without }: Ends): unknown {
  if (nullable && without?.test(name) && (kind === 'day' || kind === 'instant')) return null
  if (kind === 'text') return Number(whole) < 0 ? before(String(was ?? ''), max ?? 60) : after(String(was ?? ''), max ?? 60)
  if (kind === 'day') return day
  if (kind === 'instant') return `${day}${time}`
  // Beyond whatever an earlier disturbance has given to any row.
  if (kind === 'whole') return Number(whole) * turn + Math.sign(Number(whole)) * (Math.abs(Number(was ?? 0)) % 1_000)
  if (kind === 'flag') return !was
  const all = Object.values(values!) as unknown[]
  return all[(all.indexOf(was) + 1) % all.length]
}

/** Sorted before and after all others; what tells one text from another is at its end, and stays when it is long. */
const before = (was: string, max: number): string => (was.startsWith('!') ? was : `!${was.slice(was.length < max ? 0 : 1)}`)
const after = (was: string, max: number): string => (was.endsWith('变') ? was : `${was}变`.slice(-max))

/** A workshop's name stands once in its enterprise, a post's once in its workshop. */
const PARTS = ['Workshop', 'Post']

function another(town: Town, thing: Thing, row: Row, began: Ends): object {
  const made = Reflect.construct(thing.target, []) as Row
  for (const { name, kind } of dataOfThing(thing.target))
    if ((KEPT.has(kind) || kind === 'link') && name !== 'uscc' && row[name] != null) made[name] = row[name]
  change(town, thing, made, LOW)
  made['createdAt'] = `${began.day}${began.time}`
  const own = keys(town, thing.target).filter((key) => key.length === 1 && isText(thing.target, key[0]!))
  for (const name of [...RENAMED, ...own.flat()]) if (row[name] != null && name !== 'uscc') made[name] = uuid().slice(-(datumOf(thing.target, name)?.max ?? 36))
  if (PARTS.includes(thing.name)) made['name'] = uuid()
  return made
}
