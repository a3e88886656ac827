import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Person } from '../person/person.entity.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import type { Trade } from './content.js'
import type { Accounts, Crew, Staff } from './people.js'
import type { Firm, Town } from './settle.js'
import { plain } from './plain.js'

const COLUMNS = 'id, username, name, role, division, station, enterprise, workshop'
const marks = (many: number) => Array.from({ length: many }, () => '?').join(', ')

const personOf = (row: PlainRow): Person => Object.assign(new (plain(Person))(), given(row))
const given = (row: PlainRow) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))

/** A town's own people: those the store has, and new ones for what nobody does there yet. */
export async function staffOf(
  reader: Reader,
  accounts: Accounts,
  place: Omit<Town, 'staff'>,
  stations: readonly string[],
  tag: string,
): Promise<{ staff: Staff; newcomers: Person[] }> {
  const rows = await reader.all(`select ${COLUMNS} from person where role in ('TOWN_OFFICE', 'STATION', 'VILLAGE') and disabled_at is null`)
  const known = new Map(rows.map((row) => [String(row['username']), row]))
  const newcomers: Person[] = []
  const settled = (person: Person): Person => {
    const row = known.get(person.username)
    if (row) return personOf(row)
    newcomers.push(person)
    return person
  }
  const { town, law, stations: at, villages } = accounts.staff(place.code, tag, place.villages, stations, [])
  const staff: Staff = {
    town: town.map(settled),
    law: law.map(settled),
    stations: new Map([...at].map(([code, people]) => [code, people.map(settled)])),
    villages: new Map([...villages].map(([code, person]) => [code, settled(person)])),
  }
  return { staff, newcomers }
}

/** The ids of the fictional enterprises: those whose principal is called ent.<n>. */
export async function firmIds(reader: Reader): Promise<string[]> {
  const rows = await reader.all("select distinct enterprise as id from person where role = 'ENTERPRISE' and username like 'ent.%'")
  return rows.map((row) => String(row['id']))
}

/** Some of them with their accounts, as far as they lie in these towns and are at work. */
export async function firmsOf(reader: Reader, ids: readonly string[], towns: readonly Town[], trades: readonly Trade[]): Promise<Firm[]> {
  if (!ids.length) return []
  const enterprises = await reader.all(
    `select id, name, division, station, trade, principal from enterprise where closed_on is null and id in (${marks(ids.length)}) order by id`,
    ids,
  )
  const people = await reader.all(`select ${COLUMNS} from person where disabled_at is null and enterprise in (${marks(ids.length)})`, ids)
  const crews = new Map<string, Partial<Crew> & { n?: number }>()
  for (const row of people) {
    const crew = crews.get(String(row['enterprise'])) ?? {}
    const [, n, part] = /^ent\.(\d+)(?:\.(\w+))?$/.exec(String(row['username'])) ?? []
    if (n) Object.assign(crew, { n: Number(n), [part === 'safety' ? 'officer' : (part ?? 'principal')]: personOf(row) })
    crews.set(String(row['enterprise']), crew)
  }
  return enterprises.flatMap((row) => {
    const crew = crews.get(String(row['id']))
    const town = towns.find(({ code }) => String(row['division']).startsWith(code))
    const kind = trades.find(({ name }) => name === row['trade'])?.kinds.find(({ ending }) => String(row['name']).endsWith(ending))
    if (!crew?.principal || !town || !kind) return []
    return [{ n: crew.n!, enterprise: Object.assign(new (plain(Enterprise))(), given(row)), kind, crew: crew as Crew, town }]
  })
}
