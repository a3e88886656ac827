import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { aPhoto } from '../testing/aPhoto.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})
beforeEach(() => void (town.clock.now = new Date('2026-03-02T02:00:00.000Z')))

const photo = async (who: string) => aPhoto(town, who)
const FACTS = { name: '现场5S', edition: '第1版', itemMost: 4, photoBelow: 3, gradeA: 90, gradeB: 80, pass: 60 }
const FIVE = ['整理', '整顿', '清扫', '清洁', '素养'].map((name) => ({ name, points: 20, items: [`${name}一`, `${name}二`] }))
const one = async (query: string, who: string, variables: object) => Object.values(await town.get<Record<string, Row>>(who, query, variables as never))[0]!
interface Row {
  id: string
  version: number
  [more: string]: unknown
}

const draft = (who: string, facts: object = FACTS, dimensions: object[] = FIVE) =>
  town.ask(who, 'mutation ($f: FiveSStandardInput!, $d: [FiveSDimensionInput!]!) { fiveSStandardDraft(facts: $f, dimensions: $d) { id version } }', {
    f: facts,
    d: dimensions,
  })
const publish = ({ id, version }: Row, who = 'town') =>
  town.ask(who, 'mutation ($id: ID!, $v: Int!) { fiveSStandardPublish(id: $id, version: $v) { id version stage } }', { id, v: version })
async function standard(dimensions: object[] = FIVE): Promise<{ id: string; items: { id: string; text: string }[] }> {
  const made = (await draft('town', FACTS, dimensions)).data!['fiveSStandardDraft'] as Row
  await publish(made)
  const { fiveSStandards } = await town.get<{ fiveSStandards: { nodes: { dimensions: { nodes: { items: { nodes: { id: string; text: string }[] } }[] } }[] } }>(
    'town',
    `query ($id: ID!) { fiveSStandards(where: { id: { eq: $id } }, first: 1) { nodes { dimensions(first: 8, orderBy: [{ field: rank }]) { nodes { items(first: 20, orderBy: [{ field: rank }]) { nodes { id text } } } } } } }`,
    { id: made.id },
  )
  return { id: made.id, items: fiveSStandards.nodes[0]!.dimensions.nodes.flatMap(({ items }) => items.nodes) }
}

const SUBMIT = `mutation ($e: ID!, $u: ID, $on: Day!, $s: [FiveSScoreInput!]!, $d: ID, $st: ID) {
  fiveSAuditSubmit(enterprise: $e, unit: $u, auditedOn: $on, scores: $s, draft: $d, standard: $st) { id version number kind period score grade passed badItems workshop }
}`
type Score = { item: string; score?: number | null; note?: string; photos?: string[] }
const audit = (who: string, scores: Score[], more: object = {}) => town.ask(who, SUBMIT, { e: town.enterprises['tea'], on: '2026-03-01', s: scores, ...more })
const scored = (items: { id: string }[], score: number | null = 4): Score[] => items.map(({ id }) => ({ item: id, score }))
const fault = ({ errors }: Awaited<ReturnType<typeof audit>>) => errors?.[0]?.extensions

describe('the standard is data', () => {
  test('only the town office and the admin write it; points, names and items are checked', async () => {
    for (const who of ['industry', 'village', 'ent.tea', 'county']) expect(fault(await draft(who))?.code).toBe('FORBIDDEN')
    expect(fault(await draft('town', FACTS, []))).toMatchObject({ code: 'FIVE_S_DIMENSIONS', field: 'dimensions' })
    expect(fault(await draft('town', FACTS, [FIVE[0]!, FIVE[0]!]))?.code).toBe('FIVE_S_DIMENSIONS')
    expect(fault(await draft('town', { ...FACTS, gradeB: 95 }))?.code).toBe('FIVE_S_BOUNDS')
    expect((await draft('admin')).errors).toBeUndefined()
  })

  test('published it is frozen, and the one before is superseded', async () => {
    const first = (await draft('town')).data!['fiveSStandardDraft'] as Row
    const published = (await publish(first)).data!['fiveSStandardPublish'] as Row
    expect(published['stage']).toBe('PUBLISHED')
    expect(fault(await publish(published))?.code).toBe('FROZEN')
    await standard()
    const { fiveSStandards } = await town.get<{ fiveSStandards: { totalCount: number } }>(
      'ent.tea',
      '{ fiveSStandards(where: { stage: { eq: PUBLISHED } }) { totalCount } }',
    )
    expect(fiveSStandards.totalCount).toBe(1)
  })

  test('a sixth dimension is nothing but data', async () => {
    const { items } = await standard([...FIVE, { name: '安全', points: 20, items: ['应急通道畅通'] }])
    expect((await audit('industry', scored(items))).data!['fiveSAuditSubmit']).toMatchObject({ score: 100, grade: 'A' })
  })
})

