import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Division } from '../division/division.entity.js'
import { act } from '../shared/act.js'
import { addDays, dayOf } from '../shared/days.js'
import { asSystem } from '../testing/checklists.js'
import { jpeg } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { solve, Stranger } from '../testing/strangers.js'
import { openTown, type Town } from '../testing/town.js'
import { forgetContacts } from './forgetContacts.js'
import { isSolved } from './ticket.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})
let last = 10
let stranger: Stranger
// Each test comes from another address, so that none stands in another's way.
beforeEach(() => void (stranger = new Stranger(town, `203.0.113.${(last += 1)}`)))

const SHOWN =
  'id version number stage division station contactKept photos receivedOn triageDueOn late answer acts place content files { id url name } hazard { id } merged enterprise { name }'
interface Row {
  id: string
  version: number
  number: string
  stage: string
  acts: string[]
  contactKept: boolean
  files: { id: string; url: string; name: string }[]
  hazard: { id: string } | null
  late: boolean
}
const list = async (who: string, where = '') =>
  (await town.get<{ publicReports: { nodes: Row[] } }>(who, `{ publicReports${where} { nodes { ${SHOWN} } } }`)).publicReports.nodes
const newest = async (who = 'town') => (await list(who, '(orderBy: [{ field: number, dir: DESC }], first: 1)'))[0]!
const change = (who: string, name: string, { id, version }: Row, args = '', variables: object = {}, types = '') =>
  town.ask(who, `mutation ($id: ID!, $version: Int!${types}) { ${name}(id: $id, version: $version${args}) { ${SHOWN} } }`, { id, version, ...variables })
const refuse = (who: string, row: Row, answer = '经现场核实，该处不属于安全隐患') =>
  change(who, 'publicReportRefuse', row, ', answer: $answer', { answer }, ', $answer: String!')
const HAZARD = { description: '安全出口被堵', place: '后门', factor: 'ENVIRONMENT', severity: 'GENERAL' }
const accept = (who: string, row: Row, more: object = {}) =>
  change(
    who,
    'publicReportAccept',
    row,
    ', hazard: $hazard',
    { hazard: { enterprise: town.enterprises['tea'], ...HAZARD, ...more } },
    ', $hazard: PublicHazardInput!',
  )
const code = (answer: { errors?: { extensions: { code: string } }[] }) => answer.errors?.[0]?.extensions.code
const contact = (who: string, id: string, reason = '回访核实具体位置') =>
  town.ask(who, 'mutation ($id: ID!, $reason: String!) { publicReportContact(id: $id, reason: $reason) { name phone } }', { id, reason })
const everything = async () => JSON.stringify(await town.store.reader.all('select * from change'))
const stageOf = async (receipt: string) => (await stranger.status(receipt)).data?.publicStatus['stage']

