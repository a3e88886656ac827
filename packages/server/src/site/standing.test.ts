import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPhoto } from '../testing/aPhoto.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { restandDaily } from './restandDaily.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})
interface Row {
  id: string
  version: number
  [more: string]: unknown
}
const act = async (who: string, query: string, variables: object) => Object.values(await town.get<Record<string, Row>>(who, query, variables as never))[0]!
const fault = async (who: string, query: string, variables: object) => (await town.ask(who, query, variables as never)).errors?.[0]?.extensions
const rows = async (who: string, list: string, where: string, fields: string) =>
  (await town.get<Record<string, { nodes: Row[] }>>(who, `{ ${list}(where: ${where}, first: 50) { nodes { id version ${fields} } } }`))[list]!.nodes

const COUNT = `mutation ($e: ID!, $u: ID, $p: ID, $on: Day!, $c: [SixHaveInput!]!) { sixHavesCount(enterprise: $e, unit: $u, post: $p, countedOn: $on, counts: $c) { id version rate achieved missing current } }`
const count = (who: string, counts: [string, number, number][], more: object = {}) => ({
  who,
  variables: { e: town.enterprises['tea'], on: '2026-03-01', c: counts.map(([item, intact, required]) => ({ item, intact, required })), ...more },
})
const counted = ({ who, variables }: ReturnType<typeof count>) => act(who, COUNT, variables)
const countFault = ({ who, variables }: ReturnType<typeof count>) => fault(who, COUNT, variables)
const rule = (key: string, value: number, version = 0) =>
  act('town', 'mutation ($k: String!, $v: Int!, $x: Int!) { siteRuleChange(key: $k, version: $v, value: $x, reason: "镇里定的") { key value version } }', {
    k: key,
    v: version,
    x: value,
  })

test('the six haves: what is not required does not apply, nonsense is refused beside its item, strict or nine of ten as set', async () => {
  expect(
    await counted(
      count('industry', [
        ['NAMEPLATES', 9, 10],
        ['PIPE_DIRECTION', 0, 0],
      ]),
    ),
  ).toMatchObject({ rate: 90, achieved: false, missing: 1 })
  expect(await counted(count('industry', [['PIPE_DIRECTION', 0, 0]], { e: town.enterprises['tea'], u: town.units['tea2'] }))).toMatchObject({
    rate: null,
    achieved: null,
    missing: 0,
  })
  expect(await countFault(count('industry', [['NAMEPLATES', 3, 2]]))).toMatchObject({ code: 'COUNT', field: 'NAMEPLATES' })
  expect(await countFault(count('industry', [['NAMEPLATES', -1, 2]]))).toMatchObject({ code: 'COUNT' })
  expect(
    await countFault(
      count('industry', [
        ['NAMEPLATES', 1, 2],
        ['NAMEPLATES', 1, 2],
      ]),
    ),
  ).toMatchObject({ code: 'ITEM_TWICE' })
  expect(await countFault(count('industry', []))).toMatchObject({ code: 'MISSING' })
  expect(await countFault(count('village', [['NAMEPLATES', 1, 2]]))).toMatchObject({ code: 'FORBIDDEN' })
  await rule('sixHavesLeast', 90)
  expect(await counted(count('industry', [['NAMEPLATES', 9, 10]]))).toMatchObject({ achieved: true })
  await rule('sixHavesLeast', 100, 1)
})

test('what is missing is a task with a deadline and who sees to it; counted whole again, it is done', async () => {
  const u = town.units['tea']
  await counted(
    count(
      'workshop.tea',
      [
        ['FLOOR_LINES', 1, 3],
        ['VALVE_TAGS', 5, 5],
      ],
      { u },
    ),
  )
  const open = () => rows('ent.tea', 'signTasks', `{ unit: { id: { eq: "${u}" } }, stage: { eq: OPEN } }`, 'what many dueOn responsible item')
  expect(await open()).toMatchObject([{ what: '车间地上有标线：缺损 2 处', many: 2, dueOn: '2026-03-09', responsible: '一车间负责人' }])
  await counted(count('workshop.tea', [['FLOOR_LINES', 2, 3]], { u }))
  expect(await open()).toMatchObject([{ many: 1 }])
  await counted(count('workshop.tea', [['FLOOR_LINES', 3, 3]], { u }))
  expect(await open()).toEqual([])
  const { sixHavesChecks } = await town.get<{ sixHavesChecks: { totalCount: number } }>(
    'town',
    `{ sixHavesChecks(where: { unit: { id: { eq: "${u}" } }, current: { eq: true } }) { totalCount } }`,
  )
  expect(sixHavesChecks.totalCount).toBe(1)
})

