import { afterAll, beforeAll, expect, test } from 'vitest'
import { Campaigns } from '../testing/campaigns.js'
import { Letters } from '../testing/letters.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let campaigns: Campaigns
let letters: Letters
let campaign: { id: string }
beforeAll(async () => {
  town = await openTown()
  campaigns = new Campaigns(town)
  letters = new Letters(town)
  campaign = await campaigns.create()
  const phase = await campaigns.phase(campaign.id, 1, '标杆提升', '2026-03-31')
  await campaigns.task(phase, 'BENCHMARK_NOMINATED', { subject: 'STATION', title: '推荐标杆' })
  await campaigns.start(campaign)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Seen {
  id: string
  version: number
}
const EXPERIENCE = '班前五分钟逐项提问，答不上来的当场补课，每周汇总一次薄弱点。'
const nominate = (who: string, more: object = {}) =>
  town.ask(
    who,
    `mutation ($c: ID!, $k: NominationKind!, $e: ID!, $x: String!, $post: ID, $photos: [ID!]) {
      nominationCreate(campaign: $c, kind: $k, enterprise: $e, title: "班前五分钟", experience: $x, post: $post, photos: $photos) { id version stage photos } }`,
    { c: campaign.id, k: 'BENCHMARK', e: town.enterprises['tea'], x: EXPERIENCE, ...more },
  )
const decide = (who: string, id: string, version: number, accepted: boolean, remark?: string) =>
  town.ask(
    who,
    'mutation ($id: ID!, $v: Int!, $a: Boolean!, $r: String) { nominationDecide(id: $id, version: $v, accepted: $a, remark: $r) { id stage version } }',
    {
      ...{ id, v: version, a: accepted, r: remark ?? null },
    },
  )
const file = async (who: string, url: string) => town.app.fastify.inject({ url, headers: { authorization: `Bearer ${await town.as(who)}` } })
const stands = async () => (await campaigns.progress('town', campaign.id))[0]!.tasks[0]!

test('a nomination goes from the station to the town office, back and again, and is then shown to everybody with its photos', async () => {
  expect((await nominate('industry', { x: '很好' })).errors?.[0]?.extensions).toMatchObject({ code: 'TOO_SHORT', field: 'experience' })
  expect((await nominate('market')).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'enterprise' })
  for (const who of ['village', 'ent.tea', 'county']) expect((await nominate(who)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  const { id, version } = (await nominate('industry')).data!['nominationCreate'] as { id: string; version: number }
  expect((await nominate('industry')).errors?.[0]?.extensions).toMatchObject({ code: 'NOMINATED' })
  const submit = (v: number) => town.ask('industry', 'mutation ($id: ID!, $v: Int!) { nominationSubmit(id: $id, version: $v) { version stage } }', { id, v })
  expect((await submit(version)).errors?.[0]?.extensions).toMatchObject({ code: 'PHOTO_MISSING', field: 'photos' })
  const photo = await letters.photo('industry')
  const edited = await town.get<{ nominationEdit: { version: number; files: { url: string }[] } }>(
    'industry',
    'mutation ($id: ID!, $v: Int!, $x: String!, $p: [ID!]) { nominationEdit(id: $id, version: $v, title: "班前五分钟", experience: $x, photos: $p) { version files { url } } }',
    { id, v: version, x: EXPERIENCE, p: [photo] },
  )
  expect(await stands()).toMatchObject({ denominator: 2, served: 0 })
  const sent = (await submit(edited.nominationEdit.version)).data!['nominationSubmit'] as { version: number }
  expect(await stands()).toMatchObject({ denominator: 2, served: 1, done: false })
  expect((await decide('industry', id, sent.version, true)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  expect((await decide('town', id, sent.version, false)).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'remark' })
  const back = (await decide('town', id, sent.version, false, '请补充前后对比')).data!['nominationDecide'] as { version: number; stage: string }
  expect(back.stage).toBe('RETURNED')
  expect(await stands()).toMatchObject({ served: 0 })
  const again = (await submit(back.version)).data!['nominationSubmit'] as { version: number }
  expect((await town.get<{ showcases: { totalCount: number } }>('ent.tea', '{ showcases { totalCount } }')).showcases.totalCount).toBe(0)
  expect((await decide('town', id, again.version, true)).data).toMatchObject({ nominationDecide: { stage: 'ACCEPTED' } })
  for (const who of ['market', 'village', 'ent.tea', 'workshop.tea', 'county', 'town.far']) {
    const { showcases } = await town.get<{ showcases: { nodes: { enterpriseName: string; nomination: object | null; files: { url: string }[] }[] } }>(
      who,
      '{ showcases { nodes { enterpriseName villageName stationName title experience publishedOn nomination { id } files { url } } } }',
    )
    expect(showcases.nodes).toMatchObject([{ enterpriseName: '金谷样本茶厂', stationName: '经济发展办公室', villageName: '金谷村', title: '班前五分钟' }])
    expect(JSON.stringify(showcases)).not.toMatch(/tea甲|tea乙|tea丙|1380000/)
    expect((await file(who, showcases.nodes[0]!.files[0]!.url)).statusCode, who).toBe(200)
    if (who === 'market' || who === 'town.far') {
      expect(showcases.nodes[0]!.nomination).toBeNull()
      expect((await file(who, edited.nominationEdit.files[0]!.url)).statusCode).toBe(404)
    }
  }
})

test('a photo that should not have been taken is removed while the nomination is still with the station', async () => {
  const [good, bad] = [await letters.photo('industry'), await letters.photo('industry')]
  const created = (await nominate('industry', { k: 'POST', post: town.posts['packer'], photos: [good, bad] })).data!['nominationCreate'] as Seen
  const edit = (who: string, { id, version }: Seen, without: string[]) =>
    town.ask(
      who,
      'mutation ($id: ID!, $v: Int!, $x: String!, $w: [ID!]) { nominationEdit(id: $id, version: $v, title: "班前", experience: $x, without: $w) { id version photos files { id } } }',
      { id, v: version, x: EXPERIENCE, w: without },
    )
  const foreign = await letters.photo('industry')
  expect((await edit('industry', created, [bad, foreign])).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'photos' })
  expect((await edit('market', created, [bad])).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
  const edited = (await edit('industry', created, [bad, bad])).data!['nominationEdit'] as Seen & { photos: number; files: { id: string }[] }
  expect(edited).toMatchObject({ photos: 1, files: [{ id: good }] })
  expect((await file('industry', `/files/${bad}`)).statusCode).toBe(404)
  await town.ask('industry', 'mutation ($id: ID!, $v: Int!) { nominationSubmit(id: $id, version: $v) { id } }', { id: edited.id, v: edited.version })
  expect((await edit('industry', { ...edited, version: edited.version + 1 }, [good])).errors?.[0]?.extensions.code).toBe('WRONG_STAGE')
})

test('a demonstration post names its post, and the paper is printed for who may see it', async () => {
  expect((await nominate('industry', { k: 'POST' })).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'post' })
  const { id } = (await nominate('industry', { k: 'POST', post: town.posts['fryer'], photos: [await letters.photo('industry')] })).data![
    'nominationCreate'
  ] as { id: string }
  for (const format of ['pdf', 'docx']) {
    const paper = await file('town', `/nominations/${id}.${format}`)
    expect(paper.statusCode, paper.body.slice(0, 200)).toBe(200)
    expect(paper.rawPayload.length).toBeGreaterThan(3_000)
    expect((await file('market', `/nominations/${id}.${format}`)).statusCode).toBe(404)
  }
})

test('the list of a task as a workbook holds the viewer’s own', async () => {
  const phase = (await campaigns.progress('town', campaign.id))[0]!
  const sheet = await file('industry', `/campaigns/tasks/${phase.tasks[0]!.id}.xlsx`)
  expect(sheet.statusCode).toBe(200)
  expect(sheet.headers['content-type']).toContain('spreadsheetml')
  expect((await file('town.far', `/campaigns/tasks/${phase.tasks[0]!.id}.xlsx`)).statusCode).toBe(404)
  expect((await town.app.fastify.inject({ url: `/campaigns/tasks/${phase.tasks[0]!.id}.xlsx` })).statusCode).toBe(401)
})

test('一企一策 is written by the station of the trade, guided and finished step by step, and read by the enterprise', async () => {
  const tea = town.enterprises['tea']!
  for (const who of ['village', 'ent.tea', 'county']) expect((await campaigns.policy(who, tea)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  expect((await campaigns.policy('market', tea)).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
  const { id } = (await campaigns.policy('industry', tea)).data!['policyWrite'] as { id: string }
  const step = await town.get<{ policyStepAdd: { id: string; version: number } }>(
    'industry',
    'mutation ($p: ID!) { policyStepAdd(policy: $p, text: "补齐标识", dueOn: "2026-03-04") { id version } }',
    { p: id },
  )
  expect(await town.code('industry', 'mutation ($p: ID!) { policyStepAdd(policy: $p, text: "昨天的", dueOn: "2026-03-01") { id } }', { p: id })).toBe(
    'DAY_PAST',
  )
  expect(await town.code('industry', 'mutation ($p: ID!) { policyGuide(policy: $p, guidedOn: "2026-03-03", finding: "明天") { id } }', { p: id })).toBe(
    'DAY_FUTURE',
  )
  await town.get('industry', 'mutation ($p: ID!) { policyGuide(policy: $p, guidedOn: "2026-03-02", finding: "通道堆物", advice: "划线定置") { id } }', {
    p: id,
  })
  const before = town.clock.now
  town.clock.now = new Date('2026-03-06T02:00:00.000Z')
  const read = `{ enterprisePolicies(first: 5) { nodes { weakness goal guidances(first: 5) { nodes { finding advice } } steps(first: 5) { nodes { text late doneOn } } } }
    late: policySteps { aggregate { figures { steps done late doneRate } } } }`
  type Read = { enterprisePolicies: { nodes: object[] }; late: { aggregate: { figures: object } } }
  const seen = await town.get<Read>('ent.tea', read)
  expect(seen.enterprisePolicies.nodes).toMatchObject([
    { goal: '年底前达到标准化三级', guidances: { nodes: [{ finding: '通道堆物' }] }, steps: { nodes: [{ text: '补齐标识', late: true, doneOn: null }] } },
  ])
  expect(seen.late.aggregate.figures).toEqual({ steps: 1, done: 0, late: 1, doneRate: 0 })
  expect((await town.get<Read>('market', read)).enterprisePolicies.nodes).toEqual([])
  const finish = 'mutation ($id: ID!, $v: Int!) { policyStepFinish(id: $id, version: $v, result: "已补齐") { doneOn } }'
  const on = { id: step.policyStepAdd.id, v: step.policyStepAdd.version }
  expect(await town.code('ent.tea', finish, on)).toBe('FORBIDDEN')
  expect(await town.get('industry', finish, on)).toEqual({ policyStepFinish: { doneOn: '2026-03-06' } })
  expect(await town.code('industry', finish, { ...on, v: 2 })).toBe('ALREADY')
  town.clock.now = before
})
