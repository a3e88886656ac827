import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Checklist } from '../checklist/checklist.entity.js'
import { CheckFrequency, ChecklistLevel } from '../checklist/terms.js'
import { act } from '../shared/act.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { generateTasks } from './generateTasks.js'
import { asSystem, goTo, makeCalendars, makeList, type MadeList } from '../testing/checklists.js'

let town: Town
let unit: MadeList
beforeAll(async () => {
  town = await openTown()
  await makeCalendars(town)
  unit = await makeList(town, { enterprise: town.enterprises['tea']! })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Task {
  slot: string
  state: string
  dueOn: string
  excuse: string | null
}
const tasks = async (list: MadeList, who = 'town') =>
  (
    await town.get<{ checkTasks: { nodes: Task[] } }>(
      who,
      `query ($l: ID!) { checkTasks(where: { checklist: { id: { eq: $l } } }, orderBy: [{ field: opensOn }, { field: slot }], first: 200) { nodes { slot state dueOn excuse } } }`,
      { l: list.id },
    )
  ).checkTasks.nodes
const slots = async (list: MadeList) => (await tasks(list)).map(({ slot, state }) => `${slot} ${state}`)
const at = (day: string) => goTo(town, day)
const job = (day: string) => generateTasks(asSystem(town), day)
const figures = async (where = '{}') =>
  (
    await town.get<{ checkTasks: { aggregate: { figures: Record<string, number | null> } } }>(
      'town',
      `{ checkTasks(where: ${where}) { aggregate { figures { due done late missed notYetDue excused executionRate completionRate } } } }`,
    )
  ).checkTasks.aggregate.figures

describe('due checks', () => {
  test('stand there as soon as the list does, and not for the days before it was made', async () => {
    expect(await slots(unit)).toEqual(['2026-03-02 DUE'])
  })

  test('are made by the daily job once, however often it runs, and for the days it did not run', async () => {
    await at('2026-03-05')
    expect(await job('2026-03-05')).toMatchObject({ made: 3 })
    expect(await job('2026-03-05')).toEqual({ made: 0, changed: 0 })
    expect(await slots(unit)).toEqual(['2026-03-02 MISSED', '2026-03-03 MISSED', '2026-03-04 MISSED', '2026-03-05 DUE'])
  })

  test('count as missed only when their day is over; a rate of nothing is no rate', async () => {
    expect(await figures()).toMatchObject({ due: 3, done: 0, missed: 3, notYetDue: 1, executionRate: 0 })
    expect(await figures('{ dueOn: { eq: "2026-03-05" } }')).toMatchObject({ due: 0, notYetDue: 1, executionRate: null, completionRate: null })
  })

  test('are not owed at a standstill, and the restart is checked before work begins', async () => {
    await at('2026-03-06')
    const restart = await makeList(town, { enterprise: town.enterprises['tea']!, frequency: CheckFrequency.RESTART })
    const { stoppageBegin } = await town.get<{ stoppageBegin: { id: string; version: number } }>(
      'ent.tea',
      `mutation ($e: ID!) { stoppageBegin(enterprise: $e, stoppedOn: "2026-03-06", reason: "设备大修") { id version } }`,
      { e: town.enterprises['tea'] },
    )
    await at('2026-03-10')
    await job('2026-03-10')
    expect((await slots(unit)).slice(-2)).toEqual(['2026-03-05 MISSED', '2026-03-06 EXCUSED'])
    await town.get('ent.tea', `mutation ($id: ID!, $v: Int!) { stoppageEnd(id: $id, version: $v, resumesOn: "2026-03-11") { id } }`, {
      id: stoppageBegin.id,
      v: stoppageBegin.version,
    })
    expect(await slots(restart)).toEqual(['R2026-03-11 DUE'])
    await at('2026-03-12')
    await job('2026-03-12')
    expect((await slots(unit)).slice(-3)).toEqual(['2026-03-06 EXCUSED', '2026-03-11 MISSED', '2026-03-12 DUE'])
  })

  test('a standstill said afterwards excuses nothing that was missed', async () => {
    expect(
      await town.code(
        'ent.tea',
        `mutation ($e: ID!) { stoppageBegin(enterprise: $e, stoppedOn: "2026-03-02", resumesOn: "2026-03-04", reason: "补登") { id } }`,
        {
          e: town.enterprises['tea'],
        },
      ),
    ).toBe('DAY_PAST')
  })

  test('what was due today is excused when the enterprise says that it stands still from today', async () => {
    await town.get('ent.tea', `mutation ($e: ID!) { stoppageBegin(enterprise: $e, stoppedOn: "2026-03-12", resumesOn: "2026-03-13", reason: "停电") { id } }`, {
      e: town.enterprises['tea'],
    })
    expect((await tasks(unit)).at(-1)).toMatchObject({ slot: '2026-03-12', state: 'EXCUSED', excuse: 'STOPPED' })
  })

  test('follow the enterprise’s own rest days and shifts from the day it says so', async () => {
    await at('2026-03-13')
    const shifts = await makeList(town, {
      enterprise: town.enterprises['tea']!,
      frequency: CheckFrequency.SHIFT,
      level: ChecklistLevel.POST,
      post: town.posts['fryer']!,
    })
    await town.get(
      'ent.tea',
      `mutation ($e: ID!) { routineSet(enterprise: $e, facts: { restWeekdays: "7", keepsHolidays: true, shifts: 2, validFrom: "2026-03-14" }) { id } }`,
      { e: town.enterprises['tea'] },
    )
    await at('2026-03-16')
    await job('2026-03-16')
    expect((await slots(shifts)).map((one) => one.slice(5, 12))).toEqual(['03-13#1', '03-14#1', '03-14#2', '03-16#1', '03-16#2'])
  })

  test('a new edition of the calendar moves what is still open, and the one before stays to be read', async () => {
    await at('2026-03-17')
    await job('2026-03-17')
    const publish = (edition: number) =>
      town.code(
        'town',
        `mutation ($e: Int!) { calendarPublish(year: 2026, edition: $e, title: "2026年（县里调整）", days: [{ day: "2026-03-17", mark: REST, name: "县庆" }]) { edition } }`,
        { e: edition },
      )
    expect(await publish(0)).toBe('CONFLICT')
    expect(await publish(1)).toBeUndefined()
    expect((await tasks(unit)).at(-1)).toMatchObject({ slot: '2026-03-17', state: 'EXCUSED', excuse: 'REST_DAY' })
    const { workCalendars } = await town.get<{ workCalendars: { nodes: object[] } }>(
      'county',
      '{ workCalendars(where: { year: { eq: 2026 } }, orderBy: [{ field: edition }]) { nodes { edition supersededAt days { totalCount } } } }',
    )
    expect(workCalendars.nodes).toMatchObject([{ edition: 1 }, { edition: 2, supersededAt: null, days: { totalCount: 1 } }])
    expect(await town.code('industry', 'mutation { calendarPublish(year: 2027, edition: 0, title: "x", days: []) { id } }')).toBe('FORBIDDEN')
  })

  test('a list that has ended and an enterprise that has closed owe nothing more', async () => {
    await at('2026-03-18')
    await job('2026-03-18')
    expect((await tasks(unit)).at(-1)).toMatchObject({ state: 'DUE' })
    await act(asSystem(town), 'checklistEnd', async ({ em }) => {
      const list = await em.findOneOrFail(Checklist, unit.id)
      list.endedOn = '2026-03-17'
    })
    expect((await tasks(unit)).at(-1)).toMatchObject({ slot: '2026-03-18', state: 'EXCUSED', excuse: 'LIST_ENDED' })
    const inn = await makeList(town, { enterprise: town.enterprises['inn']! })
    expect((await tasks(inn)).at(-1)).toMatchObject({ state: 'DUE' })
    await town.get('town', 'mutation ($id: ID!) { hazardVoid(id: $id, version: 1, reason: "重复登记") { id } }', { id: town.hazards['inn'] })
    await town.get('town', `mutation ($id: ID!) { enterpriseCloseDown(id: $id, version: 1, closedOn: "2026-03-18", reason: "搬走") { id } }`, {
      id: town.enterprises['inn'],
    })
    expect((await tasks(inn)).at(-1)).toMatchObject({ state: 'EXCUSED', excuse: 'ENTERPRISE_CLOSED' })
    expect(await figures('{ outcome: { eq: EXCUSED } }')).toMatchObject({ due: 0, missed: 0, executionRate: null })
  })

  test('are grouped by village, station and trade', async () => {
    const { checkTasks } = await town.get<{ checkTasks: { groups: { nodes: { key: object; figures: { due: number } }[] } } }>(
      'county',
      '{ checkTasks { groups { nodes { key { village { name } tradeStation { name } enterprise { trade } workshop } figures { due executionRate } } } } }',
    )
    expect(checkTasks.groups.nodes.length).toBeGreaterThan(1)
  })

  test('the neighbour sees none of them', async () => {
    for (const who of ['town.far', 'market']) expect(await tasks(unit, who)).toEqual([])
  })
})
