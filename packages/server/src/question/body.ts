import { Refusal } from '../shared/refusal.js'
import type { Part } from './answer.js'
import { objectOf } from './facts.js'
import type { Query } from './understand.js'

/** What the console sends: JSON, or the fields of a form, whose values are all text. */
export type Body = Record<string, unknown> | undefined

export const readForm = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))

const PARTS: readonly Part[] = ['nodes', 'groups', 'aggregate']
export function partNamed(given: unknown): Part | undefined {
  if (given === undefined || given === null || given === '') return undefined
  const part = PARTS.find((one) => one === given)
  if (!part) throw new Refusal('QUESTION_LIST', `part 应为 ${PARTS.join('、')}`)
  return part
}

export function bodyOf(body: Body): Query & { title: string; part: Part | undefined } {
  const text = (name: string): string | undefined => {
    const value = body?.[name]
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value !== 'string') throw new Refusal('BAD_REQUEST', `${name} 应为文字`, { field: name })
    return value
  }
  const query = text('query')
  if (!query) throw new Refusal('QUESTION_QUERY', '请写查询', { field: 'query' })
  return {
    ...{ query, operationName: text('operationName'), list: text('list'), part: partNamed(body?.['part']) },
    variables: variablesOf(body?.['variables']),
    title: text('name')?.trim().slice(0, 80) || '查询结果',
  }
}

function variablesOf(given: unknown): Record<string, unknown> | undefined {
  if (given === undefined || given === null || given === '') return undefined
  return objectOf(typeof given === 'string' ? given : JSON.stringify(given), 'QUESTION_VARIABLES', '变量', 'variables')
}
