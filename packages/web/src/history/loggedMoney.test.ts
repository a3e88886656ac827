import { expect, test } from 'vitest'
import { inYuan, isMoney, withoutUnit } from './loggedMoney'

test('the history tells money in yuan, as it was typed in', () => {
  expect(isMoney('costFen')).toBe(true)
  expect(isMoney('fence')).toBe(false)
  expect(inYuan('172500')).toBe('¥1,725.00')
  expect(inYuan('36050')).toBe('¥360.50')
  expect(withoutUnit('costFen', '整改费用（分）')).toEqual(['cost', '整改费用'])
})