describe('a report from outside', () => {
  test('is sent without an account, with photos that keep nothing but their pixels', async () => {
    const { status, receipt } = await stranger.send({ about: '无名小作坊' }, [{ name: 'IMG_20260302_老王.jpg', bytes: await jpeg() }])
    expect(status).toBe(200)
    expect(receipt).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    const row = await newest()
    expect(row).toMatchObject({ stage: 'RECEIVED', photos: 1, contactKept: false, late: false, place: '茶厂后门' })
    expect(row.number).toMatch(/^JB-202603-106201-\d{4}$/)
    expect(row.files.map(({ name }) => name)).toEqual(['现场照片1.jpg'])
    const [file] = row.files
    for (const [who, status] of [
      ['town', 200],
      ['village', 200],
      ['ent.tea', 404],
      ['industry', 404],
    ] as const)
      expect((await town.app.fastify.inject({ url: file!.url, headers: { authorization: `Bearer ${await town.as(who)}` } })).statusCode).toBe(status)
    expect((await town.app.fastify.inject({ url: file!.url })).statusCode).toBe(401)
  })

  test('sent twice, also at once, is one report with one receipt', async () => {
    const key = randomUUID()
    const before = (await list('town')).length
    const first = await stranger.send({ key })
    const again = await stranger.send({ key, content: '改过的内容' })
    expect(again.receipt).toBe(first.receipt)
    const other = randomUUID()
    const { ticket, bits, seconds } = await stranger.open()
    town.clock.now = new Date(town.clock.now.getTime() + seconds * 1000)
    const facts = { ticket, key: other, work: solve(ticket, other, bits), village: '350524106201', place: '路口', content: '井盖缺失，夜里看不见' }
    const both = await Promise.all([stranger.post(facts), stranger.post(facts), stranger.post(facts)])
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(both.map(({ receipt }) => receipt)).size).toBe(1)
    expect((await list('town')).length).toBe(before + 2)
  })

  test('by a poster names village and enterprise; a village that is no more is said so and must be chosen anew', async () => {
    expect(await stranger.open(`(enterprise: "${town.enterprises['tea']}")`)).toMatchObject({
      village: '350524106201',
      stale: false,
      enterpriseName: '金谷样本茶厂',
    })
    expect(await stranger.open('(village: "350524106202")')).toMatchObject({ village: '350524106202', stale: false, enterpriseName: null })
    await act(asSystem(town), 'testVillages', ({ em }) => {
      const gone = { code: '350524106299', name: '旧村', level: 'VILLAGE', validTo: '2025-12-31', createdAt: town.clock.now.toISOString() }
      return Promise.resolve(void em.persist(Object.assign(new Division(), gone)))
    })
    expect(await stranger.open('(village: "350524106299")')).toMatchObject({ village: null, stale: true })
    expect(await stranger.send({ village: '350524106299' })).toMatchObject({ status: 400, code: 'PLACE_CLOSED', field: 'village' })
    expect(await stranger.send({ village: '350524106298' })).toMatchObject({ code: 'PLACE_UNKNOWN', field: 'village' })
    await stranger.send({ enterprise: town.enterprises['tea']! })
    expect(await newest()).toMatchObject({ enterprise: { name: '金谷样本茶厂' } })
  })

  test('is kept as it was typed: markup is text', async () => {
    const content = '<img src=x onerror=alert(1)><script>alert(2)</script> & 配电箱没关'
    await stranger.send({ content, place: '"><b>门口' })
    expect(await newest()).toMatchObject({ content, place: '"><b>门口' })
  })
})

