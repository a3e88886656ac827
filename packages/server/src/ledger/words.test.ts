import { expect, test } from 'vitest'
import { CATEGORY_NAME, FACTOR_NAME, SEVERITY_NAME, SOURCE_NAME } from '../hazard/terms.js'
import * as choices from './choices.js'

test('an export says the word that the import offers', () => {
  expect(choices.factor.names).toEqual(FACTOR_NAME)
  expect(choices.severity.names).toEqual(SEVERITY_NAME)
  expect(choices.category.names).toEqual(CATEGORY_NAME)
  expect(choices.source.names).toEqual(SOURCE_NAME)
})
