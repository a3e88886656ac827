import { ref } from '@mikro-orm/core'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Attachment } from '../attachment/attachment.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Extension } from '../hazard/extension.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Reminder, ReminderKind } from '../remind/reminder.entity.js'
import { act } from '../shared/act.js'
import { allThings, dataOfThing, type ThingClass } from '../shared/datum.js'
import { takingIds } from '../testing/ids.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
/** Per enterprise the ids of all its records: what nobody outside its scope may learn of. */
const records: Record<string, string[]> = {}
const at = { createdAt: '2026-01-07T01:00:00.000Z' }

beforeAll(async () => {
  town = await openTown()
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'scope' }, 'settle', async ({ em }) => {
    for (const [key, id] of Object.entries(town.enterprises)) {
      const hazard = await em.findOneOrFail(Hazard, town.hazards[key]!)
      const stands = { division: hazard.division, ...(hazard.station ? { station: hazard.station } : {}), enterpriseId: id, hazard: ref(hazard), ...at }
      const own = [
        Object.assign(new Extension(), { reason: '等配件', fromDueOn: '2026-03-01', toDueOn: '2026-03-09', ...stands }),
        Object.assign(new Reminder(), {
          kind: ReminderKind.URGED,
          record: hazard.id,
          cause: '2026-03-01',
          audience: 'TOWN_OFFICE',
          text: '请抓紧',
          day: '2026-03-01',
          ...stands,
        }),
        Object.assign(new Attachment(), { name: '前.jpg', mime: 'image/jpeg', bytes: 1, sha256: key, uploadedBy: uuid(), ...stands }),
      ]
      em.persist(own)
      records[key] = [id, hazard.id, ...own.map((one) => one.id)]
    }
    // A row whose relation points out of its own scope: it must not carry anybody across.
    const far = await em.findOneOrFail(Enterprise, town.enterprises['far']!)
    const tea = await em.findOneOrFail(Hazard, town.hazards['tea']!)
    const { description, place, factor, severity, source, manageType, foundOn, foundByRole, division, stage } = tea
    em.persist(
      Object.assign(new Hazard(), {
        description,
        place,
        factor,
        severity,
        source,
        manageType,
        foundOn,
        foundByRole,
        division,
        stage,
        number: 'YH-ASTRAY',
        enterprise: ref(far),
        ...at,
      }),
    )
  })
})
/** How long it took says nothing, and is never the same. */
const timeless = (answer: unknown) => JSON.stringify(answer).replace(/"elapsedMs":\d+/, '')
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Who must not see whose: another town, another trade of the same town, another village, another enterprise. */
const APART: [who: string, whose: string][] = [
  ['town.far', 'tea'],
  ['town', 'far'],
  ['industry', 'inn'],
  ['industry', 'far'],
  ['market', 'tea'],
  ['village', 'inn'],
  ['ent.tea', 'inn'],
  ['workshop.tea', 'inn'],
]

describe('who may not see a record cannot tell it from one that never was', () => {
  test('through any query or act that takes an id', async () => {
    const before = await standing()
    // What hangs on a wall names its enterprise to everybody who passes: a poster's code tells that and nothing else.
    const operations = takingIds(town.app.door.schema).filter(({ name }) => name !== 'publicForm')
    expect(operations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'enterprise',
        'hazard',
        'changes',
        'enterpriseEdit',
        'enterpriseReveal',
        'hazardClose',
        'hazardsNotify',
        'extensionAsk',
        'extensionDecide',
        'hazardReport',
      ]),
    )
    const never = uuid()
    for (const [who, whose] of APART)
      for (const { name, query, variables } of operations) {
        const asked = async (id: string) => timeless(await town.ask(who, query, variables(id))).replaceAll(id, never)
        const nothing = [await asked(never)]
        for (const id of records[whose]!) {
          const told = await asked(id)
          // What an answer costs is reckoned from how many rows the tables have, which is counted anew now and then: perhaps just now.
          if (!nothing.includes(told)) nothing.push(await asked(never))
          expect(nothing, `${who} asks ${name} about a record of ${whose}`).toContain(told)
        }
      }
    expect(await standing()).toEqual(before)
  }, 600_000)

  async function standing(): Promise<unknown> {
    const rows = []
    for (const { table, scope } of allThings()) if (scope) rows.push(await town.store.reader.all(`select * from ${table} order by id`))
    return rows
  }
})

