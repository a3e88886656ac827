import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { isDay } from './days.js'

const text = (name: string, description: string, ok: (value: string) => boolean, example: string, kept = (value: string) => value) => {
  const parse = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && ok(value)) return kept(value)
    throw new GraphQLError(`${name} 应写成 ${example}`, { nodes: node ?? null })
  }
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => String(value),
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  })
}

export const DayScalar = text('Day', '日期（北京时间），YYYY-MM-DD', isDay, '2026-03-05')
export const InstantScalar = text(
  'Instant',
  '时刻（UTC），ISO 8601，毫秒',
  (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  '2026-03-05T01:02:03.004Z',
  // Instants are compared as texts, so the same one is always written the same.
  (value) => new Date(value).toISOString(),
)
