import type { SqlEntityManager } from '@mikro-orm/sql'
import { Attachment } from '../attachment/attachment.entity.js'
import { openFiles } from '../attachment/openFiles.js'
import { Campaign } from '../campaign/campaign.entity.js'
import { Phase } from '../campaign/phase.entity.js'
import type { Config } from '../config.js'
import { DossierRequirement } from '../dossier/requirement.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Extension } from '../hazard/extension.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Reminder } from '../remind/reminder.entity.js'
import { ReminderRead } from '../remind/reminderRead.entity.js'
import { hazardRules } from '../hazard/rules.js'
import { AccountRole, Person } from '../person/person.entity.js'
import { act, type Acting } from '../shared/act.js'
import { addDays, dayOf, startOf } from '../shared/days.js'
import { run } from '../shared/run.js'
import { Criterion } from '../standard/criterion.entity.js'
import type { Store } from '../store.js'
import { accountList } from './accountList.js'
import { CHAPTERS } from './chapters.js'
import { Chronicle } from './chronicle.js'
import { type DemoTown, demoTown, divisions, hazardTexts, stations } from './content.js'
import { cardNote } from './inspections.js'
import type { World } from './life.js'
import { Numbers } from './numbers.js'
import { Accounts } from './people.js'
import { phases } from './phases.js'
import { Pictures } from './pictures.js'
import { Random } from './random.js'
import { Recurrence } from './recurrence.js'
import { addReference, demoVillages, oneAtATime } from './reference.js'
import { adminOf, closeSome, type Firm, settleFirms, settleTown } from './settle.js'
import { furnish } from './workshops.js'
import { Field, tellYear } from './year.js'

/** Days before today on which the office began to use the program. */
const BEGAN = 400
const NINE = 9 * 3_600_000
const HAZARDS = 900

/** The demo town, its neighbour, their people, enterprises and a year of hazards: in one act, so that it is there or not. */
export async function demoTowns(store: Store, config: Config, acting: Acting, passwordHash: string, told: string): Promise<string | undefined> {
  const began = new Date(Date.parse(startOf(addDays(dayOf(acting.now), -BEGAN))) + NINE)
  const content = demoTown()
  await addReference({ ...acting, now: began }, demoVillages(content.neighbour.code, content.neighbour.villages))
  const pictures = await Pictures.draw(openFiles(config).files)
  return act(acting, 'seed', async ({ em, log }) => {
    await oneAtATime(em)
    if ((await run(em, 'select id from person limit 1')).length) return undefined
    const chronicle = newChronicle()
    const random = new Random('anbiao demo')
    const accounts = new Accounts(passwordHash, random, began.getTime())
    const firms = settle(content, chronicle, random, accounts, began, acting.now)
    closeSome(chronicle, firms, acting.now)
    furnish(chronicle, firms)
    const world = await worldOf(em, content, { chronicle, random, now: acting.now, pictures, lean: false })
    tellYear(world, new Field(firms, hazardTexts(), random, firms[0]), HAZARDS)
    for (const chapter of CHAPTERS) await chapter.tell({ world, firms, accounts, em, began, now: acting.now })
    await chronicle.insert(em, store.orm)
    for (const chapter of CHAPTERS) await chapter.finish?.(em)
    world.numbers.enterprises(firms.length)
    await world.numbers.keep(em)
    log(chronicle.entries())
    return accountList(chronicle.all(Person), told) + cardNote()
  })
}

export const newChronicle = () =>
  new Chronicle(
    Person,
    Campaign,
    Phase,
    Enterprise,
    Workshop,
    Post,
    Hazard,
    Extension,
    Attachment,
    Reminder,
    ReminderRead,
    ...CHAPTERS.flatMap(({ things }) => things),
  )

function settle({ town, neighbour, trades }: DemoTown, chronicle: Chronicle, random: Random, accounts: Accounts, began: Date, now: Date): Firm[] {
  const admin = chronicle.add(adminOf(accounts), { act: 'accountCreate', by: undefined, at: began })
  chronicle.add(accounts.one({ username: 'county', role: AccountRole.COUNTY, division: '350524' }), { act: 'accountCreate', by: admin.asActor(), at: began })
  phases(chronicle, admin, began, dayOf(began), dayOf(now))
  const settling = { chronicle, accounts, admin, random, began }
  const villages = divisions().filter(({ code }) => code.startsWith(town.code) && code.length === 12)
  const here = settleTown(chronicle, accounts, admin, began, { code: town.code, name: town.name, villages })
  const there = settleTown(
    chronicle,
    accounts,
    admin,
    began,
    { code: neighbour.code, name: neighbour.name, villages: demoVillages(neighbour.code, neighbour.villages) },
    `${neighbour.account}.`,
  )
  return [...settleFirms(settling, here, trades, 1, town.enterprises), ...settleFirms(settling, there, trades, town.enterprises + 1, neighbour.enterprises)]
}

/** Everything stories need, read once from the store that they will be written to. */
export async function worldOf(
  em: SqlEntityManager,
  content: DemoTown,
  given: Pick<World, 'chronicle' | 'random' | 'now' | 'pictures' | 'lean'>,
): Promise<World> {
  const criteria = new Map((await em.findAll(Criterion)).map((criterion) => [criterion.code, criterion]))
  const names = [...divisions(), ...demoVillages(content.neighbour.code, content.neighbour.villages), ...stations()].map(
    ({ code, name }) => [code, name] as const,
  )
  return {
    ...given,
    rules: await hazardRules(em),
    numbers: await Numbers.take(em),
    criteria: new Map(Object.entries(content.criteria).map(([text, code]) => [text, criteria.get(code)!])),
    demands: new Map((await em.find(DossierRequirement, { active: true })).map((one) => [one.code, one])),
    names: new Map(names),
    recurrence: new Recurrence(),
    colors: new Map(),
  }
}
