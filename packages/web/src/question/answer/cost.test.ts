import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COST_FREE, COST_MOST, COST_PER_MINUTE } from './cost'

const limits = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'server', 'src', 'shared', 'limits.ts'), 'utf8')
const limit = (name: string) => Number(new RegExp(`\\b${name}: ([\\d_]+)`).exec(limits)?.[1]?.replaceAll('_', ''))

test('the limits the analyst is told are those the server keeps', () => {
  expect({ most: COST_MOST, minute: COST_PER_MINUTE, free: COST_FREE }).toEqual({
    most: limit('points'),
    minute: limit('pointsPerMinute'),
    free: limit('pointsFree'),
  })
})