describe('an audit', () => {
  test('the station audits for the quarter, the enterprise for the month, and its workshop head his workshop only', async () => {
    const { items } = await standard()
    expect((await audit('industry', scored(items))).data!['fiveSAuditSubmit']).toMatchObject({
      kind: 'STATION',
      period: '2026-Q1',
      score: 100,
      grade: 'A',
      passed: true,
    })
    expect((await audit('ent.tea', scored(items))).data!['fiveSAuditSubmit']).toMatchObject({ kind: 'ENTERPRISE', period: '2026-03' })
    expect((await audit('workshop.tea', scored(items), { u: town.units['tea'] })).data!['fiveSAuditSubmit']).toMatchObject({ workshop: '一车间' })
    expect(fault(await audit('workshop.tea', scored(items), { u: town.units['tea2'] }))?.code).toBe('NOT_FOUND')
    expect(fault(await audit('workshop.tea', scored(items)))?.code).toBe('FORBIDDEN')
    for (const who of ['village', 'county']) expect(fault(await audit(who, scored(items)))?.code).toBe('FORBIDDEN')
    expect(fault(await audit('market', scored(items)))?.code).toBe('NOT_FOUND')
  })

  test('an item below 3 without a photo is refused, naming it; with one it is taken', async () => {
    const { items } = await standard()
    const scores = scored(items)
    scores[3] = { item: items[3]!.id, score: 2, note: '标线磨损' }
    const refused = await audit('industry', scores)
    expect(fault(refused)).toMatchObject({ code: 'ITEM_PHOTO', field: `item:${items[3]!.id}`, item: '整顿二' })
    expect(refused.errors![0]!.message).toContain('整顿二')
    scores[3].photos = [await photo('industry')]
    expect((await audit('industry', scores)).data!['fiveSAuditSubmit']).toMatchObject({ score: 95, grade: 'A', badItems: 1 })
    scores[3] = { item: items[3]!.id, score: 3 }
    expect((await audit('industry', scores)).data!['fiveSAuditSubmit']).toMatchObject({ score: 97.5, badItems: 0 })
  })

  test('every item is scored once, within its bounds, by the standard in use; none may be left out', async () => {
    const old = await standard()
    const { id, items } = await standard()
    expect(fault(await audit('industry', scored(items).slice(1)))).toMatchObject({ code: 'ITEM_MISSING', item: '整理一' })
    expect(fault(await audit('industry', [...scored(items), { item: items[0]!.id, score: 4 }]))?.code).toBe('ITEM_TWICE')
    expect(fault(await audit('industry', scored(items, 5)))?.code).toBe('ITEM_SCORE')
    expect(fault(await audit('industry', scored(items, null)))?.code).toBe('NOTHING_APPLIES')
    expect(fault(await audit('industry', scored(old.items)))?.code).toBe('NOT_FOUND')
    expect(fault(await audit('industry', scored(items), { st: old.id }))?.code).toBe('STANDARD_CHANGED')
    expect((await audit('industry', scored(items), { st: id })).errors).toBeUndefined()
    expect(fault(await audit('industry', scored(items), { on: '2026-03-03' }))?.code).toBe('DAY_FUTURE')
  })

  test('a new standard does not touch an audit made before', async () => {
    const { id, items } = await standard()
    const made = (await audit('industry', scored(items))).data!['fiveSAuditSubmit'] as Row
    await standard([{ name: '整理', points: 100, items: ['只有一项'] }])
    const { fiveSAudits } = await town.get<{ fiveSAudits: { nodes: object[] } }>(
      'industry',
      'query ($id: ID!) { fiveSAudits(where: { id: { eq: $id } }, first: 1) { nodes { score standard { id stage } dimensions(first: 8) { nodes { score } } scores { totalCount } } } }',
      { id: made.id },
    )
    expect(fiveSAudits.nodes[0]).toEqual({
      score: 100,
      standard: { id, stage: 'SUPERSEDED' },
      dimensions: { nodes: Array.from({ length: 5 }, () => ({ score: 20 })) },
      scores: { totalCount: 10 },
    })
  })

  test('the same draft sent twice is one audit', async () => {
    const { items } = await standard()
    const twice = [await audit('ent.tea', scored(items), { d: 'draft-1' }), await audit('ent.tea', scored(items), { d: 'draft-1' })]
    expect(new Set(twice.map(({ data }) => (data!['fiveSAuditSubmit'] as Row).id)).size).toBe(1)
  })

  test('only the side that audited takes it back, with a reason, in the version it saw', async () => {
    const { items } = await standard()
    const made = (await audit('industry', scored(items))).data!['fiveSAuditSubmit'] as Row
    const take = (who: string, reason: string, version = made.version) =>
      town.code(who, 'mutation ($id: ID!, $v: Int!, $r: String!) { fiveSAuditVoid(id: $id, version: $v, reason: $r) { id } }', {
        id: made.id,
        v: version,
        r: reason,
      })
    expect(await take('ent.tea', '不同意')).toBe('FORBIDDEN')
    expect(await take('industry', ' ')).toBe('MISSING')
    expect(await take('industry', '错', made.version + 1)).toBe('CONFLICT')
    expect(await take('industry', '打错企业')).toBeUndefined()
    const { fiveSDimensionScores } = await town.get<{ fiveSDimensionScores: { aggregate: object } }>(
      'industry',
      'query ($a: ID!) { fiveSDimensionScores(where: { audit: { id: { eq: $a } } }) { aggregate { figures { averageScore } } } }',
      { a: made.id },
    )
    expect(fiveSDimensionScores.aggregate).toEqual({ figures: { averageScore: null } })
  })
})

