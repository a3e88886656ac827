import { Person } from '../person/person.entity.js'
import type { Act } from '../shared/act.js'
import { allThings, datumOf, type Thing } from '../shared/datum.js'
import type { Entry } from '../shared/log.js'
import { columnOf } from '../shared/read/column.js'
import { run } from '../shared/run.js'
import { inDivision } from '../shared/scope.js'
import { Enterprise } from './enterprise.entity.js'

interface Standing {
  id: string
  division: string
  station: string | null
  workshop: string | null
}

/**
 * An enterprise that changed its village or its station takes its records with it, in the same act: hazards, extensions,
 * reminders, files, and the accounts of its people. Who now sees the enterprise sees them; who no longer does, does not.
 * Does nothing when they stand right already.
 */
export async function moveWith(act: Act, enterprise: Enterprise, name: string): Promise<void> {
  for (const thing of allThings()) if (thing.scope?.enterprise && thing.target !== Enterprise) await moveThing(act, thing, enterprise, name)
  // Not by station: it is the trade's, the account is the enterprise's.
  for (const person of await act.em.find(Person, { enterprise: enterprise.id }))
    if (!inDivision(enterprise.division, person.division)) person.division = enterprise.division
}

async function moveThing(act: Act, thing: Thing, enterprise: Enterprise, name: string): Promise<void> {
  const { id, division } = enterprise
  const station = enterprise.station ?? null
  const { table, scope, target } = thing
  const column = (key: 'division' | 'station' | 'enterprise' | 'workshop') => (scope?.[key] ? columnOf(datumOf(target, scope[key])!) : undefined)
  const columns = { division: column('division'), station: column('station'), enterprise: column('enterprise')! }
  if (!columns.division || !columns.station) return
  const astray = `${columns.enterprise} = ? and (${columns.division} <> ? or coalesce(${columns.station}, '') <> ?)`
  const where = [id, division, station ?? '']
  const rows = await run<Standing>(
    act.em,
    `select id, ${columns.division} as division, ${columns.station} as station, ${column('workshop') ?? 'null'} as workshop from ${table} where ${astray} order by id`,
    where,
  )
  if (!rows.length) return
  await run(act.em, `update ${table} set ${columns.division} = ?, ${columns.station} = ?, version = version + 1 where ${astray}`, [division, station, ...where])
  act.log(rows.map((row) => movedEntry(thing, row, { division, station, enterprise: id }, name)))
}

function movedEntry({ name: thing, scope }: Thing, row: Standing, to: { division: string; station: string | null; enterprise: string }, act: string): Entry {
  const diff: Entry['diff'] = {}
  if (row.division !== to.division) diff[scope!.division!] = [row.division, to.division]
  if (row.station !== to.station) diff[scope!.station!] = [row.station, to.station]
  return { thing, record: row.id, act, diff, ...to, workshop: row.workshop }
}
