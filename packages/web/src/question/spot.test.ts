import { expect, test } from 'vitest'
import { spotOf } from './spot'

const query = `{
  hazards(first: 900) {
    nodes {
      number
      enterprise { hazards(first: 500) { nodes { number } } }
    }
  }
}`

test('a refusal that names a part leads to the deepest place where it stands', () => {
  expect(spotOf(query, { part: 'number', message: '查询太大（上限 30000），请缩小 number 的页长或字段' })).toEqual({ line: 5, column: 50 })
})

test('the path of an answer leads to its last step', () => {
  expect(spotOf(query, { path: ['hazards', 'nodes', 3, 'enterprise'], message: '查询超过 10 秒' })).toEqual({ line: 5, column: 7 })
})

test('without either, the first word of the sentence that stands in the query is the place', () => {
  expect(spotOf(query, { message: 'first 应在 0 到 500 之间' })).toEqual({ line: 5, column: 28 })
  expect(spotOf(query, { message: '查询太大' })).toBeUndefined()
  expect(spotOf('{ hazards(', { message: 'hazards' })).toBeUndefined()
})
