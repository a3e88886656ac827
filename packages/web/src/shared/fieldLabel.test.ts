import { expect, test } from 'vitest'
import { spelled } from './fieldLabel'

test('the name of a datum reads as words', () => {
  expect(spelled('dueOn')).toBe('Due on')
  expect(spelled('responsiblePerson')).toBe('Responsible person')
  expect(spelled('stage')).toBe('Stage')
})
