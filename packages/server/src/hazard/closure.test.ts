import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { Attachment } from '../attachment/attachment.entity.js'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'
import { Criterion } from '../standard/criterion.entity.js'
import { act } from '../shared/act.js'

let town: Town
let criterion: string
beforeAll(async () => {
  town = await openTown()
  await act({ em: town.store.em(undefined), actor: undefined, now: town.clock.now, request: 'criteria' }, 'settle', ({ em }) => {
    const row = Object.assign(new Criterion(), {
      code: 'GM10-11',
      standard: '工贸企业重大事故隐患判定标准',
      clause: '第十一条',
      summary: '粉尘涉爆',
      active: true,
      createdAt: '2026-01-05T01:00:00.000Z',
    })
    em.persist(row)
    criterion = row.id
    return Promise.resolve()
  })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Row {
  id: string
  version: number
  stage: string
  [more: string]: unknown
}
const FIELDS =
  'id version stage number dueOn originalDueOn returns extensions acts photosBefore photosAfter noticeNumber closedAt recurring enterprise { name }'
const facts = (more: object = {}) => ({
  description: '滚筒杀青机传动链条裸露',
  place: '杀青车间',
  factor: 'OBJECT',
  severity: 'GENERAL',
  source: 'STATION_GUIDANCE',
  manageType: 'DEADLINE',
  foundOn: '2026-03-02',
  ...more,
})
const report = async (who: string, more: object = {}, args: object = {}): Promise<Row> =>
  (
    await town.get<{ hazardReport: Row }>(
      who,
      `mutation ($e: ID!, $f: HazardInput!, $c: ID, $p: [ID!]) { hazardReport(enterprise: $e, facts: $f, criterion: $c, photos: $p) { ${FIELDS} } }`,
      { e: town.enterprises['tea'], f: facts(more), ...args },
    )
  ).hazardReport
const go = async (who: string, name: string, hazard: Pick<Row, 'id' | 'version'>, args = '', variables: object = {}, types = ''): Promise<Row> =>
  (
    await town.get<Record<string, Row>>(who, `mutation ($id: ID!, $v: Int!${types}) { ${name}(id: $id, version: $v${args}) { ${FIELDS} } }`, {
      id: hazard.id,
      v: hazard.version,
      ...variables,
    })
  )[name]!
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => error.message.split(':')[0],
  )

async function photo(who: string): Promise<string> {
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: Math.floor(Math.random() * 255), g: 90, b: 20 } } })
    .jpeg()
    .toBuffer()
  const boundary = 'photo-boundary'
  const payload = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`),
    jpeg,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const answer = await town.app.fastify.inject({
    method: 'POST',
    url: '/files',
    headers: { authorization: `Bearer ${await town.as(who)}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  return answer.json<{ files: { id: string }[] }>().files[0]!.id
}
const notify = (who: string, hazard: Row, dueOn = '2026-03-09') => go(who, 'hazardNotify', hazard, ', dueOn: $d', { d: dueOn }, ', $d: Day!')
const submit = async (who: string, hazard: Row) =>
  go(who, 'hazardSubmit', hazard, ', result: "已加装防护罩", photos: $p', { p: [await photo(who)] }, ', $p: [ID!]!')

test('a hazard goes from the station that found it to the enterprise and back, every step with its numbers', async () => {
  const found = await report('industry', {}, { p: [await photo('industry')] })
  expect(found).toMatchObject({ stage: 'REGISTERED', number: 'YH-202603-106201-0001', photosBefore: 1, enterprise: { name: '金谷样本茶厂' } })
  const notified = await notify('industry', found)
  expect(notified).toMatchObject({ stage: 'NOTIFIED', dueOn: '2026-03-09', originalDueOn: '2026-03-09', noticeNumber: 'ZG-202603-0001' })
  const accepted = await go('ent.tea', 'hazardAccept', notified)
  const submitted = await submit('ent.tea', accepted)
  expect(submitted).toMatchObject({ stage: 'PENDING_REVIEW', photosAfter: 1 })
  const closed = await go('industry', 'hazardClose', submitted)
  expect(closed).toMatchObject({ stage: 'CLOSED', acts: [] })
})

