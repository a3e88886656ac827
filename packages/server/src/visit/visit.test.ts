import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Station } from '../division/division.entity.js'
import { AccountRole, Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import { addDays, dayOf } from '../shared/days.js'
import { asSystem, goTo as moveClock, makeCalendars } from '../testing/checklists.js'
import { form, jpeg } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { runPlan } from './runPlan.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
  await makeCalendars(town)
  await act(asSystem(town), 'testAccounts', async ({ em }) => {
    const { passwordHash } = await em.findOneOrFail(Person, { username: 'ent.tea' })
    const at = { createdAt: town.clock.now.toISOString(), mustChangePassword: false, passwordHash }
    em.persist([
      Object.assign(new Person(), { username: 'law', name: '执法员', role: AccountRole.TOWN_OFFICE, division: '350524106', station: 'LAW_TEAM', ...at }),
      Object.assign(new Station(), { code: 'LAW_TEAM', name: '综合执法队', authorised: true, createdAt: at.createdAt }),
    ])
  })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Table {
  id: string
  version: number
  edition: number
  state: string
  validFrom: string
}
interface Rule {
  trade: string | null
  color: string
  kind: string
  minPerYear: number
  maxPerYear: number | null
  focus: string | null
}
interface Row {
  id: string
  version: number
  kind: string
  slot: string
  plannedFrom: string
  plannedTo: string
  color: string
  edition: number | null
  cause: string
  cancelCause: string | null
  state: string
  owner: string
  focus: string | null
  doneOn: string | null
  check: { number: string } | null
}
const TABLE = '{ id version edition state validFrom }'
const VISIT = '{ id version kind slot plannedFrom plannedTo color edition cause cancelCause state owner focus doneOn check { number } }'
const RULES = `trade color kind minPerYear maxPerYear focus`
const draft = async (who = 'town') => (await town.get<{ frequencyDraft: Table }>(who, `mutation { frequencyDraft ${TABLE} }`)).frequencyDraft
const rulesOf = async (table: string) =>
  (
    await town.get<{ frequencyRules: { nodes: Rule[] } }>(
      'town',
      `query ($t: ID!) { frequencyRules(where: { table: { id: { eq: $t } } }, first: 100) { nodes { ${RULES} } } }`,
      { t: table },
    )
  ).frequencyRules.nodes
const EDIT = `mutation ($id: ID!, $version: Int!, $facts: FrequencyTableInput!, $rules: [FrequencyRuleInput!]!) { frequencyEdit(id: $id, version: $version, facts: $facts, rules: $rules) ${TABLE} }`
const edit = (who: string, { id, version }: Table, rules: Rule[], facts: object = {}) =>
  town.ask(who, EDIT, { id, version, rules, facts: { validFrom: dayOf(town.clock.now), windowDays: 10, graceDays: 15, unratedAs: 'YELLOW', ...facts } })
const edited = async (table: Table, rules: Rule[], facts: object = {}) => (await edit('town', table, rules, facts)).data!['frequencyEdit'] as Table
const PUBLISH = `mutation ($id: ID!, $version: Int!) { frequencyPublish(id: $id, version: $version) ${TABLE} }`
const publish = async ({ id, version }: Table) => (await town.get<{ frequencyPublish: Table }>('town', PUBLISH, { id, version })).frequencyPublish
const visits = async (who: string, firm: string, kind?: string) => {
  const where = { enterprise: { id: { eq: town.enterprises[firm] } }, ...(kind ? { kind: { eq: kind } } : {}) }
  const { visits } = await town.get<{ visits: { nodes: Row[] } }>(who, `query ($where: VisitWhere) { visits(where: $where, first: 200) { nodes ${VISIT} } }`, {
    where,
  })
  return visits.nodes
}
const open = (rows: Row[]) => rows.filter(({ state }) => state === 'PLANNED')
const color = async (firm: string, to: string) => {
  const { riskStandings } = await town.get<{ riskStandings: { nodes: { version: number }[] } }>(
    'industry',
    `query ($e: ID!) { riskStandings(where: { enterprise: { id: { eq: $e } } }) { nodes { version } } }`,
    { e: town.enterprises[firm] },
  )
  await town.get(
    'industry',
    `mutation ($e: ID!, $c: RiskColor!, $u: Day!, $v: Int) { riskOverride(enterprise: $e, color: $c, reason: "年度评估", until: $u, version: $v) { id } }`,
    {
      ...{ e: town.enterprises[firm], c: to, u: addDays(dayOf(town.clock.now), 300), v: riskStandings.nodes[0]?.version },
    },
  )
}
const SUBMIT = 'mutation ($input: CheckInput!) { checkSubmit(input: $input) { id number visits { nodes { id state } } } }'
const signature = async (who: string, name: string) => {
  const sent = await town.app.fastify.inject({
    ...{ method: 'POST', url: '/files' },
    ...form([{ name: '签字.jpg', bytes: await jpeg('#123', 200) }], { authorization: `Bearer ${await town.as(who)}` }),
  })
  return { name, picture: sent.json<{ files: { id: string }[] }>().files[0]!.id }
}
const OFFICERS = [
  { name: '甲', certificate: '35052401' },
  { name: '乙', certificate: '35052402' },
]
const check = async (who: string, firm: string, kind: string, at = town.clock.now) => {
  const enforcing = kind === 'ENFORCEMENT' ? { officers: OFFICERS, checker: await signature(who, '甲'), refusedToSign: '负责人外出' } : {}
  const time = at.toISOString()
  return town.ask(who, SUBMIT, {
    input: {
      key: randomUUID(),
      kind,
      enterprise: town.enterprises[firm],
      title: '现场检查',
      startedAt: time,
      doneAt: time,
      results: [{ content: '现场', outcome: 'PASS' }],
      ...enforcing,
    },
  })
}
const goTo = (day: string) => moveClock(town, day)
const job = () => runPlan(asSystem(town), dayOf(town.clock.now))

describe('the table of rules', () => {
  test('begins with the shipped values as a draft of the town office; nobody else writes it', async () => {
    for (const who of ['industry', 'village', 'ent.tea', 'county']) expect(await town.code(who, 'mutation { frequencyDraft { id } }')).toBe('FORBIDDEN')
    const table = await draft()
    expect(table).toMatchObject({ edition: 1, state: 'DRAFT', validFrom: '2026-03-03' })
    const rules = await rulesOf(table.id)
    expect(rules).toHaveLength(8)
    expect(rules.find(({ kind, color }) => kind === 'ENFORCEMENT' && color === 'BLUE')).toMatchObject({ minPerYear: 0, maxPerYear: 1 })
    expect(rules.find(({ kind, color }) => kind === 'STATION_GUIDANCE' && color === 'RED')).toMatchObject({ minPerYear: 12, maxPerYear: null })
    expect(await town.code('town', 'mutation { frequencyDraft { id } }')).toBe('ALREADY')
  })

  test('a draft that contradicts itself is refused in words: twice the same, a cap elsewhere, a milder colour more often', async () => {
    const { frequencyTables } = await town.get<{ frequencyTables: { nodes: Table[] } }>('town', `{ frequencyTables { nodes ${TABLE} } }`)
    const table = frequencyTables.nodes[0]!
    const rules = await rulesOf(table.id)
    const why = async (wrong: Rule[]) => (await edit('town', table, wrong)).errors?.[0]?.message
    const line = (kind: string, color: string, minPerYear: number, maxPerYear: number | null = null): Rule => ({
      trade: null,
      kind,
      color,
      minPerYear,
      maxPerYear,
      focus: null,
    })
    expect(await why([...rules, rules[0]!])).toContain('写了两条')
    expect(await why([line('STATION_GUIDANCE', 'RED', 4, 6)])).toContain('上限只限执法检查')
    expect(await why([line('ENFORCEMENT', 'RED', 4, 2)])).toContain('不能少于')
    expect(await why([line('STATION_GUIDANCE', 'RED', 2), line('STATION_GUIDANCE', 'ORANGE', 3)])).toContain('橙色不能比红色查得更多')
    expect(await why([line('SELF_CHECK', 'RED', 2)])).toContain('不按颜色排计划')
    expect((await edit('town.far', table, rules)).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
  })

  test('written again later, it is the same table from its beginning on, and two who write it at once never both succeed', async () => {
    const began = town.clock.now
    const { frequencyTables } = await town.get<{ frequencyTables: { nodes: Table[] } }>('town', `{ frequencyTables { nodes ${TABLE} } }`)
    const table = frequencyTables.nodes[0]!
    const rules = await rulesOf(table.id)
    town.clock.now = new Date(began.getTime() + 3_600_000)
    // Nothing but its lines, and those as they are.
    const again = await edited(table, rules, { validFrom: table.validFrom })
    expect(again.version).toBe(table.version + 1)
    expect((await edit('town', table, rules)).errors?.[0]?.extensions.code).toBe('CONFLICT')
    const then = await town.get<{ frequencyTables: { nodes: object[] }; frequencyRules: { nodes: object[] } }>(
      'town',
      `query ($asOf: Instant!) { frequencyTables(asOf: $asOf) { nodes { id createdAt } } frequencyRules(asOf: $asOf, first: 1) { nodes { table { id } } } }`,
      { asOf: new Date(began.getTime() + 1_800_000).toISOString() },
    )
    expect(then.frequencyTables.nodes).toEqual([{ id: table.id, createdAt: began.toISOString() }])
    expect(then.frequencyRules.nodes).toEqual([{ table: { id: table.id } }])
    town.clock.now = began
  })

  test('published it is frozen, plans the visits at once, and the next edition tells what it changes', async () => {
    const { frequencyTables } = await town.get<{ frequencyTables: { nodes: Table[] } }>('town', `{ frequencyTables { nodes ${TABLE} } }`)
    const first = await publish(await edited(frequencyTables.nodes[0]!, await rulesOf(frequencyTables.nodes[0]!.id)))
    expect(first.state).toBe('PUBLISHED')
    expect((await edit('town', first, [])).errors?.[0]?.extensions.code).toBe('FREQUENCY_FROZEN')
    const planned = await visits('industry', 'tea')
    expect(planned.map(({ kind, slot }) => `${kind} ${slot}`).sort()).toEqual(['ENFORCEMENT 1/1', 'STATION_GUIDANCE 1/2', 'STATION_GUIDANCE 2/2'])
    expect(planned.every(({ edition, cause }) => edition === 1 && cause.startsWith('计划：未评级企业（按黄色），每年'))).toBe(true)
    // A station without the power to enforce guides; the enforcement is the town office's to arrange.
    expect(planned.find(({ kind }) => kind === 'ENFORCEMENT')?.owner).toBe('TOWN_OFFICE')
    const second = await draft()
    const rules = (await rulesOf(second.id)).map((rule) => (rule.kind === 'STATION_GUIDANCE' && rule.color === 'YELLOW' ? { ...rule, minPerYear: 3 } : rule))
    const now = await edited(
      second,
      [...rules.slice(1), { trade: '茶叶', color: 'RED', kind: 'STATION_GUIDANCE', minPerYear: 24, maxPerYear: null, focus: '烘干' }],
      { validFrom: '2026-07-01' },
    )
    const { frequencyDiff } = await town.get<{ frequencyDiff: { change: string; what: string; words: string }[] }>(
      'industry',
      'query ($id: ID!) { frequencyDiff(id: $id) { change what words } }',
      { id: now.id },
    )
    expect(frequencyDiff).toContainEqual({ change: 'CHANGED', what: '各行业 · 督促指导 · 黄色', words: '每年至少 2 → 3 次' })
    expect(frequencyDiff.map(({ change }) => change)).toEqual(['ADDED', 'CHANGED', 'REMOVED'])
    expect(
      await town.code('town', 'mutation ($id: ID!, $version: Int!) { frequencyDiscard(id: $id, version: $version) }', { id: now.id, version: now.version }),
    ).toBeUndefined()
  })

  test('rules of a day that is past are refused: the past is not planned anew', async () => {
    const table = await edited(await draft(), await rulesOf((await visitsTable()).id), { validFrom: '2026-03-01' })
    expect(await town.code('town', PUBLISH, { id: table.id, version: table.version })).toBe('DAY_PAST')
    await town.get('town', 'mutation ($id: ID!, $version: Int!) { frequencyDiscard(id: $id, version: $version) }', { id: table.id, version: table.version })
  })
})
const visitsTable = async () =>
  (await town.get<{ frequencyTables: { nodes: Table[] } }>('town', `{ frequencyTables(where: { state: { eq: PUBLISHED } }) { nodes ${TABLE} } }`))
    .frequencyTables.nodes[0]!

describe('the plan of a year', () => {
  test('is seen by whom it concerns and by no other town', async () => {
    for (const who of ['town', 'industry', 'village', 'ent.tea', 'county']) expect((await visits(who, 'tea')).length).toBe(3)
    expect(await visits('market', 'tea')).toEqual([])
    expect(await visits('town.far', 'tea')).toEqual([])
  })

  test('a colour that rises adds visits in the same act, each with its cause; made again it changes nothing', async () => {
    const before = await visits('industry', 'tea')
    await color('tea', 'RED')
    const after = await visits('industry', 'tea')
    for (const one of before) expect(after.find(({ id }) => id === one.id)).toEqual(one)
    const added = after.filter(({ id }) => !before.some((one) => one.id === id))
    expect(added.length).toBeGreaterThan(5)
    expect(added.every(({ cause, color, edition }) => cause.startsWith('升级：黄→红，加查') && color === 'RED' && edition === 1)).toBe(true)
    expect(open(after.filter(({ kind }) => kind === 'ENFORCEMENT')).length).toBeLessThanOrEqual(4)
    expect(await job()).toEqual({ added: 0, cancelled: 0, missed: 0 })
    const { visitsPlan } = await town.get<{ visitsPlan: object }>('town', 'mutation { visitsPlan { added cancelled } }')
    expect(visitsPlan).toEqual({ added: 0, cancelled: 0 })
    expect(await town.code('town', 'mutation { visitsPlan(day: "2026-03-01") { added } }')).toBe('DAY_PAST')
    expect(await town.code('industry', 'mutation { visitsPlan { added } }')).toBe('FORBIDDEN')
  })

  test('a colour that falls takes back only what lies in the next parts of the year', async () => {
    await color('tea', 'YELLOW')
    const rows = await visits('industry', 'tea', 'STATION_GUIDANCE')
    const back = rows.filter(({ state }) => state === 'CANCELLED')
    expect(back.length).toBeGreaterThan(4)
    expect(back.every(({ cancelCause, plannedFrom }) => cancelCause === '降级：红→黄，下一周期起每年 2 次' && plannedFrom >= '2026-04-01')).toBe(true)
  })

  test('a check of the kind does the visit, early or late; another one stands as unplanned', async () => {
    await goTo('2026-03-10')
    const first = await check('industry', 'tea', 'STATION_GUIDANCE')
    expect(first.errors).toBeUndefined()
    const rows = await visits('industry', 'tea', 'STATION_GUIDANCE')
    const done = rows.filter(({ state }) => state === 'DONE')
    expect(done).toMatchObject([{ doneOn: '2026-03-10', check: { number: (first.data!['checkSubmit'] as { number: string }).number } }])
    // Patrols are not in the rules: it is kept, and counts as one that nobody had planned.
    await check('village', 'tea', 'GRID_PATROL')
    expect(await visits('village', 'tea', 'GRID_PATROL')).toMatchObject([
      { state: 'DONE', edition: null, cause: expect.stringContaining('计划外检查') as string, owner: 'VILLAGE' },
    ])
  })

  test('what is not done by its last day is late, and missed when its grace is over; neither changes with the colour', async () => {
    const first = open(await visits('market', 'inn', 'STATION_GUIDANCE')).sort((a, b) => (a.plannedTo < b.plannedTo ? -1 : 1))[0]!
    await goTo(addDays(first.plannedTo, 1))
    const { visitTodo } = await town.get<{ visitTodo: { queue: string; count: number }[] }>('market', '{ visitTodo { queue count } }')
    expect(visitTodo.find(({ queue }) => queue === 'OVERDUE')?.count).toBe(1)
    expect((await job()).missed).toBe(0)
    await goTo(addDays(first.plannedTo, 16))
    expect((await job()).missed).toBeGreaterThan(0)
    expect((await visits('market', 'inn')).find(({ id }) => id === first.id)).toMatchObject({ state: 'MISSED', plannedTo: first.plannedTo })
    expect((await job()).missed).toBe(0)
  })

  test('the town office takes a visit back with a reason and the plan leaves it so; a station moves its own within its part of the year', async () => {
    const [one] = open(await visits('market', 'inn', 'STATION_GUIDANCE'))
    const move = (from: string, to: string, who = 'market') =>
      town.code(
        who,
        'mutation ($id: ID!, $v: Int!, $f: Day!, $t: Day!) { visitMove(id: $id, version: $v, plannedFrom: $f, plannedTo: $t, reason: "企业检修") { id } }',
        {
          ...{ id: one!.id, v: one!.version, f: from, t: to },
        },
      )
    expect(await move('2026-12-20', '2027-01-10')).toBe('VISIT_PERIOD')
    expect(await move('2026-09-07', '2026-09-11', 'village')).toBe('NOT_FOUND')
    expect(await move('2026-09-07', '2026-09-11')).toBeUndefined()
    const cancel = (who: string, version: number) =>
      town.code(who, 'mutation ($id: ID!, $v: Int!) { visitCancel(id: $id, version: $v, reason: "并入联合检查") { id } }', { id: one!.id, v: version })
    expect(await cancel('market', one!.version + 1)).toBe('FORBIDDEN')
    expect(await cancel('town', one!.version)).toBe('CONFLICT')
    expect(await cancel('town', one!.version + 1)).toBeUndefined()
    expect((await job()).added).toBe(0)
  })
})

describe('the cap of enforcement checks', () => {
  test('is kept when a check is recorded: the refusal names it and who may go beyond, with a reason that stays', async () => {
    expect((await check('law', 'tea', 'ENFORCEMENT')).errors).toBeUndefined()
    const { errors } = await check('law', 'tea', 'ENFORCEMENT')
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'VISIT_CAP', cap: 1, done: 1 })
    expect(errors?.[0]?.message).toMatch(/黄色企业，执法检查每年至多 1 次（规则第 1 版），今年已检查 1 次。.*镇安办写明原因批准/)
    const EXCEED = 'mutation ($e: ID!, $r: String!) { visitExceed(enterprise: $e, reason: $r) { id } }'
    const e = town.enterprises['tea']
    expect(await town.code('industry', EXCEED, { e, r: '发生火情' })).toBe('FORBIDDEN')
    expect(await town.code('town', EXCEED, { e, r: ' ' })).toBe('MISSING')
    const { visitExceed } = await town.get<{ visitExceed: { id: string } }>('town', EXCEED, { e, r: '发生火情，专项检查' })
    const { changes } = await town.get<{ changes: { nodes: { act: string; reason: string }[] } }>(
      'town',
      'query ($id: ID!) { changes(thing: "VisitException", record: $id, first: 5) { nodes { act reason } } }',
      { id: visitExceed.id },
    )
    expect(changes.nodes).toEqual([{ act: 'visitExceed', reason: '发生火情，专项检查' }])
    expect((await check('law', 'tea', 'ENFORCEMENT')).errors).toBeUndefined()
    expect((await check('law', 'tea', 'ENFORCEMENT')).errors?.[0]?.extensions.code).toBe('VISIT_CAP')
  })

  test('counts nothing but enforcement: a report is verified, and guidance given, whatever was enforced', async () => {
    expect((await check('law', 'tea', 'REPORT_VERIFICATION')).errors).toBeUndefined()
    expect((await check('law', 'tea', 'STATION_GUIDANCE')).errors).toBeUndefined()
    const rows = await visits('town', 'tea')
    expect(rows.filter(({ kind, state }) => kind === 'ENFORCEMENT' && state === 'DONE')).toHaveLength(2)
    expect(rows.some(({ kind }) => kind === 'REPORT_VERIFICATION')).toBe(false)
  })

  test('an enterprise that closes is visited no more', async () => {
    const { enterprise } = await town.get<{ enterprise: { version: number } }>('town', 'query ($id: ID!) { enterprise(id: $id) { version } }', {
      id: town.enterprises['inn'],
    })
    await town.store.em({ division: '' }).getConnection().execute(`update hazard set stage = 'VOID' where enterprise_id = '${town.enterprises['inn']}'`)
    await town.get('town', 'mutation ($id: ID!, $v: Int!, $d: Day!) { enterpriseCloseDown(id: $id, version: $v, closedOn: $d, reason: "歇业") { id } }', {
      ...{ id: town.enterprises['inn'], v: enterprise.version, d: dayOf(town.clock.now) },
    })
    expect(open(await visits('town', 'inn'))).toEqual([])
  })
})

describe('the figures', () => {
  test('say who met the frequency, who went beyond the cap, and nothing where nothing is due', async () => {
    type Figures = Record<string, number | null>
    const of = async (who: string) =>
      (
        await town.get<{ enterprises: { aggregate: { figures: Figures } } }>(
          who,
          '{ enterprises { aggregate { figures { visitMeasurable frequencyMet aboveCap frequencyRate } } } }',
        )
      ).enterprises.aggregate.figures
    // The tea works had one visit for this half year and it was made; the inn has closed.
    expect(await of('town')).toEqual({ visitMeasurable: 1, frequencyMet: 1, aboveCap: 1, frequencyRate: 100 })
    expect(await of('town.far')).toEqual({ visitMeasurable: 0, frequencyMet: 0, aboveCap: 0, frequencyRate: null })
    const { visits } = await town.get<{ visits: { groups: { nodes: { key: object; figures: Figures }[] } } }>(
      'town',
      '{ visits { groups { nodes { key { station } figures { planned done missed overdue doneRate } } } } }',
    )
    expect(visits.groups.nodes.reduce((sum, { figures }) => sum + figures['missed']!, 0)).toBeGreaterThan(0)
  })
})