test('a bad item becomes a hazard with one tap: text, place and photo go along, and each knows the other', async () => {
  const { items } = await standard()
  const scores = scored(items)
  scores[4] = { item: items[4]!.id, score: 1, note: '油污未清', photos: [await photo('industry')] }
  const made = (await audit('industry', scores, { u: town.units['tea'] })).data!['fiveSAuditSubmit'] as Row
  const { fiveSScores } = await town.get<{ fiveSScores: { nodes: Row[] } }>(
    'industry',
    'query ($a: ID!) { fiveSScores(where: { audit: { id: { eq: $a } }, bad: { eq: true } }, first: 5) { nodes { id version files { url } } } }',
    { a: made.id },
  )
  const [bad] = fiveSScores.nodes
  expect(bad!['files']).toHaveLength(1)
  const TO = `mutation ($id: ID!, $v: Int!) { fiveSScoreToHazard(id: $id, version: $v) { id description place workshop source stage photosBefore photos { purpose url } fiveSScores(first: 3) { nodes { id audit { id } } } } }`
  const hazard = await one(TO, 'industry', { id: bad!.id, v: bad!.version })
  expect(hazard).toMatchObject({
    description: '油污未清（5S检查项：清扫一）',
    place: '一车间',
    workshop: '一车间',
    source: 'STATION_GUIDANCE',
    stage: 'REGISTERED',
    photosBefore: 1,
  })
  expect(hazard['photos']).toMatchObject([{ purpose: 'BEFORE' }])
  expect(hazard['fiveSScores']).toEqual({ nodes: [{ id: bad!.id, audit: { id: made.id } }] })
  expect(await town.code('industry', TO, { id: bad!.id, v: bad!.version + 1 })).toBe('ALREADY')
  const photos = await town.app.fastify.inject({
    url: (hazard['photos'] as { url: string }[])[0]!.url,
    headers: { authorization: `Bearer ${await town.as('ent.tea')}` },
  })
  expect(photos.statusCode).toBe(200)
  const seen = await town.get<{ fiveSScores: { nodes: { hazard: { id: string } }[] } }>(
    'ent.tea',
    'query ($id: ID!) { fiveSScores(where: { id: { eq: $id } }) { nodes { hazard { id } } } }',
    { id: bad!.id },
  )
  expect(seen.fiveSScores.nodes[0]!.hazard.id).toBe(hazard.id)
})