test('of two people who act on the same version at once one gets a clear refusal', async () => {
  const found = await report('industry')
  const both = await Promise.allSettled([notify('industry', found), notify('town', found)])
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = both.find((one) => one.status === 'rejected') as PromiseRejectedResult
  expect((lost.reason as Error).message).toMatch(/^CONFLICT: 这条记录刚刚被别人改过/)
})

test('a hazard of another town does not exist for anybody here, in any act', async () => {
  const far = { id: town.hazards['far']!, version: 1 }
  for (const name of ['hazardAccept', 'hazardClose', 'hazardList', 'hazardRegister', 'hazardApprovePlan'])
    expect(await codeOf(go('town', name, far))).toBe('NOT_FOUND')
  expect(await codeOf(report('town', {}, { e: town.enterprises['far'] }))).toBe('NOT_FOUND')
})

test('a photo somebody else sent cannot be attached', async () => {
  const theirs = await photo('town')
  expect(await codeOf(report('industry', {}, { p: [theirs] }))).toBe('NOT_FOUND')
  expect(await town.store.em({ division: '' }).count(Attachment, { id: theirs, hazard: null })).toBe(1)
})

test('a major hazard is told the same day and closes with clause, five fixings and two reviewers', async () => {
  const major = { severity: 'MAJOR', interimMeasure: '停止使用', place: '打磨车间' }
  expect(await codeOf(report('industry', major))).toBe('CRITERION_MISSING')
  const found = await report('industry', major, { c: criterion })
  const reminders = await town.get<{ reminders: { nodes: { kind: string }[] } }>('ent.tea', '{ reminders { nodes { id kind } } }')
  expect(reminders.reminders.nodes.map((one) => one.kind)).toContain('MAJOR_FOUND')
  const notified = await notify('industry', found, '2026-04-30')
  expect(await codeOf(go('ent.tea', 'hazardAccept', notified))).toBe('FIXINGS_NOT_APPROVED')
  const fixings = {
    responsiblePerson: '甲',
    responsibleDept: '生产部',
    measures: '加装除尘',
    fundFen: 300_000,
    milestones: '四月底',
    emergencyPlan: '断电撤人',
  }
  const planned = await go('ent.tea', 'hazardPlan', notified, ', fixings: $x', { x: fixings }, ', $x: FiveFixingsInput!')
  const approved = await go('industry', 'hazardApprovePlan', planned)
  const submitted = await submit('ent.tea', await go('ent.tea', 'hazardAccept', approved))
  const once = await go('industry', 'hazardClose', submitted)
  expect(once.stage).toBe('PENDING_REVIEW')
  expect(await codeOf(go('industry', 'hazardClose', once))).toBe('SAME_REVIEWER')
  expect((await go('town', 'hazardClose', once)).stage).toBe('CLOSED')
})

test('a village only proposes a major hazard; a post worker only reports', async () => {
  const proposed = await report('village', { severity: 'MAJOR', interimMeasure: '警戒', source: 'GRID_PATROL', place: '一层仓库' }, { c: criterion })
  expect(proposed.stage).toBe('DRAFT')
  expect(await codeOf(go('village', 'hazardRegister', proposed))).toBe('FORBIDDEN')
  expect((await go('town', 'hazardRegister', proposed)).stage).toBe('REGISTERED')
  expect((await report('workshop.tea', { source: 'SELF_CHECK', place: '包揉间' })).stage).toBe('DRAFT')
  expect(await codeOf(report('county', { source: 'REPORT' }))).toBe('SOURCE')
  expect(await codeOf(report('industry', { source: 'ENFORCEMENT' }))).toBe('FORBIDDEN')
})

