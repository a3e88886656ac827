import type { Config } from '../config.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { AccountRole, Person } from '../person/person.entity.js'
import { act, type Acting } from '../shared/act.js'
import { addDays, dayOf, startOf } from '../shared/days.js'
import { run } from '../shared/run.js'
import type { Store } from '../store.js'
import { accountList } from './accountList.js'
import { Bulk } from './bulk.js'
import { demoTown, divisions } from './content.js'
import { Accounts } from './people.js'
import { Random } from './random.js'
import { addReference, demoVillages, oneAtATime } from './reference.js'
import { adminOf, type Firm, settleFirms, settleTown } from './settle.js'

/** Days before today on which the office began to use the program. */
const BEGAN = 400
const NINE = 9 * 3_600_000

/** The demo town, its neighbour, their people, enterprises and a year of hazards: in one act, so that it is there or not. */
export async function demoTowns(store: Store, _config: Config, acting: Acting, passwordHash: string, told: string): Promise<string> {
  const began = new Date(Date.parse(startOf(addDays(dayOf(acting.now), -BEGAN))) + NINE)
  const content = demoTown()
  const random = new Random('anbiao demo')
  const { town, neighbour } = content
  const beside = demoVillages(neighbour.code, neighbour.villages)
  await addReference({ ...acting, now: began }, beside)
  const accounts = new Accounts(passwordHash, random, began.getTime())
  const bulk = new Bulk(Person, Enterprise)
  const admin = bulk.add(adminOf(accounts), { act: 'accountCreate', by: undefined, at: began })
  bulk.add(accounts.one({ username: 'county', role: AccountRole.COUNTY, division: '350524' }), { act: 'accountCreate', by: admin.asActor(), at: began })
  const settling = { bulk, accounts, admin, random, began }
  const villages = divisions().filter(({ code }) => code.startsWith(town.code) && code.length === 12)
  const here = settleTown(bulk, accounts, admin, began, { code: town.code, name: town.name, villages })
  const there = settleTown(bulk, accounts, admin, began, { code: neighbour.code, name: neighbour.name, villages: beside }, `${neighbour.account}.`)
  const firms: Firm[] = settleFirms(settling, here, content.trades, 1, town.enterprises)
  firms.push(...settleFirms(settling, there, content.trades, town.enterprises + 1, neighbour.enterprises))
  await act(acting, 'seed', async ({ em, log }) => {
    await oneAtATime(em)
    if ((await run(em, 'select id from person limit 1')).length) return
    await bulk.insert(em, store.orm)
    log(bulk.entries())
  })
  return accountList(bulk.all(Person), told)
}