test('a count put in late does not displace a newer one', async () => {
  const u = town.units['tea2']
  await counted(count('ent.tea', [['NAMEPLATES', 4, 4]], { u, on: '2026-02-20' }))
  expect(await counted(count('ent.tea', [['NAMEPLATES', 0, 4]], { u, on: '2026-01-10' }))).toMatchObject({ current: false, rate: 0 })
})

const SIGN = { kind: 'PROHIBITION', text: '禁止烟火', spot: '油漆库门口', edition: 'GB 2894-2025', setOn: '2026-01-10' }
const register = (who: string, facts: object = {}, more: object = {}) =>
  act(
    who,
    'mutation ($e: ID!, $u: ID, $p: ID, $f: SignInput!, $ph: [ID!]) { signRegister(enterprise: $e, unit: $u, post: $p, facts: $f, photos: $ph) { id version hangs nextCheckOn state } }',
    {
      ...{ e: town.enterprises['tea'], u: town.units['tea'], f: { ...SIGN, ...facts } },
      ...more,
    },
  )
const CHECK =
  'mutation ($id: ID!, $v: Int!, $s: SignState!, $p: [ID!]) { signCheck(id: $id, version: $v, state: $s, photos: $p) { id version state checkedOn nextCheckOn files { id } } }'

test('signs hang warning, prohibition, mandatory, information, and are looked at every half year', async () => {
  for (const kind of ['INFORMATION', 'MANDATORY', 'PROHIBITION', 'WARNING']) await register('ent.tea', { kind, spot: '挂牌处' })
  const { signs } = await town.get<{ signs: { nodes: { kind: string; nextCheckOn: string }[] } }>(
    'ent.tea',
    '{ signs(where: { spot: { eq: "挂牌处" } }) { nodes { kind nextCheckOn } } }',
  )
  expect(signs.nodes.map(({ kind }) => kind)).toEqual(['WARNING', 'PROHIBITION', 'MANDATORY', 'INFORMATION'])
  expect(signs.nodes[0]!.nextCheckOn).toBe('2026-07-10')
})

test('a sign found damaged is one task; done by somebody, the sign is whole; or it becomes a hazard', async () => {
  const sign = await register('workshop.tea')
  expect(await fault('village', CHECK, { id: sign.id, v: sign.version, s: 'MISSING' })).toMatchObject({ code: 'FORBIDDEN' })
  const bad = await act('industry', CHECK, { id: sign.id, v: sign.version, s: 'DAMAGED', p: [await aPhoto(town, 'industry')] })
  expect(bad).toMatchObject({ state: 'DAMAGED', checkedOn: '2026-03-02', nextCheckOn: '2026-09-02' })
  expect(bad['files']).toHaveLength(1)
  const again = await act('ent.tea', CHECK, { id: sign.id, v: bad.version, s: 'MISSING' })
  const tasks = () => rows('ent.tea', 'signTasks', `{ sign: { id: { eq: "${sign.id}" } } }`, 'what stage spot')
  expect(await tasks()).toMatchObject([{ what: '禁止标识“禁止烟火”缺失', stage: 'OPEN', spot: '油漆库门口' }])
  const [task] = await tasks()
  const DONE = 'mutation ($id: ID!, $v: Int!, $r: String!) { signTaskDone(id: $id, version: $v, result: $r) { version stage doneOn } }'
  expect(await fault('industry', DONE, { id: task!.id, v: task!.version, r: '已换' })).toMatchObject({ code: 'FORBIDDEN' })
  expect(await fault('ent.tea', DONE, { id: task!.id, v: task!.version, r: '' })).toMatchObject({ code: 'MISSING' })
  expect(await act('workshop.tea', DONE, { id: task!.id, v: task!.version, r: '换新' })).toMatchObject({ stage: 'DONE', doneOn: '2026-03-02' })
  const [now] = await rows('ent.tea', 'signs', `{ id: { eq: "${sign.id}" } }`, 'state')
  expect(now).toMatchObject({ state: 'INTACT' })
  await act('ent.tea', CHECK, { id: sign.id, v: now!.version, s: 'MISSING' })
  const [next] = (await tasks()).filter(({ stage }) => stage === 'OPEN')
  const hazard = await act(
    'industry',
    'mutation ($id: ID!, $v: Int!) { signTaskToHazard(id: $id, version: $v) { id description place signTasks { nodes { stage } } } }',
    { id: next!.id, v: next!.version },
  )
  expect(hazard).toMatchObject({ description: '禁止标识“禁止烟火”缺失', place: '一车间 油漆库门口', signTasks: { nodes: [{ stage: 'HAZARD' }] } })
  expect(again['state']).toBe('MISSING')
})

