import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FileStore } from '../attachment/files.js'
import { needOwnPage } from '../attachment/ownPage.js'
import { uploadPlaces } from '../attachment/places.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { importNorm } from './importNorm.js'
import { download } from './ledger.routes.js'
import { takeNormFiles } from './normFiles.js'
import { normTemplate } from './normTemplate.js'
import { receiveLedger } from './receiveLedger.js'

export interface NormRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  files: FileStore
  uploadMb: number
  publicUrl: string
}
type ById = { Params: { id: string }; Querystring: Record<string, string | undefined> }

/** Norms come in as files (POST /norms/:id/files) and as sheets of items (POST /norms/:id/items), a template of which goes out. */
export async function normRoutes(app: FastifyInstance, { contextOf, files, uploadMb, publicUrl }: NormRoutes): Promise<void> {
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart, { throwFileSizeLimit: false })
  const place = uploadPlaces()
  app.setErrorHandler(answerRefusal)
  const maker = async (request: FastifyRequest, reply: FastifyReply) => {
    needOwnPage(request, publicUrl)
    return entitled(await contextOf(request, reply), Capability.NORM_PREPARE)
  }

  app.post<ById>('/norms/:id/items', async (request, reply) => {
    const ctx = await maker(request, reply)
    const { dryRun, skipRefused, digest } = request.query
    const file = await receiveLedger(request)
    const wish = { ...file, norm: request.params.id, digest, dryRun: dryRun === 'true', skipRefused: skipRefused === 'true' }
    return place(ctx.actor.id, () => importNorm(ctx, wish))
  })
  app.post<ById>('/norms/:id/files', async (request, reply) => {
    const ctx = await maker(request, reply)
    return place(ctx.actor.id, async () => ({ files: await takeNormFiles(request, ctx, request.params.id, files, uploadMb) }))
  })
  app.get('/norms/items-template.xlsx', async (request, reply) => {
    entitled(await contextOf(request, reply), Capability.NORM_PREPARE)
    return download(reply, '检查项模板.xlsx').send(Buffer.from(await normTemplate()))
  })
}