describe('what no person at a form sends is refused in clear words', () => {
  test('too fast, without the work, with a forged or an old ticket, by a program that fills in everything', async () => {
    const { ticket, bits, seconds } = await stranger.open()
    const key = randomUUID()
    const facts = { ticket, key, work: solve(ticket, key, bits), village: '350524106201', place: '路口', content: '看到的情况' }
    expect(await stranger.post(facts)).toMatchObject({ status: 400, code: 'TOO_FAST' })
    town.clock.now = new Date(town.clock.now.getTime() + seconds * 1000)
    // Neither fits by luck.
    const work = ['not', 'neither'].find((one) => !isSolved(ticket, key, one, bits))!
    const another = [randomUUID(), randomUUID()].find((one) => !isSolved(ticket, one, facts.work, bits))!
    expect(await stranger.post({ ...facts, work })).toMatchObject({ code: 'FORM_STALE' })
    expect(await stranger.post({ ...facts, key: another })).toMatchObject({ code: 'FORM_STALE' })
    expect(await stranger.post({ ...facts, ticket: `${ticket.slice(0, -1)}${ticket.endsWith('x') ? 'y' : 'x'}` })).toMatchObject({ code: 'FORM_STALE' })
    expect(await stranger.post({ ...facts, website: 'https://spam.example' })).toMatchObject({ code: 'FORM_BROKEN' })
    expect(await stranger.post({ ...facts, key: '1' })).toMatchObject({ code: 'FORM_BROKEN' })
    expect(await stranger.post('no json')).toMatchObject({ code: 'FORM_BROKEN' })
    expect(await stranger.post(facts, [], { origin: 'https://evil.example' })).toMatchObject({ status: 403, code: 'CSRF' })
    town.clock.now = new Date(town.clock.now.getTime() + 4 * 3_600_000)
    expect(await stranger.post(facts)).toMatchObject({ code: 'FORM_STALE' })
  })

  test('nothing filled in, too much filled in, a number that is none', async () => {
    expect(await stranger.send({ place: ' ' })).toMatchObject({ code: 'MISSING', field: 'place' })
    expect(await stranger.send({ content: '' })).toMatchObject({ code: 'MISSING', field: 'content' })
    expect(await stranger.send({ village: '' })).toMatchObject({ code: 'MISSING', field: 'village' })
    expect(await stranger.send({ content: '长'.repeat(1001) })).toMatchObject({ code: 'TOO_LONG', field: 'content' })
    expect(await stranger.send({ content: '长'.repeat(30_000) })).toMatchObject({ status: 400, code: 'FORM_BROKEN' })
    expect(await stranger.send({ phone: '110' })).toMatchObject({ code: 'PHONE', field: 'phone' })
  })

  test('files that are no photos, are too many or too large', async () => {
    expect(await stranger.send({}, [{ name: 'a.jpg', bytes: 'MZ no picture' }])).toMatchObject({ status: 400, code: 'FILE_TYPE' })
    expect(await stranger.send({}, [{ name: 'a.pdf', bytes: '%PDF-1.4 …' }])).toMatchObject({ status: 400 })
    expect(await stranger.send({}, [{ name: 'a.jpg', bytes: Buffer.alloc(9 * 1024 * 1024, 1) }])).toMatchObject({ code: 'FILE_TOO_LARGE' })
    const many = await Promise.all(Array.from({ length: 7 }, async (_, i) => ({ name: `${i}.jpg`, bytes: await jpeg('#111') })))
    expect(await stranger.send({}, many)).toMatchObject({ status: 413, code: 'TOO_MANY_FILES' })
  })

  test('a flood from one address, and one from many', async () => {
    const flooded = new Stranger(town, '198.51.100.1')
    const answers = []
    for (let i = 0; i < 11; i++) answers.push(await flooded.send())
    expect(answers.slice(0, 10).every(({ status }) => status === 200)).toBe(true)
    expect(answers[10]).toMatchObject({ status: 429, code: 'REPORTS_TOO_MANY' })
    expect(answers[10]!.message).toContain('分钟后再试')
    const setting = 'mutation { ruleOfSetChange(set: "public", key: "perTown", version: 0, value: 10, reason: "试") { value version } }'
    expect((await town.get<{ ruleOfSetChange: object }>('town', setting)).ruleOfSetChange).toEqual({ value: 10, version: 1 })
    expect(await stranger.send()).toMatchObject({ status: 429, code: 'REPORTS_BUSY' })
    town.clock.now = new Date(town.clock.now.getTime() + 61 * 60_000)
    expect((await flooded.send()).status).toBe(200)
    await town.get('town', setting.replace('version: 0, value: 10', 'version: 1, value: 5000'))
    expect(await town.code('village', setting)).toBe('FORBIDDEN')
  })

  test('asking for the state of reports by guessing', async () => {
    const { receipt } = await stranger.send()
    const guess = new Stranger(town, '198.51.100.9')
    const codes = new Set<string | undefined>()
    const guesses = Array.from({ length: 26 }, (_, i) => `${receipt!.slice(0, -2)}${String(i).padStart(2, '0')}`).filter((one) => one !== receipt)
    for (const one of guesses) codes.add((await guess.status(one)).errors?.[0]?.extensions.code)
    expect([...codes]).toEqual(['RECEIPT_UNKNOWN', 'RATE_LIMITED'])
    // The office's own number, which it says aloud, opens nothing.
    expect((await stranger.status((await newest()).number)).errors?.[0]?.extensions.code).toBe('RECEIPT_UNKNOWN')
    expect(await stageOf(receipt!.toLowerCase().replaceAll('-', ' '))).toBe('RECEIVED')
  })
})

