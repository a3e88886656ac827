import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { HazardStage } from '../hazard/terms.js'
import { alter } from '../testing/live.js'
import { inShanghai, openReceiver, type Receiver, remind } from '../testing/remind.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { useOutside } from './outside.js'
import { sendDue } from './sending.js'

let town: Town
let receiver: Receiver
const OPEN = { publicUrl: 'https://anbiao.example', hookTargets: 'any', mailUrl: undefined, mailFrom: '' } as const
beforeAll(async () => {
  town = await openTown()
  receiver = await openReceiver()
})
afterAll(async () => {
  await receiver.close()
  await town.close()
  await removeStores()
})
beforeEach(() => {
  useOutside(OPEN)
  town.clock.now = inShanghai('2026-03-02', '09:00')
  receiver.answer = { status: 200, body: '{"errcode":0}' }
})
afterEach(async () => {
  for (const who of ['town', 'industry', 'market'])
    for (const { id, version } of await hooks(who))
      await town.ask(who, 'mutation ($i: ID!, $v: Int!) { hookRemove(id: $i, version: $v) { id } }', { i: id, v: version })
  receiver.got.length = 0
})

interface HookRow {
  id: string
  version: number
  host: string
  pausedAt: string | null
  pauseReason: string | null
  failures: number
}
const hooks = async (who: string) =>
  (await town.get<{ hooks: { nodes: HookRow[] } }>(who, '{ hooks { nodes { id version host pausedAt pauseReason failures } } }')).hooks.nodes
const CREATE = 'mutation ($f: HookInput!) { hookCreate(facts: $f) { id version } }'
const create = async (who: string, facts: Record<string, unknown>) =>
  (
    await town.get<{ hookCreate: { id: string; version: number } }>(who, CREATE, {
      f: { name: '群', style: 'JSON', url: `${receiver.url}/in`, kinds: [], ...facts },
    })
  ).hookCreate
const failing: unknown[] = []
const place = () => ({ store: town.store, clock: () => town.clock.now, failed: (error: unknown) => void failing.push(error) })
const later = (minutes: number) => (town.clock.now = new Date(town.clock.now.getTime() + minutes * 60_000))
/** A hazard that is reminded of anew: it gets a deadline nobody has been reminded of. */
let nth = 0
async function late(key = 'tea') {
  const dueOn = `2026-02-${String(26 - nth++).padStart(2, '0')}`
  await alter(town.store, town.hazards[key]!, { stage: HazardStage.RECTIFYING, dueOn })
  return remind(town)
}
interface Sent {
  id: string
  total: number
  items: { kind: string; number?: string }[]
}
const said = () => receiver.got.map(({ body }) => JSON.parse(body) as Sent)
const kindsSent = () => said().flatMap(({ items }) => items.map(({ kind }) => kind))

test('a hook gets what its office is told, signed over the very body and the moment, with numbers and no words of people', async () => {
  const secret = 'a-secret-of-theirs'
  await create('industry', { secret })
  await late()
  await sendDue(place())
  const [got] = receiver.got
  const timestamp = String(got!.headers['x-anbiao-timestamp'])
  expect(Math.abs(Number(timestamp) * 1000 - town.clock.now.getTime())).toBeLessThan(1_000)
  expect(got!.headers['x-anbiao-signature']).toBe(`sha256=${createHmac('sha256', secret).update(`${timestamp}.${got!.body}`).digest('hex')}`)
  expect(said()[0]).toMatchObject({ event: 'reminders', items: [{ kind: 'OVERDUE', number: 'YH-202601-tea', label: '逾期' }, ...said()[0]!.items.slice(1)] })
  for (const word of ['配电箱', '样本茶厂', '车间', 'tea乙', '13800000001', '138****']) expect(got!.body, word).not.toContain(word)
  await sendDue(place())
  expect(receiver.got).toHaveLength(said().length)
  expect(await town.get('industry', '{ deliveries { nodes { state tries } } }')).toMatchObject({ deliveries: { nodes: [{ state: 'SENT', tries: 1 }] } })
})

