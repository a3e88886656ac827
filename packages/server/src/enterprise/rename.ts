import { Person } from '../person/person.entity.js'
import type { Act } from '../shared/act.js'
import { allThings, datumOf, type Thing } from '../shared/datum.js'
import { columnOf } from '../shared/read/column.js'
import { run } from '../shared/run.js'
import { Workshop } from './workshop.entity.js'

interface Row {
  id: string
  division: string | null
  station: string | null
}

/**
 * A workshop that changed its name takes along, in the same act, every record that stands in it by that name and the
 * accounts of its people: they see after it what they saw before it.
 */
export async function renameWith(act: Act, workshop: Workshop, before: string, name: string): Promise<void> {
  if (workshop.name === before) return
  for (const thing of allThings())
    if (thing.scope?.workshop && thing.scope.enterprise && thing.target !== Workshop) await rename(act, thing, workshop, before, name)
  const enterprise = workshop.enterprise.id
  for (const person of await act.em.find(Person, { enterprise, workshop: before })) person.workshop = workshop.name
}

async function rename(act: Act, thing: Thing, workshop: Workshop, before: string, name: string): Promise<void> {
  const { table, target } = thing
  const scope = thing.scope!
  const column = (key: string | undefined) => (key ? columnOf(datumOf(target, key)!) : 'null')
  const enterprise = workshop.enterprise.id
  const where = `${column(scope.enterprise)} = ? and ${column(scope.workshop)} = ?`
  const rows = await run<Row>(
    act.em,
    `select id, ${column(scope.division)} as division, ${column(scope.station)} as station from ${table} where ${where} order by id`,
    [enterprise, before],
  )
  if (!rows.length) return
  await run(act.em, `update ${table} set ${column(scope.workshop)} = ?, version = version + 1 where ${where}`, [workshop.name, enterprise, before])
  act.log(
    rows.map(({ id, division, station }) => ({
      ...{ thing: thing.name, record: id, act: name, diff: { [scope.workshop!]: [before, workshop.name] as [string, string] } },
      ...{ division, station, enterprise, workshop: workshop.name },
    })),
  )
}
