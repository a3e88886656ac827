import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { keyFields, measuresOf, thingsOf } from './catalog'
import { type Conditions, type Draft, emptyDraft } from './draft'
import { variablesOf, whereOf, writeQuestion } from './write'

const schema = buildSchema(readFileSync(join(import.meta.dirname, 'sample.graphql'), 'utf8'))
const [hazards, enterprises] = thingsOf(schema)
const ask = (some: Partial<Draft>) => {
  const text = writeQuestion({ ...emptyDraft('hazards'), ...some }, hazards!)!
  expect(validate(schema, parse(text))).toEqual([])
  return text
}
const all = (...parts: Conditions['parts']): Conditions => ({ kind: 'all', parts })

test('things, keys and measures are read from the schema, so a new field appears by itself', () => {
  expect([hazards?.root, enterprises?.root]).toEqual(['hazards', 'enterprises'])
  expect(hazards?.label).toBe('隐患清单')
  expect(keyFields(hazards!.key!).map(({ path, buckets }) => [path.join('.'), buckets.length])).toEqual([
    ['stage', 0],
    ['foundOn', 3],
    ['division', 0],
    ['enterprise.name', 0],
    ['enterprise.station', 0],
  ])
  expect(measuresOf(hazards!.group!).map(({ path }) => path)).toEqual(['count', 'share', 'countDistinct.enterprise', 'sum.costFen', 'figures.onTimeRate'])
})

test('groups are asked for with their keys, measures, order and limit, and with the total over all of them', () => {
  const text = ask({
    keys: [{ path: ['enterprise', 'station'] }, { path: ['foundOn'], by: 'MONTH' }],
    measures: ['count', 'share', 'figures.onTimeRate'],
    conditions: all({ kind: 'is', path: ['stage'], operator: 'in', value: ['CLOSED'] }),
    order: [{ by: 'figures.onTimeRate', down: true }],
    having: [{ measure: 'count', operator: 'gte', value: 5 }],
    fill: true,
    limit: 30,
  })
  expect(text).toBe(`query {
  hazards(where: { stage: { in: [CLOSED] } }) {
    aggregate {
      count
      figures {
        onTimeRate
      }
    }
    groups(
      having: { count: { gte: 5 } }
      orderBy: [{ by: "figures.onTimeRate", dir: DESC }]
      limit: 30
      fill: true
    ) {
      nodes {
        key {
          enterprise {
            station
          }
          foundOn(by: MONTH)
        }
        count
        share
        figures {
          onTimeRate
        }
      }
      truncated
    }
  }
}
`)
})

test('one day in two buckets gets two names, and can be ordered by either', () => {
  const text = ask({
    keys: [
      { path: ['foundOn'], by: 'MONTH' },
      { path: ['foundOn'], by: 'WEEKDAY' },
    ],
    order: [{ by: 'key.foundOn_weekday', down: false }],
  })
  expect(text).toContain('foundOn_month: foundOn(by: MONTH)')
  expect(text).toContain('by: "key.foundOn_weekday"')
})

test('an order by something that is no longer asked for is forgotten', () => {
  expect(ask({ keys: [{ path: ['stage'] }], order: [{ by: 'share', down: true }] })).not.toContain('orderBy')
})

test('without groups the total alone is asked for', () => {
  expect(ask({ keys: [] })).not.toContain('groups')
})

test('records are asked for with their columns, also those of the enterprise', () => {
  const text = ask({ answer: 'ROWS', columns: [['number'], ['enterprise', 'name']], order: [{ by: 'foundOn', down: true }], limit: 20 })
  expect(text).toContain('hazards(orderBy: [{ field: foundOn, dir: DESC }], first: 20)')
  expect(text).toContain('totalCount')
})

test('conditions on different data stand side by side, two on the same one under and', () => {
  const stage = { kind: 'is', path: ['stage'], operator: 'eq', value: 'CLOSED' } as const
  const place = { kind: 'is', path: ['division'], operator: 'eq', value: '1' } as const
  const mutable = <T extends { path: readonly string[] }>(condition: T) => ({ ...condition, path: [...condition.path] })
  expect(whereOf(all(mutable(stage), mutable(place)))).toEqual({ stage: { eq: 'CLOSED' }, division: { eq: '1' } })
  expect(whereOf(all(mutable(stage), mutable(stage)))).toHaveProperty('and')
  expect(whereOf({ kind: 'any', parts: [mutable(stage), mutable(place)] })).toHaveProperty('or')
  expect(whereOf({ kind: 'none', parts: [mutable(stage), mutable(place)] })).toEqual({ not: { or: [{ stage: { eq: 'CLOSED' } }, { division: { eq: '1' } }] } })
})

test('a condition without a value is not asked yet', () => {
  expect(whereOf(all({ kind: 'is', path: ['stage'], operator: 'in', value: [] }, { kind: 'is', path: [], operator: 'eq', value: 'x' }))).toBeUndefined()
})

test('a condition may ask for any of the many things that belong to one', () => {
  const text = ask({
    keys: [{ path: ['stage'] }],
    conditions: all({ kind: 'many', path: ['enterprise', 'hazards'], how: 'none', of: all({ kind: 'is', path: ['stage'], operator: 'eq', value: 'CLOSED' }) }),
  })
  expect(text).toContain('{ enterprise: { hazards: { none: { stage: { eq: CLOSED } } } } }')
})

test('the variables of a query are named for the pane beside it', () => {
  expect(variablesOf('query ($a: Int!, $b: [Day!] = []) { x }')).toEqual([
    { name: 'a', type: 'Int!', needed: true },
    { name: 'b', type: '[Day!]', needed: false },
  ])
})
