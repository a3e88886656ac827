import { describe, expect, test } from 'vitest'
import { fits, headerWords } from './column.js'
import { ENTERPRISE_LEDGER, HAZARD_LEDGER } from './shapes.js'

describe.each([ENTERPRISE_LEDGER, HAZARD_LEDGER])('the columns of $name', ({ columns }) => {
  test('share no word, so that a header names one of them only', () => {
    const named = new Map<string, string[]>()
    for (const { field, label, words } of columns)
      for (const word of new Set([label, ...words.split(' ')].flatMap(headerWords))) named.set(word, [...(named.get(word) ?? []), field])
    expect([...named].filter(([, fields]) => fields.length > 1)).toEqual([])
  })

  test('are known by their own names with stars, brackets, blanks and full width about them', () => {
    for (const column of columns)
      for (const shown of [`${column.label}*`, `${column.label}\n（必填）`, ` ${[...column.label].join(' ')} `, `★${column.label}：`])
        expect([column.field, fits(column, headerWords(shown))]).toEqual([column.field, 'exact'])
  })
})
