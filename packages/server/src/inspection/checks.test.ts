import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Station } from '../division/division.entity.js'
import { CheckFrequency, ChecklistLevel } from '../checklist/terms.js'
import { HazardSeverity } from '../hazard/terms.js'
import { AccountRole, Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import { asSystem, goTo, makeCalendars, makeList, type MadeList } from '../testing/checklists.js'
import { form, jpeg } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { compliance } from './check.entity.js'

let town: Town
let unit: MadeList
let post: MadeList
beforeAll(async () => {
  town = await openTown()
  await makeCalendars(town)
  unit = await makeList(town, { enterprise: town.enterprises['tea']! })
  post = await makeList(town, { enterprise: town.enterprises['tea']!, level: ChecklistLevel.POST, post: town.posts['fryer']!, frequency: CheckFrequency.SHIFT })
  await act(asSystem(town), 'testAccounts', async ({ em }) => {
    const { passwordHash } = await em.findOneOrFail(Person, { username: 'ent.tea' })
    const at = { createdAt: town.clock.now.toISOString(), mustChangePassword: false, passwordHash }
    const own = { division: '350524106201', enterprise: town.enterprises['tea']! }
    em.persist([
      Object.assign(new Person(), { username: 'ent.tea.safety', name: '安全员', role: AccountRole.ENTERPRISE, ...own, ...at }),
      Object.assign(new Person(), { username: 'post.tea', name: '炒青工', role: AccountRole.POST, workshop: '一车间', ...own, ...at }),
      Object.assign(new Person(), { username: 'law', name: '执法员', role: AccountRole.TOWN_OFFICE, division: '350524106', station: 'LAW_TEAM', ...at }),
      Object.assign(new Station(), { code: 'LAW_TEAM', name: '综合执法队', authorised: true, createdAt: at.createdAt }),
    ])
  })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const FIELDS = `id number compliance passed failed fixed notApplicable notChecked doneOn checkedByUnit officers task { state } results { nodes { id seq outcome content note hazard { id version number stage description place factor severity photosBefore photosAfter source foundOn checkResults { nodes { check { number } } } } files { id purpose } } } signatures { nodes { role name signedAt sha256 account files { id } } }`
const SUBMIT = `mutation ($input: CheckInput!) { checkSubmit(input: $input) { ${FIELDS} } }`
interface Sent {
  id: string
  number: string
  task: { state: string } | null
  compliance: number | null
  notChecked: number
  officers: string | null
  results: { nodes: { id: string; outcome: string; hazard: Record<string, unknown> | null; files: { id: string; purpose: string }[] }[] }
  signatures: { nodes: { role: string; sha256: string; account: string; files: object[] }[] }
}
const photo = async (who: string): Promise<string> => {
  const sent = await town.app.fastify.inject({
    method: 'POST',
    url: '/files',
    ...form([{ name: '照片.jpg', bytes: await jpeg('#246', 300) }], { authorization: `Bearer ${await town.as(who)}` }),
  })
  return sent.json<{ files: { id: string }[] }>().files[0]!.id
}
const input = (list: MadeList | undefined, more: object = {}, outcomes: string[] = ['PASS', 'PASS', 'PASS']) => ({
  key: randomUUID(),
  kind: 'SELF_CHECK',
  enterprise: town.enterprises['tea'],
  ...(list ? { checklist: list.id } : {}),
  startedAt: new Date(town.clock.now.getTime() - 600_000).toISOString(),
  doneAt: town.clock.now.toISOString(),
  results: list ? outcomes.map((outcome, i) => ({ item: list.items[i], outcome })) : [],
  ...more,
})
const submit = async (who: string, one: object) => (await town.get<{ checkSubmit: Sent }>(who, SUBMIT, { input: one })).checkSubmit
const refused = async (who: string, one: object) => (await town.ask(who, SUBMIT, { input: one })).errors?.[0]?.extensions
const total = async () => (await town.get<{ checks: { totalCount: number } }>('admin', '{ checks { totalCount } }')).checks.totalCount

describe('a check', () => {
  test('is recorded item by item, does the task that was due, and what was not looked at is no pass', async () => {
    const part = await submit('ent.tea', input(unit, {}, ['PASS', 'PASS']))
    expect(part).toMatchObject({ compliance: 100, notChecked: 1, task: { state: 'DUE' } })
    const whole = await submit('ent.tea', input(unit))
    expect(whole).toMatchObject({ compliance: 100, notChecked: 0, task: { state: 'DONE' } })
    const again = await submit('ent.tea', input(unit))
    expect(again.task).toBeNull()
  })

  test('sent twice is one check; the second sending is answered with the first, sent at once too', async () => {
    const one = input(unit)
    const first = await submit('ent.tea', one)
    const before = await total()
    expect((await submit('ent.tea', { ...one, remark: '改过' })).number).toBe(first.number)
    const both = input(unit)
    const answers = await Promise.all([submit('ent.tea', both), submit('ent.tea', both), submit('ent.tea', both)])
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(await total()).toBe(before + 1)
    expect(await refused('ent.tea.safety', one)).toMatchObject({ code: 'CHECK_KEY_TAKEN' })
  })

  test('compliance is 符合 over what was looked at; 不适用 and 未检查 count on neither side', async () => {
    expect(compliance({ passed: 2, failed: 1, fixed: 0 })).toBe(66.7)
    expect(compliance({ passed: 0, failed: 0, fixed: 0 })).toBeNull()
    const { results } = input(unit, {}, ['PASS', 'FAIL', 'NA'])
    expect(await refused('ent.tea', input(unit, { results }))).toMatchObject({ code: 'ANSWER_INCOMPLETE' })
    const sent = await submit('ent.tea', input(unit, { results: results.map((one) => ({ ...one, note: '当日停机' })) }))
    expect(sent).toMatchObject({ compliance: 50, notApplicable: 1 })
  })

  test('is refused when nothing was looked at, an item is foreign or answered twice, or its time cannot be', async () => {
    expect(await refused('ent.tea', input(unit, {}, ['NOT_CHECKED']))).toMatchObject({ code: 'NOTHING_CHECKED' })
    expect(await refused('ent.tea', input(unit, { results: [{ item: post.items[0], outcome: 'PASS' }] }))).toMatchObject({ code: 'ITEM_FOREIGN' })
    const twice = [unit.items[0], unit.items[0]].map((item) => ({ item, outcome: 'PASS' }))
    expect(await refused('ent.tea', input(unit, { results: twice }))).toMatchObject({ code: 'ITEM_TWICE' })
    expect(await refused('ent.tea', input(unit, { doneAt: '2026-03-03T02:00:00.000Z' }))).toMatchObject({ code: 'CHECK_IN_FUTURE' })
    expect(await refused('ent.tea', input(unit, { doneAt: '2026-01-03T02:00:00.000Z' }))).toMatchObject({ code: 'CHECK_TOO_OLD' })
    expect(await refused('ent.tea', input(unit, { key: 'x' }))).toMatchObject({ code: 'CHECK_KEY' })
  })

  test('a draft that comes days later counts on the day it was done; one done late is late', async () => {
    const offline = input(unit, { doneAt: '2026-03-03T02:00:00.000Z', startedAt: '2026-03-03T01:50:00.000Z' })
    await goTo(town, '2026-03-05')
    const { generateTasks } = await import('./generateTasks.js')
    await generateTasks(asSystem(town), '2026-03-05')
    expect(await submit('ent.tea', offline)).toMatchObject({ doneOn: '2026-03-03', task: { state: 'DONE' } })
    const { checkTasks } = await town.get<{ checkTasks: { nodes: { id: string; slot: string }[] } }>(
      'ent.tea',
      `query ($l: ID!) { checkTasks(where: { checklist: { id: { eq: $l } }, slot: { eq: "2026-03-04" } }) { nodes { id slot } } }`,
      { l: unit.id },
    )
    expect(await submit('ent.tea', input(unit, { task: checkTasks.nodes[0]!.id }))).toMatchObject({ task: { state: 'LATE' } })
    const { checkTasks: all } = await town.get<{ checkTasks: { aggregate: { figures: object } } }>(
      'town',
      `query ($l: ID!) { checkTasks(where: { checklist: { id: { eq: $l } } }) { aggregate { figures { due done late missed notYetDue executionRate completionRate } } } }`,
      { l: unit.id },
    )
    expect(all.aggregate.figures).toEqual({ due: 3, done: 2, late: 1, missed: 0, notYetDue: 1, executionRate: 66.7, completionRate: 100 })
  })
})

describe('what a check finds', () => {
  test('becomes a hazard at once: text, place, factor, severity and photo go along, and each leads to the other', async () => {
    const shot = await photo('ent.tea')
    const results = [
      { item: unit.items[0], outcome: 'FAIL', note: '防护罩缺一颗螺丝', place: '炒青机 2 号', photos: [shot], hazard: true },
      ...unit.items.slice(1).map((item) => ({ item, outcome: 'PASS' })),
    ]
    const sent = await submit('ent.tea', input(unit, { results }))
    const [first] = sent.results.nodes
    expect(first!.hazard).toMatchObject({
      ...{ stage: 'REGISTERED', place: '炒青机 2 号', factor: 'OBJECT', severity: 'GENERAL', source: 'SELF_CHECK', photosBefore: 1, foundOn: '2026-03-05' },
      description: '炒青机传动部位防护罩齐全牢固：防护罩缺一颗螺丝',
      checkResults: { nodes: [{ check: { number: sent.number } }] },
    })
    expect(first!.files).toHaveLength(1)
    const { hazard } = await town.get<{ hazard: { photos: object[] } }>('town', 'query ($id: ID!) { hazard(id: $id) { photos { purpose } } }', {
      id: first!.hazard!['id'],
    })
    expect(hazard.photos).toEqual([{ purpose: 'BEFORE' }])
  })

  test('may become one afterwards with one tap, once', async () => {
    const shot = await photo('industry')
    const results = [{ item: unit.items[2], outcome: 'FAIL', note: '通道堆放成品', photos: [shot] }]
    const sent = await submit('industry', input(unit, { kind: 'STATION_GUIDANCE', results }))
    const failed = sent.results.nodes.find(({ outcome }) => outcome === 'FAIL')!
    const tap = (who: string) =>
      town.ask(who, 'mutation ($id: ID!) { checkResultRaise(id: $id) { hazard { number source photosBefore stage } } }', { id: failed.id })
    expect((await tap('village')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await tap('industry')).data).toMatchObject({ checkResultRaise: { hazard: { source: 'STATION_GUIDANCE', photosBefore: 1, stage: 'REGISTERED' } } })
    expect((await tap('industry')).errors?.[0]?.extensions.code).toBe('ALREADY')
    const passed = sent.results.nodes.find(({ outcome }) => outcome === 'NOT_CHECKED')!
    expect(await town.code('industry', 'mutation ($id: ID!) { checkResultRaise(id: $id) { id } }', { id: passed.id })).toBe('WRONG_STAGE')
  })

  test('put right at once waits for a second person, whoever checked, and never for the fixer', async () => {
    const [before, after] = [await photo('post.tea'), await photo('post.tea')]
    const fixed = { item: post.items[2], outcome: 'FIXED', note: '已清走堆物', photos: [before], photosAfter: [after] }
    expect(await refused('post.tea', input(post, { results: [{ ...fixed, photosAfter: [] }] }))).toMatchObject({ code: 'ANSWER_INCOMPLETE' })
    const sent = await submit('post.tea', input(post, { results: [...post.items.slice(0, 2).map((item) => ({ item, outcome: 'PASS' })), fixed] }))
    const hazard = sent.results.nodes[2]!.hazard as { id: string; version: number }
    expect(hazard).toMatchObject({ stage: 'PENDING_REVIEW', photosBefore: 1, photosAfter: 1 })
    expect(sent.task).toMatchObject({ state: 'DONE' })
    const close = (who: string) =>
      town.ask(who, 'mutation ($id: ID!, $v: Int!) { hazardClose(id: $id, version: $v) { stage } }', { id: hazard.id, v: hazard.version })
    expect((await close('post.tea')).errors?.[0]?.extensions.code).toBe('SAME_PERSON')
    expect((await close('workshop.tea')).data).toEqual({ hazardClose: { stage: 'CLOSED' } })
  })

  test('of major weight is never waved through: a measure at once, and it waits for its clause', async () => {
    const list = await makeList(town, {
      enterprise: town.enterprises['tea']!,
      items: [{ content: '粉尘涉爆场所除尘系统正常运行', severity: HazardSeverity.MAJOR }],
    })
    const [before, after] = [await photo('ent.tea'), await photo('ent.tea')]
    const one = { item: list.items[0], severity: 'GENERAL', note: '除尘停运', photos: [before] }
    expect(await refused('ent.tea', input(list, { results: [{ ...one, outcome: 'FIXED', photosAfter: [after] }] }))).toMatchObject({
      code: 'ANSWER_INCOMPLETE',
    })
    expect(await refused('ent.tea', input(list, { results: [{ ...one, outcome: 'FAIL', hazard: true }] }))).toMatchObject({ code: 'ANSWER_INCOMPLETE' })
    const sent = await submit('ent.tea', input(list, { results: [{ ...one, outcome: 'FAIL', hazard: true, interimMeasure: '停机撤人' }] }))
    expect(sent.results.nodes[0]!.hazard).toMatchObject({ severity: 'MAJOR', stage: 'DRAFT' })
  })
})

describe('who may check', () => {
  test.each([
    ['ent.tea', 'SELF_CHECK', undefined],
    ['workshop.tea', 'SELF_CHECK', 'NOT_FOUND'],
    ['post.tea', 'SELF_CHECK', 'NOT_FOUND'],
    ['village', 'SELF_CHECK', 'FORBIDDEN'],
    ['village', 'GRID_PATROL', undefined],
    ['village', 'STATION_GUIDANCE', 'FORBIDDEN'],
    ['industry', 'STATION_GUIDANCE', undefined],
    ['industry', 'GRID_PATROL', 'FORBIDDEN'],
    ['industry', 'ENFORCEMENT', 'FORBIDDEN'],
    ['market', 'STATION_GUIDANCE', 'NOT_FOUND'],
    ['town.far', 'STATION_GUIDANCE', 'NOT_FOUND'],
    ['town', 'REPORT_VERIFICATION', undefined],
    ['county', 'STATION_GUIDANCE', 'FORBIDDEN'],
    ['admin', 'SELF_CHECK', 'FORBIDDEN'],
    ['ent.tea', 'GRID_PATROL', 'FORBIDDEN'],
  ])('%s a %s of the unit: %s', async (who, kind, code) => expect((await refused(who, input(unit, { kind })))?.code).toBe(code))

  test('a workshop its own posts’ cards, a post its own; the unit all of them', async () => {
    for (const who of ['ent.tea', 'workshop.tea', 'post.tea']) expect((await refused(who, input(post)))?.code).toBeUndefined()
  })

  test('enforcement is for an authorised station: two officers with certificates, and a signature or a note that there is none', async () => {
    const officers = [
      { name: '甲', certificate: '闽A001' },
      { name: '乙', certificate: '闽A002' },
    ]
    const checker = { name: '甲', picture: await photo('law') }
    const one = (more: object) => input(unit, { kind: 'ENFORCEMENT', officers, checker, refusedToSign: '负责人拒绝签字', ...more })
    expect(await refused('law', one({ officers: officers.slice(1) }))).toMatchObject({ code: 'OFFICERS' })
    expect(await refused('law', one({ officers: [officers[0], { name: '丙', certificate: '闽A001' }] }))).toMatchObject({ code: 'OFFICERS' })
    expect(await refused('law', one({ refusedToSign: '' }))).toMatchObject({ code: 'SIGNATURE_MISSING' })
    expect((await submit('law', one({}))).officers).toBe('甲（闽A001）、乙（闽A002）')
  })

  test('a signature is kept with the hash of its picture, its moment and its account', async () => {
    const sent = await submit(
      'village',
      input(unit, {
        kind: 'GRID_PATROL',
        checker: { name: '网格员', picture: await photo('village') },
        receiver: { name: '厂长', picture: await photo('village') },
      }),
    )
    expect(sent.signatures.nodes).toHaveLength(2)
    expect(sent.signatures.nodes[0]).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, files: [{}] })
  })

  test('a free check without a list names what it was about and what was seen', async () => {
    const results = [{ content: '消火栓箱被遮挡', outcome: 'FAIL', factor: 'ENVIRONMENT', place: '仓库', hazard: true }]
    expect(await refused('village', input(undefined, { kind: 'GRID_PATROL', results }))).toMatchObject({ code: 'MISSING', field: 'title' })
    const sent = await submit('village', input(undefined, { kind: 'GRID_PATROL', title: '夜间巡查', results }))
    expect(sent.results.nodes[0]!.hazard).toMatchObject({ source: 'GRID_PATROL', place: '仓库', stage: 'REGISTERED' })
  })

  test('figures of checks and of their answers follow the same formula', async () => {
    const { checks, checkResults } = await town.get<Record<'checks' | 'checkResults', { aggregate: { figures: { complianceRate: number } } }>>(
      'county',
      '{ checks { aggregate { figures { passed failed fixed complianceRate withProblems } } } checkResults { aggregate { figures { passed failed fixed complianceRate } } } }',
    )
    expect(checks.aggregate.figures).toMatchObject(checkResults.aggregate.figures)
  })
})
