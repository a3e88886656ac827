import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '../shared/days.js'
import { type Doc, dossiers, stayIn } from '../testing/dossiers.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { keepDossiersDaily } from './daily.js'

let town: Town
let d: ReturnType<typeof dossiers>
beforeAll(async () => {
  town = await openTown()
  d = dossiers(town)
  await stayIn(town, 'town', 'industry', 'market', 'village', 'county', 'ent.tea')
  await d.demand('FILING', { title: '预案备案', needsValidUntil: true })
  const filed = (await d.submit('ent.tea', 'FILING', { validUntil: '2026-05-01' })).data!['dossierDocumentSubmit'] as Doc
  await d.accept('industry', filed)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const daily = () =>
  keepDossiersDaily(
    () => ({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: randomUUID() }),
    town.store.reader,
    dayOf(town.clock.now),
  )
const notices = async (who: string) =>
  (
    await town.get<{ expiryNotices: { nodes: { text: string; step: number }[] } }>(
      who,
      '{ expiryNotices(orderBy: [{ field: createdAt }]) { nodes { text step } } }',
    )
  ).expiryNotices.nodes
const duty = async (who: string) =>
  Object.fromEntries(
    (await town.get<{ duties: { key: string; count: number }[] }>(who, '{ duties { key count } }')).duties.flatMap(({ key, count }) =>
      /expired|last|near|far/.test(key) ? [[key.split('.')[2]!, count]] : [],
    ),
  )
const on = (day: string) => void (town.clock.now = new Date(`${day}T02:00:00.000Z`))

test('whoever must know is told 60, 30 and 7 days ahead and once it is over, each once, however often the day’s work runs', async () => {
  const told: [string, number][] = []
  for (const day of [
    '2026-03-01',
    '2026-03-02',
    '2026-03-02',
    '2026-03-20',
    '2026-04-01',
    '2026-04-24',
    '2026-04-24',
    '2026-05-01',
    '2026-05-02',
    '2026-05-03',
  ]) {
    on(day)
    told.push([day, (await daily()).notices])
  }
  expect(told.filter(([, n]) => n)).toEqual([
    ['2026-03-02', 2],
    ['2026-04-01', 2],
    ['2026-04-24', 2],
    ['2026-05-02', 2],
  ])
  expect((await notices('ent.tea')).map(({ text }) => text)).toEqual([
    '金谷样本茶厂：预案备案还有 60 天到期（2026-05-01）',
    '金谷样本茶厂：预案备案还有 30 天到期（2026-05-01）',
    '金谷样本茶厂：预案备案还有 7 天到期（2026-05-01）',
    '金谷样本茶厂：预案备案已于 2026-05-01 过期',
  ])
  expect(await notices('industry')).toHaveLength(4)
  for (const who of ['market', 'village', 'town', 'county']) expect(await notices(who), who).toEqual([])
})

test('a dossier loses the point in the night after the last day, and regains it with a new version', async () => {
  on('2026-05-01')
  await daily()
  expect((await d.kept())['percent']).toBe(100)
  on('2026-05-02')
  expect((await daily()).changed).toBeGreaterThan(0)
  expect(await d.kept()).toMatchObject({ percent: 0, expired: 1, gaps: 'EXPIRED FILING' })
  expect((await d.view('ent.tea')).parts.flatMap(({ requirements }) => requirements.flatMap(({ words }) => words ?? []))).toEqual([
    '过期：预案备案 2026-05-01 到期',
  ])
  const next = (await d.submit('ent.tea', 'FILING', { validUntil: '2027-05-01' })).data!['dossierDocumentSubmit'] as Doc
  await d.accept('industry', next)
  expect((await d.kept())['percent']).toBe(100)
})

test('the first page counts what runs out by its steps, each paper once, and what has run out', async () => {
  const paper = (title: string, validUntil: string) =>
    town.get('ent.tea', 'mutation ($e: ID!, $f: CertificateInput!) { certificateEnter(enterprise: $e, facts: $f) { id } }', {
      e: d.tea(),
      f: { kind: 'LICENCE', title, validUntil, issuedOn: '2020-01-01' },
    })
  on('2026-05-10')
  for (const [title, until] of [
    ['今天', '2026-05-10'],
    ['七天', '2026-05-17'],
    ['八天', '2026-05-18'],
    ['三十天', '2026-06-09'],
    ['六十天', '2026-07-09'],
    ['更远', '2026-07-10'],
    ['昨天', '2026-05-09'],
  ] as const)
    await paper(title, until)
  expect(await duty('ent.tea')).toEqual({ expired: 1, last: 2, near: 2, far: 1 })
  expect(await duty('industry')).toEqual({ expired: 1, last: 2, near: 2, far: 1 })
  expect(await duty('market')).toEqual({ expired: 0, last: 0, near: 0, far: 0 })
  const { dossierExpiring } = await town.get<{ dossierExpiring: { name: string; daysLeft: number }[] }>(
    'industry',
    '{ dossierExpiring(days: 7) { name daysLeft } }',
  )
  expect(dossierExpiring).toEqual([
    { name: '昨天', daysLeft: -1 },
    { name: '今天', daysLeft: 0 },
    { name: '七天', daysLeft: 7 },
  ])
})

test('the days are the town’s to set, in their order', async () => {
  const set = (key: string, value: number) =>
    town.code('town', 'mutation ($k: String!, $n: Int!) { dossierRuleChange(key: $k, version: 0, value: $n, reason: "调整") { value } }', { k: key, n: value })
  expect(await set('dossierLastDays', 31)).toBe('SETTING_ORDER')
  expect(await set('dossierLastDays', 10)).toBeUndefined()
  expect((await duty('ent.tea'))['last']).toBe(3)
})

test('a notice is read by its reader', async () => {
  const ids = (
    await town.get<{ expiryNotices: { nodes: { id: string }[] } }>('ent.tea', '{ expiryNotices(unread: true) { nodes { id } } }')
  ).expiryNotices.nodes.map(({ id }) => id)
  const { expiryNoticesRead } = await town.get<{ expiryNoticesRead: number }>('ent.tea', 'mutation ($ids: [ID!]!) { expiryNoticesRead(ids: $ids) }', { ids })
  expect(expiryNoticesRead).toBe(ids.length)
  expect((await town.get<{ dossierTodo: { unread: number } }>('industry', '{ dossierTodo { unread } }')).dossierTodo.unread).toBe(4)
})