test('boards and cards of the risk notice system are on record, checked, and taken down with a reason', async () => {
  const facts = { kind: 'CARD', title: '炒制岗位风险告知卡', content: '烫伤、机械伤害；持证上岗', spot: '1号炒锅', sinceOn: '2026-02-01' }
  const notice = await act(
    'ent.tea',
    'mutation ($e: ID!, $p: ID, $f: RiskNoticeInput!) { riskNoticePost(enterprise: $e, post: $p, facts: $f) { id version nextCheckOn workshop } }',
    {
      ...{ e: town.enterprises['tea'], p: town.posts['fryer'], f: facts },
    },
  )
  expect(notice).toMatchObject({ nextCheckOn: '2026-08-01', workshop: '一车间' })
  const checked = await act('industry', 'mutation ($id: ID!, $v: Int!) { riskNoticeCheck(id: $id, version: $v, state: MISSING) { id version state } }', {
    id: notice.id,
    v: notice.version,
  })
  expect(await rows('ent.tea', 'signTasks', `{ notice: { id: { eq: "${notice.id}" } } }`, 'kind stage')).toMatchObject([{ kind: 'NOTICE', stage: 'OPEN' }])
  await act('ent.tea', 'mutation ($id: ID!, $v: Int!) { riskNoticeRemove(id: $id, version: $v, reason: "岗位撤销") { id } }', {
    id: notice.id,
    v: checked.version,
  })
  expect(await rows('ent.tea', 'signTasks', `{ notice: { id: { eq: "${notice.id}" } } }`, 'stage')).toMatchObject([{ stage: 'VOID' }])
})

const EVIDENCE =
  'mutation ($e: ID!, $p: ID!, $k: PostEvidenceKind!, $on: Day!, $n: Int) { postEvidenceRecord(enterprise: $e, post: $p, kind: $k, heldOn: $on, persons: $n) { id version } }'
const evidence = (kind: string, post: string, more: object = {}) =>
  act('ent.tea', EVIDENCE, { e: town.enterprises['tea'], p: town.posts[post], k: kind, on: '2026-02-01', ...more })
const standingOf = async (post: string) =>
  (await rows('ent.tea', 'postStandings', `{ post: { id: { eq: "${town.posts[post]}" } } }`, 'reached held needed reasons'))[0]!
const site = async () =>
  (await rows('town', 'siteStandings', `{ enterprise: { id: { eq: "${town.enterprises['tea']}" } } }`, 'reached posts postsReached postsPassed reasons'))[0]!

