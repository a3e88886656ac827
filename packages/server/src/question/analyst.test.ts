import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildApp, type App } from '../app.js'
import { dayOf } from '../shared/days.js'
import type { Store } from '../store.js'
import { copiedDemo, DEMO_NOW as NOW, DEMO_PASSWORD as PASSWORD } from '../testing/demo.js'
import { removeStores } from '../testing/store.js'
import { EXAMPLES } from './examples.js'
import { HAND, type Hand } from './handSql.js'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 })

let store: Store
let app: App
let token: string
beforeAll(async () => {
  const demo = await copiedDemo()
  store = demo.store
  app = await buildApp(store, demo.config, () => NOW)
  token = (await ask<{ signIn: { token: string } }>(`mutation { signIn(username: "county", password: "${PASSWORD}") { token } }`)).signIn.token
})
afterAll(async () => {
  await app.close()
  await store.close()
  await removeStores()
})

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const answer = await app.fastify.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } })
  const { data, errors } = answer.json<{ data: T; errors?: { message: string }[] }>()
  if (errors) throw new Error(errors[0]!.message)
  return data
}

const hand = (): Hand => ({
  today: dayOf(NOW),
  ...(store.reader.engine === 'sqlite'
    ? { day: (column) => `date(${column}, '+8 hours')`, days: '(julianday(h.closed_at) - julianday(h.registered_at))' }
    : {
        day: (column) => `to_char(${column}::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
        days: '(extract(epoch from (h.closed_at::timestamptz - h.registered_at::timestamptz)) / 86400.0)',
      }),
})

type Row = unknown[]
/** The values of one answered record in the order they were asked; lists inside it are another question. */
const values = (node: unknown): Row => (Array.isArray(node) ? [] : node !== null && typeof node === 'object' ? Object.values(node).flatMap(values) : [node])
const plain = (value: unknown): unknown => {
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1e6) / 1e6
  return typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : (value ?? null)
}
/** Empty values are left out of both: a record that is not there answers with one, its columns with several. */
const sorted = (rows: Row[]): string[] => rows.map((row) => JSON.stringify(row.map(plain).filter((value) => value !== null))).sort()
/** Lists of records in one page, longer than what the demo town has. */
const whole = (query: string) => query.replace(/\b(hazards|enterprises)\((?=(where|queue))/, '$1(first: 500, ')

/** The rows of an answer: the groups, or the records of the list. */
function rowsOf(data: Record<string, { groups?: { nodes: object[] }; nodes?: object[] }>): Row[] {
  const [list] = Object.values(data)
  return (list!.groups?.nodes ?? list!.nodes!).map(values)
}

const byHand = EXAMPLES.filter(({ key }) => HAND[key])

test('nineteen of the twenty are compared with SQL; the one that looks back is compared with the log', () => expect(byHand).toHaveLength(19))

test.each(byHand.map((example) => [example.name, example] as const))('%s: the graph says what hand-written SQL says', async (_name, { key, query }) => {
  const graph = rowsOf(await ask(whole(query)))
  const rows = await store.reader.all(HAND[key]!(hand()), [])
  expect(sorted(graph.filter((row) => !isEmptyMonth(key, row)))).toEqual(sorted(rows.map((row) => Object.values(row))))
  expect(rows.length, 'an empty answer proves nothing').toBeGreaterThan(0)
})

/** A month in which nothing was found, filled in so that the line has no hole. */
const isEmptyMonth = (key: string, [, counted]: Row) => (key === '03-month-trend' || key === '04-closed-by-month') && counted === 0

test('月末时点情况: the graph says what a replay of the log up to that instant says', async () => {
  const { query } = EXAMPLES.find(({ key }) => key === '19-month-end-state')!
  const asOf = '2026-08-31T15:59:59.999Z'
  const { hazards } = await ask<{ hazards: { aggregate: { count: number }; groups: { nodes: { key: { stage: string }; count: number }[] } } }>(query, { asOf })
  const entries = await store.reader.all(`select record, diff from change where thing = 'Hazard' and at <= ? order by seq`, [asOf])
  const stages = new Map<string, string>()
  for (const { record, diff } of entries) {
    const { stage } = (typeof diff === 'string' ? JSON.parse(diff) : diff) as { stage?: [string | null, string] }
    if (stage) stages.set(String(record), stage[1])
  }
  const counted = new Map<string, number>()
  for (const stage of stages.values()) if (stage !== 'VOID') counted.set(stage, (counted.get(stage) ?? 0) + 1)
  expect(Object.fromEntries(hazards.groups.nodes.map(({ key, count }) => [key.stage, count]))).toEqual(Object.fromEntries(counted))
  expect(hazards.aggregate.count).toBe([...counted.values()].reduce((sum, n) => sum + n, 0))
  expect(hazards.aggregate.count).toBeGreaterThan(100)
})
