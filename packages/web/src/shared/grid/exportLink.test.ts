import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { exportLink, listedIn } from './exportLink'

const QUESTION = parse(`query ($q: String, $where: LetterWhere, $orderBy: [LetterOrder!], $first: Int, $after: String) {
  letters(search: $q, where: $where, orderBy: $orderBy, first: $first, after: $after, queue: MINE, unread: true) { nodes { id } }
}`)

test('the file holds the list of the screen by its filter and order, and not by its page', () => {
  const link = new URL(
    exportLink({
      ...listedIn(QUESTION, { q: '茶 厂', where: { stage: { eq: 'SENT' }, dueOn: undefined }, orderBy: [{ field: 'number' }], first: 20, after: 'x' }),
    }),
    'http://here',
  )
  expect(link.pathname).toBe('/export/letters.xlsx')
  expect(Object.fromEntries(link.searchParams)).toEqual({
    ...{ search: '茶 厂', where: '{"stage":{"eq":"SENT"}}', orderBy: '[{"field":"number"}]', queue: 'MINE', unread: 'true' },
  })
})

test('conditions written into the question itself go along', () => {
  const question = parse('query ($list: ID!) { codeItems(where: { list: { id: { eq: $list } }, seq: { in: [1, 2] } }, first: 500) { nodes { id } } }')
  expect(listedIn(question, { list: 'a' })).toEqual({ list: 'codeItems', where: { list: { id: { eq: 'a' } }, seq: { in: [1, 2] } } })
})

test('a list without a filter has a bare address', () => {
  expect(exportLink({ list: 'signs', search: '' })).toBe('/export/signs.xlsx')
})