describe('triage', () => {
  test('makes a hazard of it, and the report follows its hazard to the end', async () => {
    const { receipt } = await stranger.send({}, [{ name: 'a.jpg', bytes: await jpeg('#285') }])
    const row = await newest()
    expect(row.acts).toEqual(['TAKE', 'ASK', 'ACCEPT', 'LINK', 'REFUSE'])
    const taken = (await change('village', 'publicReportTake', row)).data!['publicReportTake'] as Row
    expect(await stageOf(receipt!)).toBe('IN_HAND')
    expect(code(await accept('village', row))).toBe('CONFLICT')
    const accepted = (await accept('town', taken, { photos: [row.files[0]!.id] })).data!['publicReportAccept'] as Row
    expect(accepted).toMatchObject({ stage: 'RECTIFYING', acts: [] })
    const id = accepted.hazard!.id
    const seen = await town.get<{ hazard: Record<string, unknown> }>(
      'ent.tea',
      'query ($id: ID!) { hazard(id: $id) { stage source description remark photosBefore photos { name uploadedBy url } } }',
      { id },
    )
    expect(seen.hazard).toMatchObject({ stage: 'REGISTERED', source: 'REPORT', description: '安全出口被堵', remark: null, photosBefore: 1 })
    expect(JSON.stringify(seen.hazard)).not.toMatch(/晚上还上锁|JB-|"public"/)
    expect(await stageOf(receipt!)).toBe('RECTIFYING')
    await closeHazard(id)
    const status = (await stranger.status(receipt!)).data!.publicStatus
    expect(status).toEqual({ stage: 'CLOSED', receivedOn: dayOf(town.clock.now), closedOn: dayOf(town.clock.now), answer: null })
  })

  test('a hazard that turns out void gives the report back', async () => {
    const { receipt } = await stranger.send()
    const { hazard } = (await accept('town', await newest())).data!['publicReportAccept'] as Row
    const { version } = (await town.get<{ hazard: { version: number } }>('town', 'query ($id: ID!) { hazard(id: $id) { version } }', { id: hazard!.id })).hazard
    await town.get('town', 'mutation ($id: ID!, $v: Int!) { hazardVoid(id: $id, version: $v, reason: "登记错误") { id } }', { id: hazard!.id, v: version })
    expect(await stageOf(receipt!)).toBe('IN_HAND')
    expect(await newest()).toMatchObject({ acts: ['ASK', 'ACCEPT', 'LINK', 'REFUSE'] })
  })

  test('is linked to the hazard it is the same as, and closes when the enterprise itself closes that one', async () => {
    const { receipt } = await stranger.send()
    const made = await town.get<{ hazardReport: { id: string } }>(
      'ent.tea',
      `mutation ($e: ID!) { hazardReport(enterprise: $e, facts: { description: "后门堵住", place: "后门", factor: ENVIRONMENT, severity: GENERAL, source: SELF_CHECK, manageType: DEADLINE, foundOn: "${dayOf(town.clock.now)}" }) { id } }`,
      { e: town.enterprises['tea'] },
    )
    const row = await newest()
    const linked = await change('town', 'publicReportLink', row, ', hazard: $hazard', { hazard: made.hazardReport.id }, ', $hazard: ID!')
    expect(linked.data!['publicReportLink']).toMatchObject({ stage: 'RECTIFYING', merged: true })
    await act(asSystem(town), 'testClose', async ({ em }) => {
      const { Hazard } = await import('../hazard/hazard.entity.js')
      Object.assign(await em.findOneOrFail(Hazard, { id: made.hazardReport.id }), { stage: 'CLOSED', closedAt: town.clock.now.toISOString() })
    })
    expect(await stageOf(receipt!)).toBe('CLOSED')
  })

  test('refuses with a reason that the informant reads; a village, being a neighbour, refuses nobody', async () => {
    const { receipt } = await stranger.send()
    const row = await newest()
    expect(code(await refuse('village', row))).toBe('FORBIDDEN')
    expect(code(await refuse('town', row, '不是'))).toBe('ANSWER_SHORT')
    expect((await refuse('town', row)).data!['publicReportRefuse']).toMatchObject({ stage: 'REFUSED', acts: [] })
    expect((await stranger.status(receipt!)).data!.publicStatus).toMatchObject({ stage: 'REFUSED', answer: '经现场核实，该处不属于安全隐患' })
    expect(code(await accept('town', await newest()))).toBe('WRONG_STAGE')
  })

  test('asks a station, which sees it from then on and decides it', async () => {
    await stranger.send()
    const row = await newest()
    expect((await list('industry')).some(({ id }) => id === row.id)).toBe(false)
    expect(code(await change('industry', 'publicReportTake', row))).toBe('NOT_FOUND')
    const args = [', station: $s, question: "是否属你站行业"', { s: 'INDUSTRY_STATION' }, ', $s: String!'] as const
    expect(code(await change('village', 'publicReportAsk', row, ...args))).toBe('FORBIDDEN')
    expect((await change('town', 'publicReportAsk', row, ...args)).data!['publicReportAsk']).toMatchObject({ stage: 'IN_HAND', station: 'INDUSTRY_STATION' })
    expect((await list('market')).some(({ id }) => id === row.id)).toBe(false)
    const now = await newest('industry')
    expect(now).toMatchObject({ id: row.id, acts: ['ACCEPT', 'LINK', 'REFUSE'] })
    expect((await accept('industry', now)).data!['publicReportAccept']).toMatchObject({ stage: 'RECTIFYING' })
  })

  test('waits on the first page until it is done, red when it is late', async () => {
    const duties = async (who: string) =>
      Object.fromEntries(
        (await town.get<{ duties: { key: string; count: number }[] }>(who, '{ duties { key count } }')).duties.map(({ key, count }) => [key, count]),
      )
    const before = (await duties('town'))['public.duty.toTriage']!
    await stranger.send()
    expect((await duties('town'))['public.duty.toTriage']).toBe(before + 1)
    expect(await duties('ent.tea')).not.toHaveProperty(['public.duty.toTriage'])
    const { id } = await newest()
    const now = town.clock.now
    town.clock.now = new Date(now.getTime() + 4 * 86_400_000)
    expect((await list('town')).find((one) => one.id === id)).toMatchObject({ late: true })
    expect((await duties('town'))['public.duty.late']).toBeGreaterThan(0)
    const figures = await town.get<{ publicReports: { aggregate: { figures: Record<string, number | null> } } }>(
      'county',
      '{ publicReports { aggregate { count figures { waiting late closed refused toHazard inTimeRate hazardRate } } } }',
    )
    expect(figures.publicReports.aggregate.figures).toMatchObject({ refused: 1, closed: 2 })
    town.clock.now = now
  })
})

