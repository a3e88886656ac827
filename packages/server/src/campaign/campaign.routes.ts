import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { validate as isUuid } from 'uuid'
import { Attachment } from '../attachment/attachment.entity.js'
import type { FileStore } from '../attachment/files.js'
import { whole } from '../paper/paper.js'
import { toPdf } from '../paper/pdf.js'
import { toWord } from '../paper/word.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import type { Context } from '../shared/context.js'
import { type PaperCell, paperStream, XLSX } from '../shared/excelWrite.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Nomination } from './nomination.entity.js'
import { nominationPaper } from './nominationPaper.js'
import { LOOKERS, SUBJECT_NAME, TaskSubject, UNIT_STATE, UnitState } from './terms.js'
import { unitsOfTask } from './unit.resolver.js'

export interface CampaignRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  files: FileStore
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const MOST_ROWS = 20_000
const shanghai = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** The list of a task as a workbook (GET /campaigns/tasks/:id.xlsx) and a nomination as a paper (GET /nominations/:id.pdf, .docx). */
export async function campaignRoutes(app: FastifyInstance, { contextOf, files }: CampaignRoutes): Promise<void> {
  app.setErrorHandler(answerRefusal)

  app.get<{ Params: { id: string }; Querystring: Record<string, string | undefined> }>('/campaigns/tasks/:id.xlsx', async (request, reply) => {
    const ctx = signedIn(await contextOf(request, reply), ...LOOKERS)
    const { state, asOf } = request.query
    if (asOf && Number.isNaN(Date.parse(asOf))) throw new Refusal('BAD_FILTER', 'asOf 应为一个时刻')
    const only = Object.values(UnitState).find((one) => one === state)
    const { task, total, nodes, ...said } = await unitsOfTask(ctx, needId(request.params.id, '任务'), {
      ...{ state: only, first: MOST_ROWS, asOf: asOf && new Date(asOf).toISOString() },
    })
    const firm = task.subject === TaskSubject.ENTERPRISE
    const columns = [
      { header: '序号', width: 6, count: true },
      { header: SUBJECT_NAME[task.subject], width: 32 },
      ...(firm
        ? [
            { header: '所属村', width: 14 },
            { header: '行业主管站所', width: 24 },
          ]
        : []),
      { header: '完成情况', width: 10 },
      { header: '豁免原因', width: 40 },
    ]
    const rows = nodes.map((one, i): PaperCell[] => [
      ...[i + 1, one.name],
      ...(firm ? [one.divisionName ?? '', one.stationName ?? '未分配'] : []),
      ...[UNIT_STATE[one.state], one.exemptionStage === 'GRANTED' ? one.reason : ''],
    ])
    const rate = task.rate === null ? '—' : `${task.rate.toFixed(1)}%`
    const lines = [
      `${said.campaignTitle}：${task.title}`,
      `统计时点：${shanghai(said.asOf)} · 应完成 ${task.denominator} · 已完成 ${task.served}（${rate}）· 豁免 ${task.exempted} · 未完成 ${task.missing} · 期限 ${task.dueOn}`,
      `${only ? `只列${UNIT_STATE[only]}，` : ''}共 ${total} 行 · 导出人：${ctx.actor.name}`,
    ]
    return reply
      .type(XLSX)
      .headers(named(`${task.title}${only ? `（${UNIT_STATE[only]}）` : ''} ${shanghai(said.asOf).slice(0, 10)}.xlsx`, 'attachment'))
      .send(paperStream({ sheet: '任务名单', lines, columns }, rows))
  })

  app.get<{ Params: { id: string; format: string } }>('/nominations/:id.:format', async (request, reply) => {
    const ctx = signedIn(await contextOf(request, reply), ...LOOKERS)
    const { id, format } = request.params
    const nomination = isUuid(id) ? await ctx.em.findOne(Nomination, { id }, { populate: ['campaign', 'enterprise', 'post'] }) : null
    if (!nomination || (format !== 'pdf' && format !== 'docx')) throw notFound('推荐')
    const attached = await ctx.em.find(Attachment, { ofThing: 'Nomination', ofRecord: id }, { orderBy: { createdAt: 'asc', id: 'asc' } })
    const photos: Buffer[] = []
    for (const { sha256 } of attached) {
      const file = await files.stream(sha256)
      if (file) photos.push(await whole(file.body))
    }
    const paper = await nominationPaper(ctx, nomination, photos)
    const file = named(`${paper.name} ${nomination.title}.${format}`, format === 'pdf' ? 'inline' : 'attachment')
    return reply
      .type(format === 'pdf' ? 'application/pdf' : WORD)
      .headers(file)
      .send(format === 'pdf' ? toPdf([paper]) : toWord([paper]))
  })
  await Promise.resolve()
}

function needId(id: string, what: string): string {
  if (!isUuid(id)) throw notFound(what)
  return id
}

const named = (name: string, how: 'inline' | 'attachment') => ({
  'content-disposition': `${how}; filename="file"; filename*=UTF-8''${encodeURIComponent(name.replace(/[\\/:*?"<>|]/g, ' '))}`,
  ...{ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
})
