import { v7 as uuid } from 'uuid'
import { Hazard } from '../hazard/hazard.entity.js'
import { act } from '../shared/act.js'
import { allThings, type Datum, dataOfThing, linkedId, type Thing } from '../shared/datum.js'
import { scopeOfRow } from '../shared/entry.js'
import { inScope, type Scope } from '../shared/scope.js'
import type { Town } from './town.js'

type Row = Record<string, unknown>
const KEPT = new Set(['text', 'day', 'instant', 'whole', 'flag', 'choice'])

const MORE = 6

/**
 * Changes every datum of everything that lies outside a scope, and adds some more of it, with values below and above all
 * others: whoever sees only what lies inside must not notice. What hangs on a
 * hazard carries its place, but not its workshop.
 */
export async function disturbOutside(town: Town, scope: Scope): Promise<number> {
  let disturbed = 0
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'disturb' }, 'disturb', async ({ em }) => {
    const hazards = new Map((await em.find(Hazard, {})).map((hazard) => [hazard.id, hazard as unknown as Row]))
    const lies = (thing: Thing, row: Row): boolean => {
      const hazard = hazards.get(linkedId(row['hazard']) ?? '')
      return inScope(scope, scopeOfRow(thing.target, row)!) && (scope.workshop === undefined || !hazard || inScope(scope, scopeOfRow(Hazard, hazard)!))
    }
    // What lies outside is settled before anything moves.
    const found = allThings().filter((thing) => thing.scope)
    const outside = await Promise.all(
      found.map(async (thing) => ({ thing, rows: ((await em.find(thing.target as never, {})) as Row[]).filter((row) => !lies(thing, row)) })),
    )
    for (const { thing, rows } of outside) {
      if (!oneEach(town, thing)) em.persist(rows.slice(0, MORE).map((row) => another(thing, row)))
      for (const row of rows) change(thing, row, HIGH)
      disturbed += rows.length
    }
  })
  return disturbed
}

/** Known by where it stands and what it is called, as the dossier of an enterprise or a post of a workshop: there cannot be another of it. */
function oneEach({ store }: Town, { target }: Thing): boolean {
  const { uniques } = store.orm.getMetadata().get(target as never)
  return uniques.some(({ properties }) => ![properties].flat().some((name) => [...RENAMED, 'uscc'].includes(String(name))))
}

/** Where a record stands and whom it is for stays as it is: it is not to come into sight. */
function change({ target, scope }: Thing, row: Row, to: Ends): void {
  const place = new Set([...Object.values(scope!), 'audience', 'uscc'])
  for (const datum of dataOfThing(target)) if (KEPT.has(datum.kind) && !place.has(datum.name)) row[datum.name] = other(datum, row[datum.name], to)
}

/** What another record never shares with the one it is made from. */
const RENAMED = ['number', 'cause', 'tokenHash']

type Ends = Record<'day' | 'time' | 'whole', string | number>
const HIGH: Ends = { day: '2026-12-31', time: 'T23:00:00.000Z', whole: 1_000 }
const LOW: Ends = { day: '2023-01-01', time: 'T01:00:00.000Z', whole: -1_000 }

function other({ kind, enum: values, max }: Datum, was: unknown, { day, time, whole }: Ends): unknown {
  if (kind === 'text') return `${String(was ?? '')}变`.slice(-(max ?? 60))
  if (kind === 'day') return day
  if (kind === 'instant') return `${day}${time}`
  if (kind === 'whole') return Number(was ?? 0) + Number(whole)
  if (kind === 'flag') return !was
  const all = Object.values(values!) as unknown[]
  return all[(all.indexOf(was) + 1) % all.length]
}

/** A workshop's name stands once in its enterprise, a post's once in its workshop. */
const PARTS = ['Workshop', 'Post']

function another(thing: Thing, row: Row): object {
  const made = Reflect.construct(thing.target, []) as Row
  for (const { name, kind } of dataOfThing(thing.target))
    if ((KEPT.has(kind) || kind === 'link') && name !== 'uscc' && row[name] != null) made[name] = row[name]
  change(thing, made, LOW)
  for (const name of RENAMED) if (name in row) made[name] = uuid()
  if (PARTS.includes(thing.name)) made['name'] = uuid()
  return made
}
