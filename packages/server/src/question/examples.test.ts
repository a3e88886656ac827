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

  test('one that looks back is asked of the end of the last month, whenever that is', async () => {
    const { now } = town.clock
    const asked = async (at: string) => {
      town.clock.now = new Date(at)
      town.forget()
      const { questionExamples } = await town.get<{ questionExamples: { key: string; variables: string | null }[] }>(
        'town',
        '{ questionExamples { key variables } }',
      )
      return questionExamples.find(({ key }) => key === '19-month-end-state')!.variables
    }
    try {
      expect(await asked('2026-03-02T02:00:00.000Z')).toBe('{"asOf":"2026-02-28T15:59:59.999Z"}')
      expect(await asked('2026-03-31T15:59:59.000Z')).toBe('{"asOf":"2026-02-28T15:59:59.999Z"}')
      expect(await asked('2026-03-31T16:00:00.000Z')).toBe('{"asOf":"2026-03-31T15:59:59.999Z"}')
    } finally {
      town.clock.now = now
      town.forget()
    }
  })
})