describe('who told', () => {
  const WHO = { name: '陈阿婆', phone: '13812345678' }
  const SECRET = /陈阿婆|13812345678|1381234/

  test('is seen by the town office and the station that was asked, each look with its reason in the log', async () => {
    await stranger.send(WHO)
    const row = await newest()
    expect(row).toMatchObject({ contactKept: true })
    expect(code(await contact('town', row.id, ''))).toBe('MISSING')
    for (const who of ['admin', 'county', 'village', 'ent.tea', 'workshop.tea']) expect(code(await contact(who, row.id))).toBe('FORBIDDEN')
    for (const who of ['industry', 'market', 'town.far']) expect(code(await contact(who, row.id))).toBe('NOT_FOUND')
    expect((await contact('town', row.id)).data!['publicReportContact']).toEqual(WHO)
    await change('town', 'publicReportAsk', row, ', station: "INDUSTRY_STATION"')
    expect((await contact('industry', row.id)).data!['publicReportContact']).toEqual(WHO)
    expect(code(await contact('market', row.id))).toBe('NOT_FOUND')
    const looks = await town.store.reader.all("select actor, reason, diff from change where act = 'publicReportContact' and record = ?", [row.id])
    expect(looks.map(({ reason, diff }) => [reason, diff])).toEqual(Array.from({ length: 2 }, () => ['回访核实具体位置', '{}']))
    expect(new Set(looks.map(({ actor }) => actor)).size).toBe(2)
  })

  test('stands in no list, no file, no export, no history and no table in clear', async () => {
    await stranger.send(WHO)
    const { id } = await newest()
    const asked = [
      await town.ask('town', `{ publicReports(first: 100) { nodes { ${SHOWN} about takenBy decidedBy } } }`),
      await town.ask('town', 'query ($id: ID!) { changes(thing: "PublicReport", record: $id) { nodes { act actorName entries { field before after } } } }', {
        id,
      }),
      await town.ask('admin', '{ recentChanges(first: 300) { nodes { act entries { field before after } } } }'),
      await town.ask('town', '{ __schema { types { name fields { name } } } }'),
    ]
    expect(JSON.stringify(asked)).not.toMatch(SECRET)
    expect(JSON.stringify(asked[3])).not.toMatch(/"(sealed|receiptHash)"/)
    const tables = await Promise.all(
      ['public_report', 'public_contact', 'attachment', 'throttle', 'change'].map((table) => town.store.reader.all(`select * from ${table}`)),
    )
    expect(JSON.stringify(tables)).not.toMatch(SECRET)
    expect(JSON.stringify(tables)).not.toContain('203.0.113')
    const csv = await town.app.fastify.inject({ url: '/export/publicReports.csv', headers: { authorization: `Bearer ${await town.as('town')}` } })
    expect(csv.statusCode).toBe(200)
    expect(csv.body).not.toMatch(SECRET)
  })

  test('no path leads an enterprise to a report', async () => {
    const { id } = await newest()
    for (const who of ['ent.tea', 'workshop.tea', 'admin', undefined])
      expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(await town.code(who, '{ publicReports { totalCount } }'))
    expect(await town.code('ent.tea', 'query ($id: ID!) { changes(thing: "PublicReport", record: $id) { nodes { act } } }', { id })).toBe('NOT_FOUND')
    const attached = await town.get<{ attachments: { nodes: { ofThing: string }[] } }>('ent.tea', '{ attachments(first: 200) { nodes { ofThing } } }')
    expect(attached.attachments.nodes.filter(({ ofThing }) => ofThing === 'PublicReport')).toEqual([])
    expect((await list('village')).every((row) => row.number.includes('-106201-'))).toBe(true)
    expect(await list('town.far')).toEqual([])
  })

  test('what was seen is not in the log either, for strangers name people', async () => {
    await stranger.send({ content: '工头张某无证动火，电话在门上', place: '张某家隔壁', about: '张某加工点' })
    expect(await everything()).not.toContain('张某')
  })

  test('is forgotten some time after the report is over, once', async () => {
    await stranger.send(WHO)
    const row = await newest()
    const today = dayOf(town.clock.now)
    await refuse('town', row)
    const later = (days: number) => forgetContacts(asSystem(town), addDays(today, days))
    expect(await later(89)).toBe(0)
    expect(await later(91)).toBeGreaterThanOrEqual(1)
    expect(await later(91)).toBe(0)
    expect(await newest()).toMatchObject({ contactKept: false })
    expect(code(await contact('town', row.id))).toBe('FORBIDDEN')
    expect(await town.store.reader.all('select id from public_contact where report_id = ?', [row.id])).toEqual([])
  })
})