test('a post is up to standard when every condition that counts is met, and says what is missing; its enterprise when all its posts are', async () => {
  const missing = await standingOf('fryer')
  expect(missing['reached']).toBe(false)
  for (const said of ['岗位安全检查卡没有在用', '没有岗位培训记录', '还没有5S审核']) expect(missing['reasons']).toContain(said)
  expect(await fault('ent.tea', EVIDENCE, { e: town.enterprises['tea'], p: town.posts['fryer'], k: 'TRAINED', on: '2026-02-01' })).toMatchObject({
    code: 'MISSING',
    field: 'persons',
  })
  for (const post of ['fryer', 'packer']) {
    await evidence('CARD', post)
    await evidence('TRAINED', post, { n: 50 })
  }
  const standard = await act(
    'town',
    'mutation ($f: FiveSStandardInput!, $d: [FiveSDimensionInput!]!) { fiveSStandardDraft(facts: $f, dimensions: $d) { id version } }',
    {
      f: { name: '5S', edition: '1', itemMost: 4, photoBelow: 3, gradeA: 90, gradeB: 80, pass: 60 },
      d: [{ name: '整理', points: 20, items: ['甲'] }],
    },
  )
  await act('town', 'mutation ($id: ID!, $v: Int!) { fiveSStandardPublish(id: $id, version: $v) { id } }', { id: standard.id, v: standard.version })
  const [item] = await rows('town', 'fiveSItems', `{ standard: { id: { eq: "${standard.id}" } } }`, 'text')
  await act(
    'industry',
    'mutation ($e: ID!, $s: [FiveSScoreInput!]!) { fiveSAuditSubmit(enterprise: $e, auditedOn: "2026-03-01", scores: $s) { id version } }',
    {
      ...{ e: town.enterprises['tea'], s: [{ item: item!.id, score: 4 }] },
    },
  )
  expect(await standingOf('fryer')).toMatchObject({ reached: true, reasons: null })
  expect(await site()).toMatchObject({ posts: 2, postsReached: 2, postsPassed: true })

  const violation = await act(
    'village',
    'mutation ($e: ID!, $p: ID, $f: ViolationInput!) { violationRecord(enterprise: $e, post: $p, facts: $f) { id version } }',
    {
      e: town.enterprises['tea'],
      p: town.posts['packer'],
      f: { kind: 'DISCIPLINE_BREACH', spot: '包装台', violator: 'WORKER', what: '串岗', foundOn: '2026-03-01', handling: 'EDUCATED' },
    },
  )
  expect(await standingOf('packer')).toMatchObject({ reached: false, reasons: '有 1 起“三违”没有办结' })
  expect(await site()).toMatchObject({ postsReached: 1, postsPassed: false })
  await rule('postShare', 50)
  await evidence('PROCEDURE', 'packer')
  expect(await site()).toMatchObject({ postsReached: 1, postsPassed: true })
  await rule('postShare', 100, 1)
  await act('workshop.tea', 'mutation ($id: ID!, $v: Int!) { violationFollowUp(id: $id, version: $v, followUp: "已教育") { id } }', {
    id: violation.id,
    v: violation.version,
  })
  expect(await site()).toMatchObject({ postsReached: 2 })
})

test('what runs out by itself is noticed the next morning', async () => {
  expect(await standingOf('fryer')).toMatchObject({ reached: true })
  const now = new Date('2027-03-01T00:00:00.000Z')
  await restandDaily(() => ({ em: town.store.em({ division: '' }), actor: undefined, now, request: 'daily' }))
  expect((await standingOf('fryer'))['reasons']).toContain('没有岗位培训记录（上次 2026-02-01，已超过 365 天）')
})

test('a condition is switched by the town office, with a reason', async () => {
  const SET =
    'mutation ($f: PostFact!, $v: Int!, $a: Boolean!) { postRequirementSet(fact: $f, version: $v, active: $a, reason: "先抓五项") { id version active } }'
  expect(await fault('industry', SET, { f: 'SIGNS', v: 0, a: false })).toMatchObject({ code: 'FORBIDDEN' })
  expect(await act('town', SET, { f: 'SIGNS', v: 0, a: false })).toMatchObject({ active: false, version: 1 })
  expect(await fault('town', SET, { f: 'SIGNS', v: 0, a: true })).toMatchObject({ code: 'CONFLICT' })
  expect(await rows('ent.tea', 'postRequirements', '{ active: { eq: true } }', 'fact')).toHaveLength(5)
})

test('the head of one workshop leaves the posts of another as they stand, and is not stopped by them', async () => {
  const post = await act('ent.tea', 'mutation ($u: ID!) { postAdd(unit: $u, facts: { name: "烘干岗", headcount: 2 }) { id } }', { u: town.units['tea2'] })
  await act('ent.tea', EVIDENCE, { e: town.enterprises['tea'], p: post.id, k: 'CARD', on: '2026-02-01' })
  const of = async () => (await rows('ent.tea', 'postStandings', `{ post: { id: { eq: "${post.id}" } } }`, 'held needed'))[0]
  const before = await of()
  await act('town', 'mutation { postRequirementSet(fact: PROCEDURE, version: 1, active: true, reason: "加一项") { id } }', {})
  await counted(count('workshop.tea', [['FLOOR_LINES', 3, 3]], { u: town.units['tea'] }))
  expect(await of()).toEqual(before)
  await counted(count('ent.tea', [['NAMEPLATES', 4, 4]], { u: town.units['tea2'], on: '2026-03-02' }))
  expect(await of()).toMatchObject({ needed: 6 })
})