describe('a list holds what lies in the scope and nothing else', () => {
  const lists = (fields: (name: string) => string) => [
    ['hazards', Hazard, fields('hazards')] as const,
    ['enterprises', Enterprise, fields('enterprises')] as const,
    ['reminders', Reminder, fields('reminders')] as const,
  ]
  type Found = Record<string, { totalCount: number; nodes: { id: string }[] }>
  const ask = async (who: string, name: string, args: string) => (await town.get<Found>(who, `{ ${name}${args} { totalCount nodes { id } } }`))[name]!

  test('whatever page, count or order is asked for', async () => {
    for (const [who, whose] of APART)
      for (const [name, target] of lists(() => '')) {
        const orders = name === 'reminders' ? [''] : sortable(target).map((field) => `(orderBy: [{ field: ${field}, dir: DESC }])`)
        for (const args of ['', ...orders]) {
          const { nodes, totalCount } = await ask(who, name, args)
          for (const id of records[whose]!) expect(nodes.map((node) => node.id)).not.toContain(id)
          expect(totalCount).toBe(nodes.length)
        }
      }
  })

  test('and a filter, even a negated one, does not reach past it', async () => {
    for (const [who, whose] of APART) {
      for (const id of records[whose]!)
        for (const name of ['hazards', 'enterprises']) expect((await ask(who, name, `(where: { id: { eq: "${id}" } })`)).totalCount).toBe(0)
      const all = (await ask(who, 'hazards', '')).totalCount
      const enterprise = town.enterprises[whose]!
      expect((await ask(who, 'hazards', `(where: { enterprise: { id: { eq: "${enterprise}" } } })`)).totalCount).toBe(0)
      expect((await ask(who, 'hazards', `(where: { not: { enterprise: { id: { eq: "${enterprise}" } } } })`)).totalCount).toBe(all)
      expect(
        (
          await ask(who, 'hazards', '(where: { or: [{ enterprise: { name: { contains: "龙门" } } }, { enterprise: { name: { contains: "样本" } } }] })')
        ).nodes.map(({ id }) => id),
      ).not.toContain(town.hazards[whose])
      const name = (await town.store.reader.all('select name from enterprise where id = ?', [enterprise]))[0]!['name']
      for (const what of ['hazards', 'enterprises']) expect((await ask(who, what, `(search: "${String(name)}")`)).totalCount).toBe(0)
    }
  })

  test('and a relation that points out of it ends there', async () => {
    const astray = '{ hazards(where: { number: { eq: "YH-ASTRAY" } }) { nodes { id enterprise { id name } } } }'
    const { hazards } = await town.get<{ hazards: { nodes: { id: string; enterprise: null }[] } }>('town', astray)
    expect(hazards.nodes).toMatchObject([{ enterprise: null }])
    expect(await town.code('town', 'query ($id: ID!) { hazard(id: $id) { number enterprise { id name } } }', { id: hazards.nodes[0]!.id })).toBe('NOT_FOUND')
    expect((await ask('town', 'hazards', '(where: { enterprise: { name: { contains: "龙门" } } })')).totalCount).toBe(0)
    expect((await ask('town.far', 'hazards', '(where: { number: { eq: "YH-ASTRAY" } })')).totalCount).toBe(0)
  })

  test('and figures count no more than the list', async () => {
    for (const who of new Set(APART.map(([one]) => one))) {
      const { totalCount } = await ask(who, 'hazards', '(where: { stage: { notIn: [DRAFT, VOID, TRANSFERRED] } })')
      for (const by of ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE']) {
        const { hazardStatistics } = await town.get<{ hazardStatistics: { total: { found: number }; groups: { found: number }[] } }>(
          who,
          `{ hazardStatistics(by: ${by}) { total { found } groups { found } } }`,
        )
        expect(hazardStatistics.total.found).toBe(totalCount)
        if (by !== 'TOTAL') expect(hazardStatistics.groups.reduce((sum, { found }) => sum + found, 0)).toBe(totalCount)
      }
    }
  })
})

const sortable = (target: ThingClass) =>
  dataOfThing(target)
    .filter(({ sort }) => sort)
    .map(({ name }) => name)
