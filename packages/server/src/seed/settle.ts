import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { AccountRole, type Person } from '../person/person.entity.js'
import { dayOf } from '../shared/days.js'
import type { Chronicle } from './chronicle.js'
import { type Kind, stations, type Trade } from './content.js'
import { enterpriseOf, mixOf, type Village } from './enterprises.js'
import { type Accounts, type Crew, crewOf, everybody, type Staff } from './people.js'
import type { Random } from './random.js'

/** One enterprise of a town with the accounts of its people and the hazards that fit it. */
export interface Firm {
  n: number
  enterprise: Enterprise
  kind: Kind
  crew: Crew
  town: Town
}
export interface Town {
  code: string
  /** As enterprises write it: 金谷. */
  name: string
  villages: Village[]
  staff: Staff
}

/** The stations with the most to do have two accounts, so that two can review. */
const BUSY = ['EMERGENCY_OFFICE', 'INDUSTRY_STATION', 'MARKET_STATION', 'LAND_STATION', 'BUILD_STATION', 'TRANSPORT_STATION']
/** Enterprises whose workshop head and post worker sign in too, and the workshop they are of. */
const WITH_WORKSHOP = 6
const WORKSHOPS: Record<string, string> = { 茶叶加工: '杀青车间', 藤铁工艺: '冲压车间', 石材加工: '大切车间', 家具制造: '喷漆间' }
/** Of a hundred enterprises, so many have no station yet (责任空白). */
const ORPHANS = 2
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** The town's own people, entered by the admin on the first day. `tag` keeps apart the names of a second town's accounts. */
export function settleTown(chronicle: Chronicle, accounts: Accounts, admin: Person, began: Date, place: Omit<Town, 'staff'>, tag = ''): Town {
  const staff = accounts.staff(
    place.code,
    tag,
    place.villages,
    stations().map(({ code }) => code),
    tag ? [] : BUSY,
  )
  everybody(staff).forEach((person, i) => chronicle.add(person, { act: 'accountCreate', by: admin.asActor(), at: new Date(began.getTime() + i * MINUTE) }))
  return { ...place, staff }
}

export interface Settling {
  chronicle: Chronicle
  accounts: Accounts
  admin: Person
  random: Random
  began: Date
}

/** Enterprises from..from+many−1 in a town: entered by the town office over the first days, their accounts the day after. */
export function settleFirms({ chronicle, accounts, admin, random, began }: Settling, town: Town, trades: readonly Trade[], from: number, many: number): Firm[] {
  const clerk = town.staff.town[0]!.asActor()
  let workshops = from === 1 ? WITH_WORKSHOP : 0
  return mixOf(trades, many, random).map(({ trade, kind }, i) => {
    const at = new Date(began.getTime() + DAY + (i % 8) * DAY + Math.floor(i / 8) * 2 * MINUTE)
    const village = i < town.villages.length ? town.villages[i]! : random.pick(town.villages)
    const enterprise = enterpriseOf({ n: from + i, town: town.name, village, trade, kind, orphan: i > 0 && random.percent(ORPHANS) }, dayOf(at), random)
    chronicle.add(enterprise, { act: 'enterpriseCreate', by: clerk, at })
    const workshop = workshops > 0 && enterprise.station ? WORKSHOPS[trade.name] : undefined
    if (workshop) workshops--
    const crew = accounts.crew(enterprise, from + i, workshop)
    for (const person of crewOf(crew)) chronicle.add(person, { act: 'accountCreate', by: admin.asActor(), at: new Date(at.getTime() + DAY) })
    return { n: from + i, enterprise, kind, crew, town }
  })
}

/** 停业、迁出: a few enterprises left since, none that a hazard was found at. */
export function closeSome(chronicle: Chronicle, firms: readonly Firm[], now: Date): void {
  for (const { enterprise, town } of firms.filter(({ n }) => neverFoundWanting(n) && n % 8 === 1)) {
    const at = new Date(now.getTime() - (20 + enterprise.name.length) * DAY)
    chronicle.change(enterprise, { act: 'enterpriseCloseDown', by: town.staff.town[0]!.asActor(), at, reason: '已搬迁，原址停业' }, () =>
      enterprise.closeDown(dayOf(at), dayOf(at)),
    )
  }
}

/** One enterprise in eleven gives no cause for complaint. */
export const neverFoundWanting = (n: number): boolean => n % 11 === 5

/** Whoever keeps the program running; not of the town, so without a number to call. */
export const adminOf = (accounts: Accounts): Person =>
  accounts.one({ username: 'admin', name: '系统管理员', role: AccountRole.ADMIN, division: '350524', phone: undefined })
