import { expect, test } from 'vitest'
import { fenOf, yuanOf } from './money'

test('yuan become fen without the errors of decimal fractions', () => {
  expect(fenOf('0.29')).toBe(29)
  expect(fenOf('1234.5')).toBe(123450)
  expect(fenOf(' 800 ')).toBe(80000)
})

test('what is no amount becomes nothing, not zero', () => {
  for (const typed of ['', '-1', '1.234', '1e3', '八百']) expect(fenOf(typed)).toBeNull()
})

test('fen are shown as they were typed', () => {
  expect(yuanOf(123450)).toBe('1234.50')
  expect(yuanOf(80000)).toBe('800')
  expect(yuanOf(null)).toBe('')
})