test('a station’s hook gets only what the station may see, of the kinds it was set to', async () => {
  await create('market', {})
  await late('tea')
  await sendDue(place())
  expect(receiver.got).toEqual([])
  await late('inn')
  await sendDue(place())
  expect(new Set(said().flatMap(({ items }) => items.map(({ number }) => number)))).toEqual(new Set(['YH-202601-inn']))
  receiver.got.length = 0
  await create('town', { kinds: ['TRANSFER_PROPOSED'] })
  await create('town', { kinds: ['MAJOR_FOUND'] })
  nth = 15
  await late('tea')
  await sendDue(place())
  expect(kindsSent()).toEqual(['TRANSFER_PROPOSED'])
})

test('the robots are signed as they document it, and their errcode counts', async () => {
  const secret = 'SEC0123'
  const ding = await create('industry', { style: 'DINGTALK', url: `${receiver.url}/robot/send?access_token=t0ken`, secret })
  const trial = (id: string) =>
    town.get<{ hookTest: { ok: boolean; outcome: string; status: number } }>('industry', 'mutation ($i: ID!) { hookTest(id: $i) { ok status outcome } }', {
      i: id,
    })
  expect(await trial(ding.id)).toEqual({ hookTest: { ok: true, status: 200, outcome: '已送达' } })
  const asked = new URL(receiver.got[0]!.path, receiver.url).searchParams
  expect(asked.get('access_token')).toBe('t0ken')
  expect(asked.get('sign')).toBe(
    createHmac('sha256', secret)
      .update(`${asked.get('timestamp')}\n${secret}`)
      .digest('base64'),
  )
  expect(asked.get('timestamp')).toBe(String(town.clock.now.getTime()))
  expect(JSON.parse(receiver.got[0]!.body)).toMatchObject({ msgtype: 'markdown', markdown: { title: '安标：测试通知' } })
  receiver.answer = { status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' }
  expect(await trial(ding.id)).toMatchObject({ hookTest: { ok: false, outcome: 'errcode 310000' } })
  receiver.answer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' }
  const wecom = await create('industry', { style: 'WECOM', url: `${receiver.url}/cgi-bin/webhook/send?key=k` })
  expect(await trial(wecom.id)).toMatchObject({ hookTest: { ok: true } })
  expect(JSON.parse(receiver.got.at(-1)!.body)).toMatchObject({ msgtype: 'markdown', markdown: { content: expect.stringContaining('测试通知') as string } })
})

test('what fails is tried again after a while, with the same key; what succeeds is not', async () => {
  await create('industry', {})
  receiver.answer = { status: 503, body: '' }
  await late()
  await sendDue(place())
  expect(receiver.got).toHaveLength(1)
  await sendDue(place())
  expect(receiver.got).toHaveLength(1)
  receiver.answer = { status: 200, body: 'ok' }
  later(1)
  await sendDue(place())
  expect(receiver.got).toHaveLength(2)
  expect(receiver.got[1]!.headers['x-anbiao-delivery']).toBe(receiver.got[0]!.headers['x-anbiao-delivery'])
  later(600)
  await sendDue(place())
  expect(receiver.got).toHaveLength(2)
  const { deliveries } = await town.get<{ deliveries: { nodes: { attempts: { nodes: object[] } }[] } }>(
    'industry',
    '{ deliveries(first: 1) { nodes { state attempts(orderBy: [{ field: createdAt }]) { nodes { status outcome } } } } }',
  )
  expect(deliveries.nodes[0]).toMatchObject({
    state: 'SENT',
    attempts: {
      nodes: [
        { status: 503, outcome: '对方没有接受' },
        { status: 200, outcome: '已送达' },
      ],
    },
  })
})

test('a redirect is not followed, and a stranger’s long silence is no success', async () => {
  const { id } = await create('industry', {})
  receiver.answer = { status: 302, body: '', headers: { location: `${receiver.url}/elsewhere` } }
  expect(await town.get('industry', 'mutation ($i: ID!) { hookTest(id: $i) { ok status outcome } }', { i: id })).toEqual({
    hookTest: { ok: false, status: 302, outcome: '对方要求转到别处，未跟随' },
  })
  expect(receiver.got.map(({ path }) => path)).toEqual(['/in'])
})

test('after so many failures it pauses by itself and what comes meanwhile waits; resumed, it goes out', async () => {
  await town.get('town', 'mutation { settingChange(key: "hookFailures", version: 0, value: 2, reason: "试") { value } }')
  await create('industry', {})
  receiver.answer = { status: 500, body: '' }
  await late()
  await sendDue(place())
  later(2)
  await sendDue(place())
  const [paused] = await hooks('industry')
  expect(paused).toMatchObject({ failures: 2, pauseReason: '连续 2 次没有发成' })
  const before = receiver.got.length
  later(60)
  await sendDue(place())
  expect(receiver.got).toHaveLength(before)
  receiver.answer = { status: 200, body: 'ok' }
  await town.get('industry', 'mutation ($i: ID!, $v: Int!) { hookResume(id: $i, version: $v) { id } }', { i: paused!.id, v: paused!.version })
  await sendDue(place())
  expect(receiver.got).toHaveLength(before + 1)
  expect((await hooks('industry'))[0]).toMatchObject({ failures: 0, pausedAt: null })
})

test('many senders at once send each message once; one that died leaves it to the others', async () => {
  await create('industry', {})
  await late()
  await late()
  await late()
  await Promise.all(Array.from({ length: 6 }, () => sendDue(place())))
  const ids = said().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(3)
  // Taken by a process that is no more.
  await late()
  await town.store
    .em(undefined)
    .getConnection()
    .execute(
      `update delivery set state = 'SENDING', tries = 1, claimed_until = '${new Date(town.clock.now.getTime() + 120_000).toISOString()}' where state = 'WAITING'`,
    )
  await sendDue(place())
  expect(said()).toHaveLength(ids.length)
  later(3)
  await sendDue(place())
  expect(said()).toHaveLength(ids.length + 1)
})

test('by default only https, and nothing inside the house: typed in, or found under a name', async () => {
  const { id } = await create('industry', {})
  useOutside({ ...OPEN, hookTargets: 'public' })
  const code = (url: string) => town.code('industry', CREATE, { f: { name: '群', style: 'JSON', url, kinds: [] } })
  for (const url of [
    'http://example.com/x',
    'ftp://example.com',
    'https://127.0.0.1/x',
    'https://10.1.2.3/',
    'https://192.168.0.9/',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://localhost/',
    'https://a.internal/',
    'https://u:p@example.com/',
    'https://0x7f.1/',
    '不是地址',
  ])
    expect(await code(url), url).toBe('HOOK_TARGET')
  // Set when it was allowed, or a name that now leads inside: refused when it is sent.
  expect(await town.get('industry', 'mutation ($i: ID!) { hookTest(id: $i) { ok outcome } }', { i: id })).toEqual({
    hookTest: { ok: false, outcome: '内网地址，不予连接' },
  })
  expect(receiver.got).toEqual([])
})

test('nobody reads where a hook leads or what signs it, neither in the graph nor in the log; other roles have none', async () => {
  await create('industry', { url: `${receiver.url}/robot?access_token=very-secret`, secret: 'signing-secret' })
  const rows = JSON.stringify([await town.store.reader.all('select * from hook'), await town.store.reader.all("select diff from change where thing = 'Hook'")])
  for (const word of ['very-secret', 'signing-secret']) expect(rows).not.toContain(word)
  expect((await hooks('town')).map(({ host }) => host)).toEqual([new URL(receiver.url).host])
  expect(await hooks('market')).toEqual([])
  for (const who of ['ent.tea', 'village', 'county']) expect(await town.code(who, '{ hooks { nodes { id } } }'), who).toBe('FORBIDDEN')
  expect(await town.code('admin', CREATE, { f: { name: '群', style: 'JSON', url: receiver.url, kinds: [] } })).toBe('FORBIDDEN')
  expect(failing).toEqual([])
})
