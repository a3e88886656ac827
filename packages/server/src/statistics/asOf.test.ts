import type { SqlEntityManager } from '@mikro-orm/sql'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type App, buildApp } from '../app.js'
import { Then } from '../seed/then.js'
import { allThings } from '../shared/datum.js'
import { dayOf } from '../shared/days.js'
import type { Entry } from '../shared/log.js'
import { figuresFor } from '../shared/read/figures.js'
import type { PlainRow } from '../shared/read/reader.js'
import type { Reading } from '../shared/read/reading.js'
import { readOnce, sourceSql } from '../shared/read/source.js'
import { joined, raw, sql, type Sql } from '../shared/read/sql.js'
import { run } from '../shared/run.js'
import type { Store } from '../store.js'
import { copiedDemo, DEMO_NOW as NOW, DEMO_PASSWORD as PASSWORD } from '../testing/demo.js'
import { removeStores } from '../testing/store.js'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })
const MOMENTS = ['2026-03-31T15:59:59.999Z', '2026-07-31T15:59:59.999Z', '2026-10-20T03:00:00.000Z']

let store: Store
let app: App
let token = ''
beforeAll(async () => {
  const demo = await copiedDemo()
  store = demo.store
  app = await buildApp(store, demo.config, () => NOW)
  token = (await ask<{ signIn: { token: string } }>(`mutation { signIn(username: "town", password: "${PASSWORD}") { token } }`)).signIn.token
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

/** Every figure of every thing, by station where it has one, as of now in the tables or as of then from the log. */
function statements(reading: Reading): [name: string, statement: Sql][] {
  return allThings().flatMap(({ target, name, scope, table }): [string, Sql][] => {
    const figures = figuresFor(target).filter((figure) => figure.of)
    if (!figures.length || table === 'summary') return []
    const key = scope?.station ? raw(`coalesce(t.${scope.station}, '')`) : raw(`''`)
    const asked = (at: Reading) => {
      const values = figures.map((figure) => sql`${figure.of!('t', at)} as ${raw(figure.name.toLowerCase())}`)
      return sql`select ${key} as k, ${joined(values, ', ')} from ${sourceSql(target, at)} t group by 1 order by 1`
    }
    return [[name, readOnce(reading, asked)]]
  })
}
const plain = (rows: PlainRow[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name === 'k' || value == null ? value : Number(value)])))

/** The same, from the log replayed into tables. */
async function replayed(at: string): Promise<Map<string, PlainRow[]>> {
  const engine = store.reader.engine
  const log = await store.reader.all('select thing, record, diff from change where at <= ? order by seq', [at])
  return store.em({ division: '' }).transactional(async (tx) => {
    const em = tx as SqlEntityManager
    const then = await Then.open(
      em,
      allThings().map(({ target }) => target),
    )
    for (const entry of log) then.take({ ...entry, diff: JSON.parse(String(entry['diff'])) as Entry['diff'] } as Entry)
    await then.settle()
    const found = new Map<string, PlainRow[]>()
    for (const [name, statement] of statements({ engine, scope: { division: '' }, today: dayOf(at) }))
      found.set(name, plain(await run(em, statement.sql, statement.params)))
    await then.close()
    return found
  })
}

describe.each(MOMENTS)('as of %s', (asOf) => {
  test('every figure of every module is what a replay of the log up to then says', async () => {
    const then = await replayed(asOf)
    const asked = statements({ engine: store.reader.engine, scope: { division: '' }, today: dayOf(asOf), asOf })
    expect(asked.length).toBeGreaterThan(15)
    for (const [name, statement] of asked) expect(plain(await store.reader.heavy.all(statement.sql, statement.params)), name).toEqual(then.get(name))
    expect(then.get('Hazard')!.length).toBeGreaterThan(3)
  })

  test('the statistics pages take the instant, too, and say the same as the lists', async () => {
    const { hazardStatistics, hazards, standardisation, riskStatistics, enterprises } = await ask<Answers>(
      `query ($asOf: Instant) {
        hazardStatistics(by: STATION, asOf: $asOf) { asOf total { found closed open overdue rectificationRate onTimeRate averageDays medianDays } }
        hazards(asOf: $asOf) { aggregate { figures { found closed open overdue rectificationRate onTimeRate averageDays medianDays } } }
        standardisation(by: TRADE, asOf: $asOf) { asOf firms total { values { indicator value } } rows { values { indicator value num den } } }
        riskStatistics(by: TRADE, asOf: $asOf) { asOf total { firms covered coverageRate } }
        enterprises(asOf: $asOf) { aggregate { figures { inScope doubleControl doubleControlRate dossierRate frequencyRate checklistRate } } }
      }`,
      { asOf },
    )
    expect([hazardStatistics.asOf, standardisation.asOf, riskStatistics.asOf]).toEqual([asOf, asOf, asOf])
    expect(hazardStatistics.total).toEqual(hazards.aggregate.figures)
    const { inScope, doubleControl, doubleControlRate, frequencyRate, checklistRate } = enterprises.aggregate.figures as Record<string, number>
    expect(riskStatistics.total).toEqual({ firms: inScope, covered: doubleControl, coverageRate: doubleControlRate })
    expect(standardisation.firms).toBe(inScope)
    const value = (key: string) => standardisation.total.values.find(({ indicator }) => indicator === key)!.value
    expect([value('Enterprise.frequencyRate'), value('Enterprise.checklistRate')]).toEqual([frequencyRate ?? null, checklistRate ?? null])
    const sum = (key: string) => standardisation.rows.reduce((all, { values }) => all + (values.find(({ indicator }) => indicator === key)!.den ?? 0), 0)
    expect(sum('Enterprise.doubleControlRate')).toBe(inScope)
  })
})

interface Answers {
  hazardStatistics: { asOf: string; total: object }
  hazards: { aggregate: { figures: object } }
  standardisation: {
    asOf: string
    firms: number
    total: { values: { indicator: string; value: number | null }[] }
    rows: { values: { indicator: string; den: number | null }[] }[]
  }
  riskStatistics: { asOf: string; total: object }
  enterprises: { aggregate: { figures: object } }
}
