import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { STEPS, SURFACE } from './samples'

const schema = buildSchema(readFileSync(join(import.meta.dirname, '..', '..', '..', '..', '..', 'schema.graphql'), 'utf8'))

test.each(Object.entries({ ...STEPS, ...SURFACE }))('the guide’s sample “%s” is a query of this graph', (_, query) => {
  expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([])
})
