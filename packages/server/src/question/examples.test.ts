import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { EXAMPLES } from './examples.js'
import { objectOf } from './facts.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const KINDS = ['TABLE', 'PIVOT', 'LINE', 'BAR', 'PIE', 'MAP']

describe('the example questions teach by running', () => {
  test('there are twenty, each with a name, a description and a chart', () => {
    expect(EXAMPLES).toHaveLength(20)
    expect(new Set(EXAMPLES.map(({ name }) => name)).size).toBe(20)
    for (const { key, name, description, chart } of EXAMPLES) {
      expect(name && description, key).toBeTruthy()
      expect(KINDS, key).toContain(objectOf(chart, 'QUESTION_CHART', '图表', 'chart')['kind'])
    }
  })

  test.each(EXAMPLES.map((example) => [example.name, example] as const))('%s answers the town office and can be saved', async (_name, example) => {
    const variables = example.variables ? (JSON.parse(example.variables) as Record<string, unknown>) : {}
    await town.get('town', example.query, variables)
    const { key: _key, ...facts } = example
    await town.get('town', 'mutation ($facts: QuestionInput!) { questionSave(facts: $facts) { id } }', { facts })
  })

  test('the app gets them from the graph', async () => {
    const { questionExamples } = await town.get<{ questionExamples: unknown[] }>(
      'village',
      '{ questionExamples { key name description query variables chart } }',
    )
    expect(questionExamples).toHaveLength(20)
  })
})