test('posters are printed for a village, for all, for an enterprise; on A4 and A3, by those whose place it is', async () => {
  const poster = async (who: string, query: string) =>
    town.app.fastify.inject({ url: `/posters/report.pdf?${query}`, headers: { authorization: `Bearer ${await town.as(who)}` } })
  for (const [who, query, pages, high] of [
    ['village', 'village=350524106201', 1, 842],
    ['town', 'size=A3', 2, 1191],
    ['town', `enterprise=${town.enterprises['tea']}&size=A4`, 1, 842],
  ] as const) {
    const answer = await poster(who, query)
    expect([who, answer.statusCode, answer.headers['content-type']]).toEqual([who, 200, 'application/pdf'])
    const raw = answer.rawPayload.toString('latin1')
    expect(raw.match(/\/Type \/Page\b/g)).toHaveLength(pages)
    expect(Math.round(Number(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(raw)?.[1]))).toBe(high)
  }
  expect((await poster('village', 'village=350524106202')).statusCode).toBe(404)
  expect((await poster('ent.tea', 'village=350524106201')).statusCode).toBe(403)
  expect((await poster('town', 'size=A0')).statusCode).toBe(400)
})

async function closeHazard(id: string): Promise<void> {
  const { Hazard } = await import('../hazard/hazard.entity.js')
  await act(asSystem(town), 'testClose', async ({ em }) => {
    Object.assign(await em.findOneOrFail(Hazard, { id }, { filters: false }), { stage: 'CLOSED', closedAt: town.clock.now.toISOString() })
  })
}
