import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql'
import { answerRefusal } from '../shared/answerRefusal.js'
import type { Context, Role } from '../shared/context.js'
import { type PaperCell, paperStream, XLSX } from '../shared/excelWrite.js'
import { needWritable } from '../shared/plainText.js'
import type { Where } from '../shared/read/where.js'
import { Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { standardisation } from './standardisation.resolver.js'
import { type Split, SPLITS } from './standardisation.js'

export interface StatisticsRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  schemaFor(role: Role): GraphQLSchema
}
type Asked = { Querystring: Record<string, string | undefined> }

const SPLIT_NAME: Record<Split, string> = { TOTAL: '合计', TOWN: '镇', VILLAGE: '村', STATION: '站所', TRADE: '行业', COLOR: '颜色', ENTERPRISE: '企业' }
const shanghai = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
/** A zero denominator stands as —, never as 100 %. */
const shown = (value: number | null, kind: string): PaperCell => (value === null ? '—' : kind === 'rate' ? `${value.toFixed(1)}%` : value)

/** 标准化统计 as a workbook: as of when and over whom stand on top, numerator and denominator beside each rate. */
export async function statisticsRoutes(app: FastifyInstance, { contextOf, schemaFor }: StatisticsRoutes): Promise<void> {
  app.setErrorHandler(answerRefusal)
  app.get<Asked>('/export/standardisation.xlsx', async (request, reply) => {
    const context = signedIn(await contextOf(request, reply), ...READERS)
    const by = SPLITS.find((one) => one === request.query['by']) ?? 'VILLAGE'
    const { asOf, firms, indicators, total, rows } = await standardisation(
      context,
      by,
      understood(schemaFor(context.actor.role), request.query['where']),
      thenOf(request.query['asOf']),
    )
    const columns = [
      { header: SPLIT_NAME[by], width: 24 },
      ...indicators.flatMap(({ label, den }) => [{ header: label, width: 14 }, ...(den ? [{ header: `${label}（分子/分母）`, width: 18 }] : [])]),
    ]
    const cells = ({ name, values }: (typeof rows)[number]): PaperCell[] => [
      name,
      ...indicators.flatMap(({ kind, den }, i) => {
        const one = values[i]!
        return [shown(one.value, kind), ...(den ? [one.den === null ? '—' : `${one.num ?? '…'}/${one.den}`] : [])]
      }),
    ]
    const over = [...new Set(indicators.map(({ label, population }) => `${label}：${population}`))].join('；')
    const lines = ['标准化统计', `统计时点：${shanghai(asOf)} · 统计范围：在册企业 ${firms} 家 · 导出人：${context.actor.name}`, `统计对象——${over}`]
    const name = `标准化统计（按${SPLIT_NAME[by]}） ${shanghai(asOf).slice(0, 10)}.xlsx`
    return reply
      .type(XLSX)
      .headers({
        'content-disposition': `attachment; filename="list.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(paperStream({ sheet: '标准化统计', lines, columns }, [...rows, total].map(cells)))
  })
  await Promise.resolve()
}

export function thenOf(said: string | undefined): string | undefined {
  if (!said) return undefined
  const at = new Date(said)
  if (Number.isNaN(at.getTime())) throw new Refusal('BAD_FILTER', '时点不对，请写成 2026-07-31T15:59:59.999Z 这样')
  return at.toISOString()
}

/** The filter goes through the graph's own types: what the page would refuse, the export refuses too. */
function understood(schema: GraphQLSchema, said: string | undefined): Where | undefined {
  if (!said) return undefined
  let where: unknown
  try {
    where = JSON.parse(said)
  } catch {
    throw new Refusal('BAD_FILTER', '筛选条件不是 JSON')
  }
  needWritable(where)
  const { variableDefinitions } = parse('query ($where: EnterpriseWhere) { __typename }').definitions[0] as OperationDefinitionNode
  const { coerced, errors } = getVariableValues(schema, variableDefinitions ?? [], { where }, { maxErrors: 1 })
  if (errors) throw new Refusal('BAD_FILTER', `筛选条件不对：${errors[0]!.message}`)
  return (coerced['where'] ?? undefined) as Where | undefined
}