describe('三违', () => {
  const RECORD = `mutation ($e: ID!, $u: ID, $p: ID, $f: ViolationInput!, $ph: [ID!]) { violationRecord(enterprise: $e, unit: $u, post: $p, facts: $f, photos: $ph) { id version number workshop followUpBy foundByUnit } }`
  const VIOLATION = { kind: 'ILLEGAL_OPERATION', spot: '2号冲床', violator: 'WORKER', what: '未停机清理模具', foundOn: '2026-03-01', handling: 'STOPPED' }
  const record = (who: string, facts: object = {}, more: object = {}) =>
    town.ask(who, RECORD, { e: town.enterprises['tea'], p: town.posts['fryer'], f: { ...VIOLATION, ...facts }, ...more })

  test('offices, the village, the enterprise and the workshop record one, each where it may; nobody is named', async () => {
    for (const who of ['town', 'industry', 'village', 'ent.tea', 'workshop.tea']) {
      expect((await record(who)).data?.['violationRecord'], who).toMatchObject({ workshop: '一车间', followUpBy: '2026-03-08' })
    }
    expect((await record('county')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await record('market')).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
    expect((await record('industry', { what: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'what' })
    const { __type } = await town.get<{ __type: { inputFields: { name: string }[] } }>('town', '{ __type(name: "ViolationInput") { inputFields { name } } }')
    expect(__type.inputFields.map(({ name }) => name).sort()).toEqual(['foundOn', 'handling', 'kind', 'spot', 'violator', 'what'])
  })

  test('statistics by kind, workshop and month count what stands, not what was taken back', async () => {
    const wrong = (await record('industry', { kind: 'ILLEGAL_COMMAND' })).data!['violationRecord'] as Row
    await record('industry', { kind: 'ILLEGAL_COMMAND', foundOn: '2026-02-10' })
    const GROUPS = `{ violations(where: { kind: { eq: ILLEGAL_COMMAND } }) { groups { nodes { key { kind workshop foundOn(by: MONTH) } figures { found open followedUpRate } } } } }`
    const take = 'mutation ($id: ID!, $v: Int!) { violationVoid(id: $id, version: $v, reason: "重复") { id } }'
    expect(await town.code('market', take, { id: wrong.id, v: wrong.version })).toBe('NOT_FOUND')
    await town.get('industry', take, { id: wrong.id, v: wrong.version })
    const { violations } = await town.get<{ violations: { groups: { nodes: object[] } } }>('town', GROUPS)
    const key = (month: string) => ({ kind: 'ILLEGAL_COMMAND', workshop: '一车间', foundOn: month })
    expect(violations.groups.nodes).toEqual(
      expect.arrayContaining([
        { key: key('2026-02'), figures: { found: 1, open: 1, followedUpRate: 0 } },
        { key: key('2026-03'), figures: { found: 0, open: 0, followedUpRate: null } },
      ]),
    )
  })

  test('it is followed up once, and may become a hazard of the human factor', async () => {
    const made = (await record('village')).data!['violationRecord'] as Row
    const FOLLOW = 'mutation ($id: ID!, $v: Int!) { violationFollowUp(id: $id, version: $v, followUp: "已组织全班学习规程") { version followedUpOn } }'
    expect(await town.code('village', FOLLOW, { id: made.id, v: made.version })).toBe('FORBIDDEN')
    const done = await one(FOLLOW, 'workshop.tea', { id: made.id, v: made.version })
    expect(done['followedUpOn']).toBe('2026-03-02')
    expect(await town.code('ent.tea', FOLLOW, { id: made.id, v: done.version })).toBe('ALREADY')
    const hazard = await one(
      'mutation ($id: ID!, $v: Int!) { violationToHazard(id: $id, version: $v) { id description place post factor source violations { nodes { id } } } }',
      'village',
      {
        id: made.id,
        v: done.version,
      },
    )
    expect(hazard).toMatchObject({
      description: '违章作业：未停机清理模具',
      place: '一车间 2号冲床',
      factor: 'PERSON',
      source: 'GRID_PATROL',
      violations: { nodes: [{ id: made.id }] },
    })
  })
})