test('figures by village, station, trade and town: nobody assessed is null, never 100 percent', async () => {
  const figures = (who: string, key: string) =>
    town.get<{ siteStandings: { groups: { nodes: { key: object; figures: object }[] } } }>(
      who,
      `{ siteStandings { groups { nodes { key { ${key} } figures { fiveSRate fiveSAverage sixHavesReachedRate sixHavesAverage postRate reachedRate } } } } }`,
    )
  const { siteStandings } = await figures('town', 'village { name } tradeStation { name } town { name } enterprise { trade }')
  expect(siteStandings.groups.nodes).toHaveLength(1)
  expect(siteStandings.groups.nodes[0]!.figures).toMatchObject({ fiveSRate: 100, fiveSAverage: 100, sixHavesReachedRate: expect.any(Number) as number })
  await act('market', COUNT, { e: town.enterprises['inn'], on: '2026-03-01', c: [{ item: 'NAMEPLATES', required: 0, intact: 0 }] })
  const market = await figures('market', 'station')
  expect(market.siteStandings.groups.nodes).toEqual([
    {
      key: { station: 'MARKET_STATION' },
      figures: { fiveSRate: null, fiveSAverage: null, sixHavesReachedRate: null, sixHavesAverage: null, postRate: null, reachedRate: null },
    },
  ])
})

test('the to-do list counts what waits for whom', async () => {
  const todo = async (who: string) =>
    new Map((await town.get<{ duties: { key: string; count: number }[] }>(who, '{ duties { key count } }')).duties.map(({ key, count }) => [key, count]))
  expect((await todo('market')).get('site.duty.stationAudits')).toBe(1)
  expect((await todo('industry')).get('site.duty.stationAudits')).toBe(0)
  expect((await todo('ent.tea')).get('site.duty.ownAudit')).toBe(1)
  expect([...(await todo('village')).keys()].filter((key) => key.startsWith('site.'))).toEqual([])
  expect((await todo('ent.tea')).get('site.duty.signs')).toBe(0)
  await register('ent.tea', { setOn: '2025-08-20' })
  expect((await todo('ent.tea')).get('site.duty.signs')).toBe(1)
})

test('a post that is given up and an enterprise that closes leave the figures the next morning', async () => {
  const daily = () => restandDaily(() => ({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'daily' }))
  const [post] = await rows('ent.tea', 'posts', `{ id: { eq: "${town.posts['packer']}" } }`, 'name')
  await act('ent.tea', 'mutation ($id: ID!, $v: Int!) { postEnd(id: $id, version: $v) { id } }', { id: post!.id, v: post!.version })
  const [hazard] = await rows('town', 'hazards', `{ id: { eq: "${town.hazards['inn']}" } }`, 'number')
  await act('town', 'mutation ($id: ID!, $v: Int!) { hazardVoid(id: $id, version: $v, reason: "重复登记") { id } }', { id: hazard!.id, v: hazard!.version })
  const [inn] = await rows('town', 'enterprises', `{ id: { eq: "${town.enterprises['inn']}" } }`, 'name')
  await act('town', 'mutation ($id: ID!, $v: Int!) { enterpriseCloseDown(id: $id, version: $v, closedOn: "2026-03-02", reason: "停业") { id } }', {
    id: inn!.id,
    v: inn!.version,
  })
  await daily()
  expect(await rows('ent.tea', 'postStandings', `{ post: { id: { eq: "${town.posts['packer']}" } } }`, 'reached')).toEqual([])
  expect(await site()).toMatchObject({ posts: 2 })
  expect(await rows('town', 'siteStandings', `{ enterprise: { id: { eq: "${town.enterprises['inn']}" } } }`, 'reached')).toEqual([])
})
