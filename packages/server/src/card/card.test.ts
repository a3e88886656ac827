import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CheckFrequency, ChecklistLevel } from '../checklist/terms.js'
import { goTo, makeCalendars, makeList, type MadeList } from '../testing/checklists.js'
import { form, jpeg } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { type Answer, openTown, type Town } from '../testing/town.js'

let town: Town
let list: MadeList
let packerList: MadeList
let card: Card
let other: Card
let pin: string
interface Card {
  id: string
  version: number
  token: string
}

beforeAll(async () => {
  town = await openTown()
  await makeCalendars(town)
  const post = (name: string) => ({
    enterprise: town.enterprises['tea']!,
    level: ChecklistLevel.POST,
    post: town.posts[name]!,
    frequency: CheckFrequency.SHIFT,
  })
  list = await makeList(town, post('fryer'))
  packerList = await makeList(town, post('packer'))
  const issue = 'mutation ($posts: [ID!]!) { cardsIssue(posts: $posts) { id version token url } }'
  const { cardsIssue } = await town.get<{ cardsIssue: Card[] }>('ent.tea', issue, { posts: [town.posts['fryer'], town.posts['packer']] })
  ;[card, other] = cardsIssue as [Card, Card]
  pin = await renew()
  await renew(
    () => other,
    (one) => void (other = one),
  )
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

async function renew(of = () => card, keep = (one: Card) => void (card = one), who = 'ent.tea'): Promise<string> {
  const { cardPinRenew } = await town.get<{ cardPinRenew: { pin: string; card: Card } }>(
    who,
    'mutation ($id: ID!, $v: Int!) { cardPinRenew(id: $id, version: $v) { pin card { id version token } } }',
    { id: of().id, v: of().version },
  )
  keep(cardPinRenew.card)
  return cardPinRenew.pin
}
const send = async (bearer: string | undefined, query: string, variables: object = {}): Promise<Answer> =>
  (
    await town.app.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
      payload: { query, variables },
    })
  ).json<Answer>()
const enter = async (typed = pin, name = '李某', token = card.token) =>
  send(undefined, 'mutation ($t: String!, $p: String!, $n: String!) { cardEnter(token: $t, pin: $p, name: $n, role: "炒青工") { token until } }', {
    t: token,
    p: typed,
    n: name,
  })
const entered = async (...args: Parameters<typeof enter>) => ((await enter(...args)).data as { cardEnter: { token: string } }).cardEnter.token
const CARD = '($t: String!) { card(token: $t) { enterpriseName workshop post worker byPin lists { id title items { id content } tasks { id shift } } } }'
const open = (bearer: string | undefined, token = card.token) => send(bearer, `query ${CARD}`, { t: token })
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code
const SUBMIT = 'mutation ($t: String!, $i: CardCheckInput!) { cardCheckSubmit(token: $t, input: $i) { number doneAt failed fixed notChecked } }'
const input = (of = list, more: object = {}) => ({
  ...{ key: randomUUID(), checklist: of.id, startedAt: town.clock.now.toISOString(), doneAt: town.clock.now.toISOString() },
  ...{ results: of.items.map((item) => ({ item, outcome: 'PASS' })), ...more },
})

describe('a card', () => {
  test('shows nothing to the world: not its post, not its enterprise, not whether it exists', async () => {
    expect(codeOf(await open(undefined))).toBe('UNAUTHENTICATED')
    expect(codeOf(await open(undefined, 'nothing'))).toBe('UNAUTHENTICATED')
    expect((await open(undefined)).data).toBeNull()
    const unknown = await enter('000000', '李某', 'nothing')
    const wrong = await enter(pin === '000000' ? '000001' : '000000')
    expect([unknown.data, unknown.errors]).toEqual([wrong.data, wrong.errors])
    expect(codeOf(wrong)).toBe('BAD_PIN')
  })

  test('opens for its own people when they have signed in, and not for another trade or town', async () => {
    for (const who of ['ent.tea', 'workshop.tea', 'village', 'industry', 'town'])
      expect((await open(await town.as(who))).data, who).toMatchObject({ card: { post: '炒青岗', byPin: false } })
    for (const who of ['market', 'town.far']) expect(codeOf(await open(await town.as(who))), who).toBe('NOT_FOUND')
  })

  test('opens with the post’s PIN for whoever gives his name, and shows the list that is due', async () => {
    const { data } = await open(await entered())
    expect(data).toMatchObject({
      card: {
        enterpriseName: '金谷样本茶厂',
        workshop: '一车间',
        post: '炒青岗',
        worker: '李某',
        byPin: true,
        lists: [{ id: list.id, tasks: [{ shift: 1 }] }],
      },
    })
    expect(codeOf(await enter(pin, ' '))).toBe('NAME_MISSING')
  })
})

