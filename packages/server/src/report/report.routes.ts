import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { validate as isUuid } from 'uuid'
import { Division } from '../division/division.entity.js'
import { toPdf } from '../paper/pdf.js'
import { toWord } from '../paper/word.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import type { Context, SignedIn } from '../shared/context.js'
import { formFile } from '../shared/excelForm.js'
import { XLSX } from '../shared/excelWrite.js'
import { notFound } from '../shared/refusal.js'
import { findSummary } from './load.js'
import { periodText } from './period.js'
import { printedSummary } from './printed.js'
import { summaryReader } from './rights.js'
import { asked, type UpwardAsked } from './upward.resolver.js'
import { UPWARD, upward } from './upward.js'

export interface ReportRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
}
const MIME = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: XLSX }
type Ext = keyof typeof MIME

/** A summary as a paper (GET /summaries/:id.pdf, .docx), and the table that goes up (GET /summaries/table.xlsx). */
export async function reportRoutes(app: FastifyInstance, { contextOf }: ReportRoutes): Promise<void> {
  app.setErrorHandler(answerRefusal)
  app.get<{ Querystring: UpwardAsked }>('/summaries/table.xlsx', async (request, reply) => {
    const ctx = summaryReader(await contextOf(request, reply))
    const { name, bytes } = await tableFile(ctx, request.query)
    return named(reply, name, 'xlsx').send(Buffer.from(bytes))
  })
  app.get<{ Params: { id: string; format: string } }>('/summaries/:id.:format', async (request, reply) => {
    const ctx = summaryReader(await contextOf(request, reply))
    const { id, format } = request.params
    if (!isUuid(id) || (format !== 'pdf' && format !== 'docx')) throw notFound('工作总结')
    const paper = await printedSummary(ctx, await findSummary(ctx, id))
    return named(reply, paper.name, format).send((format === 'pdf' ? toPdf : toWord)([paper]))
  })
  await Promise.resolve()
}

const BY = { TOTAL: '合计', TOWN: '镇（乡）', VILLAGE: '村', STATION: '站所', TRADE: '行业' } as const

async function tableFile(ctx: SignedIn, query: UpwardAsked): Promise<{ name: string; bytes: Uint8Array }> {
  const { period, split, asOf } = await asked(ctx, query)
  const { rows, total, asOf: at } = await upward(ctx, period, split, asOf)
  const place = await ctx.em.findOne(Division, { code: ctx.actor.scope.division })
  const title = `${place?.name ?? ''}安全生产隐患排查治理情况统计表`
  const line = (name: string, values: readonly (number | null)[], n: string) => [n, name, ...values]
  const said = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  const bytes = await formFile({
    ...{ sheet: '统计表', title },
    under: [`填报单位：${place?.name ?? ''}${ctx.actor.role === 'STATION' ? ctx.actor.name : ''}`, `统计期间：${periodText(period)}`, `统计时点：${said}`],
    columns: [
      { title: '序号', width: 5 },
      { title: BY[split], width: 20 },
      ...UPWARD.map(({ over, label, format }) => ({ ...(over ? { over } : {}), title: label, width: 9.5, format })),
    ],
    rows: rows.map(({ name, values }, i) => line(name, values, String(i + 1))),
    totals: line('合计', total.values, ''),
    foot: ['填表人：', '审核人：', '填表日期：　　　　年　　月　　日'],
    notes: ['说明：隐患按发现月份统计，整改数为其中截至统计时点已销号的；分母为零的比率记“—”；本系统不办理行政强制措施，该栏记“—”，由执法部门填报。'],
  })
  return { name: `${title} ${periodText(period)}（按${BY[split]}）`, bytes }
}

function named(reply: FastifyReply, name: string, ext: Ext): FastifyReply {
  const file = `${name.replace(/[\\/:*?"<>|]/g, ' ')}.${ext}`
  const disposition = `${ext === 'pdf' ? 'inline' : 'attachment'}; filename="summary.${ext}"; filename*=UTF-8''${encodeURIComponent(file)}`
  return reply.type(MIME[ext]).headers({ 'content-disposition': disposition, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
}
