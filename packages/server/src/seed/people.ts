import { AccountRole, Person } from '../person/person.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Random } from './random.js'
import { plain } from './plain.js'

const SURNAMES = [...'陈林黄李王吴谢苏郑许刘张杨蔡叶洪庄余沈周']

/** 陈某, 林某某: nobody in particular. */
export const someone = (random: Random): string => `${random.pick(SURNAMES)}${random.percent(40) ? '某某' : '某'}`

/** A number that has the form of a mobile's. */
export const somePhone = (random: Random): string => `1390000${String(random.whole(0, 9999)).padStart(4, '0')}`

/** The accounts of a town's own people; who they are is said by their user name. */
export interface Staff {
  town: Person[]
  /** The town's people with the certificates of the law team: only they enforce. */
  law: Person[]
  stations: Map<string, Person[]>
  villages: Map<string, Person>
}
/** The accounts of one enterprise. */
export interface Crew {
  principal: Person
  officer?: Person
  workshop?: Person
  post?: Person
}

type Account = Pick<Person, 'username' | 'role' | 'division'> & Partial<Person>

/** Makes accounts that share one password. */
export class Accounts {
  constructor(
    private readonly passwordHash: string,
    private readonly random: Random,
    private readonly at: number,
  ) {}

  one(account: Account): Person {
    const { random } = this
    const createdAt = new Date(this.at).toISOString()
    return Object.assign(new (plain(Person))(), {
      id: random.id(this.at),
      createdAt,
      name: `演示·${someone(random)}`,
      phone: somePhone(random),
      passwordHash: this.passwordHash,
      mustChangePassword: false,
      ...account,
    })
  }

  staff(town: string, tag: string, villages: readonly { code: string; name: string }[], stations: readonly string[], busy: readonly string[]): Staff {
    const division = town
    const station = (code: string, more = '') =>
      this.one({ username: `station.${tag}${code.toLowerCase()}${more}`, role: AccountRole.STATION, division, station: code })
    const office = tag ? `town.${tag.slice(0, -1)}` : 'town'
    const official = (username: string, station: string) => this.one({ username, role: AccountRole.TOWN_OFFICE, division, station })
    return {
      town: [official(office, 'EMERGENCY_OFFICE'), official(`${office}.2`, 'EMERGENCY_OFFICE')],
      law: [official(`${office}.law`, 'LAW_TEAM'), official(`${office}.law.2`, 'LAW_TEAM')],
      stations: new Map(stations.map((code) => [code, busy.includes(code) ? [station(code), station(code, '.2')] : [station(code)]])),
      villages: new Map(villages.map(({ code, name }) => [code, this.one({ username: `village.${name}`, role: AccountRole.VILLAGE, division: code })])),
    }
  }

  crew(enterprise: Enterprise, n: number, workshop?: string): Crew {
    const { division } = enterprise
    const own = { division, enterprise: enterprise.id }
    const at = (more: string, role: AccountRole) =>
      this.one({ username: `ent.${n}${more}`, role, ...own, ...(role === AccountRole.ENTERPRISE ? {} : { workshop: workshop! }) })
    const crew: Crew = { principal: at('', AccountRole.ENTERPRISE) }
    if ((enterprise.staffCount ?? 0) >= OFFICER_FROM) crew.officer = at('.safety', AccountRole.ENTERPRISE)
    if (workshop) Object.assign(crew, { workshop: at('.workshop', AccountRole.WORKSHOP), post: at('.post', AccountRole.POST) })
    return crew
  }
}

/** Enterprises of that many people have a safety officer beside the principal, so that somebody else can verify inside. */
const OFFICER_FROM = 10

export const everybody = (staff: Staff): Person[] => [...staff.town, ...staff.law, ...[...staff.stations.values()].flat(), ...staff.villages.values()]
export const crewOf = (crew: Crew): Person[] => [crew.principal, crew.officer, crew.workshop, crew.post].filter((person) => person !== undefined)
