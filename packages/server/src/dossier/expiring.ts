import type { Scope } from '../shared/scope.js'
import { type Day, daysBetween } from '../shared/days.js'
import type { ThingClass } from '../shared/datum.js'
import { scopeSql } from '../shared/read/reading.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import type { PlainRow } from '../shared/read/reader.js'
import { Certificate } from './certificate.entity.js'
import { DossierDocument } from './document.entity.js'
import { Equipment } from './equipment.entity.js'
import { DossierPart } from './terms.js'

/** A paper with a day until which it holds, wherever it is kept. */
interface Kind {
  target: ThingClass
  table: string
  name: string
  day: string
  part: string
  only: string
}
export const KINDS: readonly Kind[] = [
  { target: DossierDocument, table: 'dossier_document', name: 't.title', day: 't.valid_until', part: 't.part', only: 't.in_force' },
  { target: Certificate, table: 'certificate', name: 't.title', day: 't.valid_until', part: partOfCertificate(), only: 't.voided_on is null' },
  {
    ...{ target: Equipment, table: 'equipment', name: 't.name', day: 't.next_due_on', part: `'${DossierPart.EQUIPMENT}'` },
    only: `t.voided_on is null and t.state = 'IN_USE'`,
  },
]
function partOfCertificate(): string {
  return `case when t.kind = 'LICENCE' then '${DossierPart.BASICS}' when t.kind = 'EQUIPMENT_OPERATOR' then '${DossierPart.EQUIPMENT}' else '${DossierPart.TRAINING}' end`
}

export interface Expiring {
  record: string
  enterprise: string
  enterpriseName: string
  division: string
  station: string | null
  part: DossierPart
  name: string
  expiresOn: Day
  daysLeft: number
}

/** What has run out or will by a day, in a reader's scope; of enterprises at work. Once more filed, a paper is no longer there. */
export function expiringSql(scope: Scope, until: Day, enterprise?: string): Sql {
  const branches = KINDS.map(({ target, table, name, day, part, only }) => {
    const own = enterprise === undefined ? sql`1 = 1` : sql`t.enterprise_id = ${enterprise}`
    return sql`select t.id as record, t.enterprise_id as enterprise, e.name as enterprise_name, t.division as division, t.station as station, ${raw(part)} as part, ${raw(name)} as name, ${raw(day)} as expires_on
      from ${raw(table)} t join enterprise e on e.id = t.enterprise_id where e.closed_on is null and ${raw(only)} and ${raw(day)} <= ${until} and ${own} and ${scopeSql(target, 't', scope)}`
  })
  return branches.reduce((all, one) => sql`${all} union all ${one}`)
}

export const expiringOf = (row: PlainRow, today: Day): Expiring => {
  const expiresOn = String(row['expires_on'])
  return {
    ...{ record: String(row['record']), enterprise: String(row['enterprise']), enterpriseName: String(row['enterprise_name']) },
    ...{ division: String(row['division']), station: (row['station'] as string | null) ?? null, part: row['part'] as DossierPart },
    ...{ name: String(row['name']), expiresOn, daysLeft: daysBetween(today, expiresOn) },
  }
}
