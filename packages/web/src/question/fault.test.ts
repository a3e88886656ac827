import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, type GraphQLError, parse, validate } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import zh from '../i18n/zh/question'
import { words } from '../shared/words'
import { faultInWords } from './fault'

const schema = buildSchema(readFileSync(join(import.meta.dirname, 'sample.graphql'), 'utf8'))
beforeAll(() => words.global.mergeLocaleMessage('zh', { question: zh }))
const said = (query: string) => {
  try {
    return validate(schema, parse(query)).map(({ message }) => faultInWords(message))
  } catch (error) {
    return [faultInWords((error as GraphQLError).message)]
  }
}

test.each([
  ['{ hazards { nodes { numbr } } }', 'Hazard 没有字段 numbr，是不是要写 number？'],
  ['{ hazards { nodes { secret } } }', 'Hazard 没有字段 secret。'],
  ['{ hazards(wher: {}) { totalCount } }', '字段 hazards 没有参数 wher，是不是要写 where？'],
  ['{ hazards { nodes } }', '字段 nodes 后面要用花括号写明要哪些内容，如 nodes { … }。'],
  ['{ hazards { totalCount { x } } }', '字段 totalCount 本身就是值，后面不能再写花括号。'],
  ['{ hazards(where: { stage: { eq: CLOSE } }) { totalCount } }', 'CLOSE 不是 Stage 的选项，是不是要写 CLOSED？'],
  ['{ hazards(where: { stage: { eq: "CLOSED" } }) { totalCount } }', '"CLOSED" 不是 Stage 的选项，是不是要写 CLOSED？'],
  ['{ hazards(where: { stag: { eq: CLOSED } }) { totalCount } }', 'HazardWhere 没有 stag 这一项，是不是要写 stage？'],
  ['{ hazards { groups(orderBy: [{ dir: ASC }]) { truncated } } }', 'by 必须填写。'],
  ['{ hazards(first: $n) { totalCount } }', '变量 $n 没有声明。'],
  ['query ($n: Int) { hazards { totalCount } }', '变量 $n 声明了却没有用到。'],
  ['{ hazards(first: "5") { totalCount } }', '这里要 Int，写的是 "5"。'],
  ['{ hazards { ', '写法有误：这里要字段名，却是文本末尾。'],
  ['{ hazards(where: ) { totalCount } }', '写法有误：这里不该有 ")"。'],
])('%s → %s', (query, words) => expect(said(query)).toEqual([words]))

test('a variable that does not fit is told with its reason alone', () => {
  expect(faultInWords('Variable "$from" got invalid value "2023-13-01"; Day 应写成 2026-03-05')).toBe('变量 $from 的值不对：Day 应写成 2026-03-05')
  expect(faultInWords('Variable "$n" got invalid value "5"; Int cannot represent non-integer value: "5"')).toBe('变量 $n 的值不对：这里要 Int，写的是 "5"。')
})

test('what the graph says in Chinese stays as it is', () => {
  expect(faultInWords('查询太大，请缩小 nodes')).toBe('查询太大，请缩小 nodes')
})
