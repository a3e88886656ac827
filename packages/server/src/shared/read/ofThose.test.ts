import '../../entities.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Enterprise } from '../../enterprise/enterprise.entity.js'
import { Hazard } from '../../hazard/hazard.entity.js'
import { openStore, type Store } from '../../store.js'
import { emptyStore, removeStores } from '../../testing/store.js'
import { dataOfThing } from '../datum.js'
import { sql, type Sql } from './sql.js'
import { whereSql } from './where.js'

let store: Store
beforeAll(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  store = await openStore({ dataDir, databaseUrl })
})
afterAll(async () => {
  await store.close()
  await removeStores()
})

/** What is asked of data of each kind. */
const ASKED: Record<string, object[]> = {
  flag: [{ eq: false }, { eq: true }],
  whole: [{ eq: 0 }, { gte: 1 }],
  choice: [{ eq: 'ONE' }, { in: ['ONE', 'OTHER'] }, { ne: 'ONE' }],
  day: [{ gte: '2026-01-01' }],
  instant: [{ gte: '2026-01-01T00:00:00.000Z' }],
}
const CONDITIONS = dataOfThing(Hazard)
  .filter(({ shown, filter }) => shown && filter !== false)
  .flatMap(({ name, kind }) => (ASKED[kind] ?? []).map((is) => ({ [name]: is })))

async function plan(statement: Sql): Promise<string[]> {
  const { reader, engine } = store
  const rows = await reader.all(`explain ${engine === 'sqlite' ? 'query plan ' : ''}${statement.sql}`, statement.params)
  return rows.map((row) => String(row['detail'] ?? Object.values(row)[0]))
}

/** `every`, `some` and counts of what belongs to each of many rows. */
const QUESTIONS = CONDITIONS.flatMap((where) => [
  { some: where },
  { every: where },
  { some: { ...where, stage: { eq: 'CLOSED' } } },
  { aggregate: { where: { ...where, severity: { eq: 'MAJOR' } }, count: { gte: 2 } } },
])

test('whatever is asked of the hazards of each enterprise, they are found by their enterprise', async () => {
  expect(QUESTIONS.length).toBeGreaterThan(80)
  for (const hazards of QUESTIONS) {
    const fits = whereSql(Enterprise, 't', { hazards }, { engine: store.engine, scope: { division: '350524106' }, today: '2026-11-01' })
    const looked = (await plan(sql`select count(*) from enterprise t where ${fits}`)).filter((line) => /\bh1\b/.test(line))
    // PostgreSQL counts for itself how often a value occurs; it is only to take the statement.
    if (store.engine === 'sqlite')
      expect(looked, JSON.stringify(hazards)).toEqual([expect.stringMatching(/INDEX hazard_(of_)?enterprise\w* \(enterprise_id=\?/)])
  }
})
