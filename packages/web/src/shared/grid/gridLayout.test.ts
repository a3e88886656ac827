import { expect, test } from 'vitest'
import { inOrder } from './gridLayout'

const columns = ['no', 'place', 'stage', 'due'].map((key) => ({ key, title: key }))
const keys = (order: string[]) => inOrder(columns, order).map(({ key }) => key)

test('the columns stand as the person arranged them', () => {
  expect(keys(['stage', 'no', 'due', 'place'])).toEqual(['stage', 'no', 'due', 'place'])
})

test('a column added in a new version stands behind its neighbour, not at the end', () => {
  expect(keys(['stage', 'no', 'due'])).toEqual(['stage', 'no', 'place', 'due'])
})

test('a column that no longer exists is forgotten', () => {
  expect(keys(['gone', 'due', 'no'])).toEqual(['due', 'no', 'place', 'stage'])
})