describe('a PIN', () => {
  test('opens its own card and no other path: not the graph, not a file, not an export, not another card', async () => {
    const bearer = await entered()
    expect(codeOf(await open(bearer, other.token))).toBe('NOT_FOUND')
    expect(codeOf(await send(bearer, SUBMIT, { t: other.token, i: input(packerList) }))).toBe('NOT_FOUND')
    expect(codeOf(await send(bearer, SUBMIT, { t: card.token, i: input(packerList) }))).toMatch(/FORBIDDEN|NOT_FOUND/)
    const paths = Object.keys(town.app.door.schema.getQueryType()!.getFields()).filter((name) => name !== 'card')
    for (const name of paths) {
      const answer = await send(bearer, `{ ${name} }`)
      expect(answer.data ?? null, name).toBeNull()
    }
    for (const query of [
      '{ enterprises { totalCount } }',
      '{ hazards { totalCount } }',
      '{ viewer { id } }',
      '{ checks { totalCount } }',
      '{ __schema { queryType { name } } }',
      '{ duties { key } }',
      `{ card(token: "${card.token}") { post } enterprises { totalCount } }`,
    ])
      expect(codeOf(await send(bearer, query)), query).toBe('FORBIDDEN')
    const acts = Object.keys(town.app.door.schema.getMutationType()!.getFields()).filter(
      (name) => !['cardCheckSubmit', 'cardLeave', 'cardEnter', 'signIn'].includes(name),
    )
    for (const name of acts) expect((await send(bearer, `mutation { ${name} }`)).data ?? null, name).toBeNull()
    expect(codeOf(await send(bearer, 'mutation { signOut }'))).toBe('FORBIDDEN')
    const get = async (url: string) => (await town.app.fastify.inject({ method: 'GET', url, headers: { authorization: `Bearer ${bearer}` } })).statusCode
    for (const url of [
      '/export/hazards.xlsx',
      '/export/enterprises.xlsx',
      '/export/checks.xlsx',
      '/export/riskPoints.csv',
      '/q/x.csv',
      `/files/${randomUUID()}`,
    ])
      expect(await get(url), url).toBeGreaterThanOrEqual(400)
  })

  test('sends photos of its check but looks at none', async () => {
    const bearer = await entered()
    const sent = await town.app.fastify.inject({
      method: 'POST',
      url: '/files',
      ...form([{ name: '照片.jpg', bytes: await jpeg('#246', 300) }], { authorization: `Bearer ${bearer}` }),
    })
    expect(sent.statusCode).toBe(200)
    const { id } = sent.json<{ files: { id: string }[] }>().files[0]!
    expect((await town.app.fastify.inject({ method: 'GET', url: `/files/${id}`, headers: { authorization: `Bearer ${bearer}` } })).statusCode).toBe(401)
    const results = [
      { item: list.items[0], outcome: 'FAIL', note: '护罩松', photos: [id], hazard: true },
      ...list.items.slice(1).map((item) => ({ item, outcome: 'PASS' })),
    ]
    expect((await send(bearer, SUBMIT, { t: card.token, i: input(list, { results }) })).data).toMatchObject({ cardCheckSubmit: { failed: 1 } })
    const { checks } = await town.get<{ checks: { nodes: object[] } }>(
      'town',
      '{ checks(first: 1) { nodes { checkerName checkedByRole results { nodes { hazard { source foundByRole stage photosBefore place } } } } } }',
    )
    expect(checks.nodes[0]).toMatchObject({
      checkerName: '李某',
      results: { nodes: [{ hazard: { source: 'SELF_CHECK', foundByRole: 'POST', stage: 'DRAFT', photosBefore: 1, place: '一车间 炒青岗' } }, {}, {}] },
    })
  })

  test('sends the same draft once, whichever shift’s PIN sends it again', async () => {
    const one = { t: card.token, i: input() }
    const first = (await send(await entered(), SUBMIT, one)).data
    pin = await renew()
    expect((await send(await entered(), SUBMIT, one)).data).toEqual(first)
  })

  test('changes: what the old one opened is closed, and it opens nothing more', async () => {
    const bearer = await entered()
    const old = pin
    pin = await renew(undefined, undefined, 'workshop.tea')
    expect(codeOf(await open(bearer))).toBe('UNAUTHENTICATED')
    if (old !== pin) expect(codeOf(await enter(old))).toBe('BAD_PIN')
    expect((await open(await entered())).data).toMatchObject({ card: { byPin: true } })
  })

  test('is left, runs out after a shift, and after its days', async () => {
    const left = await entered()
    expect((await send(left, 'mutation { cardLeave }')).data).toEqual({ cardLeave: true })
    expect(codeOf(await open(left))).toBe('UNAUTHENTICATED')
    const shift = await entered()
    await goTo(town, '2026-03-03')
    expect(codeOf(await open(shift))).toBe('UNAUTHENTICATED')
    await goTo(town, '2026-07-01')
    expect(codeOf(await enter())).toBe('BAD_PIN')
    pin = await renew()
    expect(codeOf(await open(await entered()))).toBeUndefined()
  })

  test('is guessed five times and no more, however right the sixth is; another card is not held up', async () => {
    for (let i = 0; i < 5; i++) expect(codeOf(await enter(pin === '111111' ? '222222' : '111111'))).toBe('BAD_PIN')
    expect(codeOf(await enter())).toBe('THROTTLED')
    const twice = await send(
      undefined,
      `mutation { a: cardEnter(token: "${card.token}", pin: "1", name: "x") { token } b: cardEnter(token: "${card.token}", pin: "2", name: "x") { token } }`,
    )
    expect(codeOf(twice)).toBe('QUERY_TOO_WIDE')
  })

  test('is never kept or shown: not in the graph, not in the log', async () => {
    const { changes } = await town.get<{ changes: { nodes: object[] } }>(
      'ent.tea',
      'query ($id: ID!) { changes(thing: "PostCard", record: $id, first: 50) { nodes { act entries { field before after } } } }',
      { id: card.id },
    )
    expect(changes.nodes.length).toBeGreaterThan(0)
    expect(JSON.stringify(changes)).not.toContain(pin)
    expect(town.app.door.schema.getType('PostCard')!.toString()).toBe('PostCard')
    expect(JSON.stringify(await town.store.reader.all('select * from post_card', []))).not.toContain(`"${pin}"`)
  })

  test('and card are taken back by the enterprise, and by nobody else', async () => {
    const mutate = (name: string, who: string) =>
      town.ask(who, `mutation ($id: ID!, $v: Int!) { ${name}(id: $id, version: $v) { id version token } }`, { id: card.id, v: card.version })
    for (const who of ['town', 'industry', 'village', 'county']) expect((await mutate('cardPinRevoke', who)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    card = (await mutate('cardPinRevoke', 'ent.tea')).data!['cardPinRevoke'] as Card
    await goTo(town, '2026-07-01', 14)
    expect(codeOf(await enter())).toBe('BAD_PIN')
    expect((await mutate('cardRevoke', 'ent.tea')).errors).toBeUndefined()
    expect(codeOf(await open(await town.as('ent.tea')))).toBe('NOT_FOUND')
  })
})
