import { expect, test } from 'vitest'
import { wayBack } from './wayBack'

test('after signing in one is back where one wanted to go', () => {
  expect(wayBack('/hazards?queue=LATE&page=2')).toBe('/hazards?queue=LATE&page=2')
})

test('a link cannot lead to another site after signing in', () => {
  expect(wayBack('//evil.example/')).toBe('/')
  expect(wayBack('/\\evil.example')).toBe('/')
  expect(wayBack('https://evil.example/')).toBe('/')
  expect(wayBack(undefined)).toBe('/')
})