test('the third hazard at the same place within a year is marked as recurring, and similar ones are shown before', async () => {
  const where = { place: '烘干间', description: '烘干机温控失灵，超温不报警' }
  expect((await report('industry', where)).recurring).toBe(false)
  await report('industry', where)
  expect((await report('industry', where)).recurring).toBe(true)
  const { similarHazards } = await town.get<{ similarHazards: unknown[] }>(
    'industry',
    '{ similarHazards(enterprise: "' + town.enterprises['tea'] + '", description: "烘干机温控失灵不报警", place: "烘干间") { id } }',
  )
  expect(similarHazards).toHaveLength(3)
})

test('an extension is asked by the enterprise and granted by the station; both deadlines are kept', async () => {
  const notified = await notify('industry', await report('industry', { place: '冷库' }))
  const { extensionAsk } = await town.get<{ extensionAsk: { id: string; version: number } }>(
    'ent.tea',
    'mutation ($h: ID!, $v: Int!) { extensionAsk(hazard: $h, version: $v, toDueOn: "2026-03-20", reason: "配件未到") { id version } }',
    { h: notified.id, v: notified.version },
  )
  const decide = (who: string) =>
    town.get<{ extensionDecide: Row }>(who, `mutation ($i: ID!, $v: Int!) { extensionDecide(id: $i, version: $v, approve: true) { ${FIELDS} } }`, {
      i: extensionAsk.id,
      v: extensionAsk.version,
    })
  expect(await codeOf(decide('village'))).toBe('FORBIDDEN')
  expect((await decide('industry')).extensionDecide).toMatchObject({ dueOn: '2026-03-20', originalDueOn: '2026-03-09', extensions: 1 })
})

test('a bulk act does what it may and names every row it may not, with the reason', async () => {
  const fresh = await report('industry', { place: '灌装间' })
  const done = await notify('industry', await report('industry', { place: '灌装间' }))
  const { hazardsNotify } = await town.get<{ hazardsNotify: { done: number; refused: { id: string; number: string | null; code: string }[] } }>(
    'industry',
    'mutation ($s: HazardSelection!) { hazardsNotify(selection: $s) { done refused { id number code message } } }',
    { s: { ids: [fresh.id, done.id, town.hazards['far']] } },
  )
  expect(hazardsNotify.done).toBe(1)
  expect(hazardsNotify.refused).toMatchObject([
    { id: done.id, number: done['number'], code: 'WRONG_STAGE' },
    { id: town.hazards['far'], number: null, code: 'NOT_FOUND' },
  ])
})

test('the log replayed gives the current rows, and nothing personal stands in it', async () => {
  const rows = await town.store.reader.all(`select record, diff from change where thing = 'Hazard' order by seq`)
  const replayed = new Map<string, Record<string, unknown>>()
  for (const { record, diff } of rows) {
    const at = replayed.get(record as string) ?? {}
    for (const [field, [, is]] of Object.entries(JSON.parse(diff as string) as Record<string, [unknown, unknown]>)) at[field] = is
    replayed.set(record as string, at)
  }
  const current = await town.store.reader.all(
    'select id, stage, due_on, original_due_on, returns, extensions, photos_after, rectifier, closed_at, number, description, rectifier_name from hazard',
  )
  expect(current.length).toBeGreaterThan(8)
  for (const row of current) {
    const at = replayed.get(row['id'] as string)!
    expect([
      at['stage'],
      at['dueOn'] ?? null,
      at['originalDueOn'] ?? null,
      at['returns'],
      at['photosAfter'],
      at['rectifier'] ?? null,
      at['closedAt'] ?? null,
      at['number'],
      at['description'],
    ]).toEqual([
      row['stage'],
      row['due_on'],
      row['original_due_on'],
      row['returns'],
      row['photos_after'],
      row['rectifier'],
      row['closed_at'],
      row['number'],
      row['description'],
    ])
    if (row['rectifier_name']) expect(at['rectifierName']).toBe('•')
  }
})

test('the demo texts fit the columns of the ledger', () => {
  const { hazards } = JSON.parse(readFileSync(new URL('../../content/demo-hazards.json', import.meta.url), 'utf8')) as {
    hazards: { location: string; accidentType: string }[]
  }
  expect(hazards).toHaveLength(74)
  for (const hazard of hazards) expect(hazard.location.length).toBeLessThanOrEqual(120)
})
