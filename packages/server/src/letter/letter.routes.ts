import type { SqlEntityManager } from '@mikro-orm/sql'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { validate as isUuid } from 'uuid'
import type { FileStore } from '../attachment/files.js'
import { paperHeaders } from '../paper/http.js'
import { whole } from '../paper/paper.js'
import { toPdf } from '../paper/pdf.js'
import { toWord } from '../paper/word.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import type { Context } from '../shared/context.js'
import type { Reader } from '../shared/read/reader.js'
import { notFound } from '../shared/refusal.js'
import type { Scope } from '../shared/scope.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { fileOf, openBatches } from './batches.js'
import { extensionRequestPaper } from './extensionRequest.js'
import { Letter } from './letter.entity.js'
import { BatchState, LetterBatch, PaperFormat } from './letterBatch.entity.js'
import { papersOf } from './papers.js'

export interface LetterRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  store: { em(scope: Scope | undefined): SqlEntityManager; reader: Reader }
  files: FileStore
  papers: FileStore
  workshop: string
  clock(): Date
}

const asFormat = (format: PaperFormat) => format.toLowerCase() as 'pdf' | 'docx'

/** One letter as a file (GET /letters/:id.pdf, .docx), the enterprise's own request for more time (GET /extensions/:id.pdf, .docx) and a finished batch (GET /letters/batches/:id). */
export async function letterRoutes(app: FastifyInstance, { contextOf, store, files, papers, workshop, clock }: LetterRoutes): Promise<void> {
  app.setErrorHandler(answerRefusal)
  const signature = async (sha256: string) => {
    const file = await files.stream(sha256)
    return file && whole(file.body)
  }
  const batches = openBatches({ store, papers, workshop, signature, clock, failed: (error) => app.log.error(error) })
  app.addHook('onClose', () => batches.stop())

  app.get<{ Params: { id: string; format: string } }>('/letters/:id.:format', async (request, reply) => {
    const { em, reader } = signedIn(await contextOf(request, reply), ...READERS)
    const format = PaperFormat[request.params.format.toUpperCase() as PaperFormat]
    const letter = format && isUuid(request.params.id) ? await em.findOne(Letter, { id: request.params.id }) : null
    if (!letter) throw notFound('文书')
    const papers = papersOf(reader, [letter.id], signature)
    const print = format === PaperFormat.PDF ? toPdf : toWord
    return paperHeaders(reply, `${letter.title} ${letter.number} ${letter.recipient}`, asFormat(format)).send(print(papers))
  })

  app.get<{ Params: { id: string; format: 'pdf' | 'docx' } }>('/extensions/:id.:format(^pdf|docx$)', async (request, reply) => {
    const { em } = signedIn(await contextOf(request, reply), ...READERS)
    const { id, format } = request.params
    if (!isUuid(id)) throw notFound('延期申请')
    const paper = await extensionRequestPaper(em, id)
    return paperHeaders(reply, paper.name, format).send(format === 'pdf' ? toPdf([paper]) : toWord([paper]))
  })

  app.get<{ Params: { id: string } }>('/letters/batches/:id', async (request, reply) => {
    const { em, actor } = signedIn(await contextOf(request, reply), ...READERS)
    const batch = isUuid(request.params.id) ? await em.findOne(LetterBatch, { id: request.params.id, owner: actor.id, state: BatchState.DONE }) : null
    const stored = batch ? await papers.stream(fileOf(batch.id, batch.format)) : undefined
    if (!batch || !stored) throw notFound('文件')
    return paperHeaders(reply, `文书 ${batch.total} 份`, asFormat(batch.format)).header('content-length', stored.bytes).send(stored.body)
  })
}
