import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerRefusal } from '../shared/answerRefusal.js'
import type { Context } from '../shared/context.js'
import { signedIn } from '../shared/signedIn.js'
import type { FileStore } from './files.js'
import { needOwnPage } from './ownPage.js'
import { uploadPlaces } from './places.js'
import { serve } from './serve.js'
import { upload, uploader } from './upload.js'

export interface FileRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  /** The same, and whoever may send files but look at none. */
  uploadContextOf?(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  files: FileStore
  uploadMb: number
  publicUrl: string
}
type ById = { Params: { id: string } }

/** Time to read the refusal before a sender that goes on sending is cut off. */
const LINGER_MS = 2_000

/** POST /files, GET /files/:id and its thumb. A plugin of its own: its parser and its answers touch nothing else. */
export async function attachmentRoutes(
  app: FastifyInstance,
  { contextOf, uploadContextOf = contextOf, files, uploadMb, publicUrl }: FileRoutes,
): Promise<void> {
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart, { throwFileSizeLimit: false })
  const place = uploadPlaces()
  app.setErrorHandler(answerRefusal)

  app.post('/files', { onResponse: cutOff }, async (request, reply) => {
    needOwnPage(request, publicUrl)
    const context = uploader(await uploadContextOf(request, reply))
    const outcomes = await place(context.actor.id, () => upload(request, context, files, uploadMb))
    const [first] = outcomes
    if (outcomes.some((one) => 'id' in one) || !first || 'id' in first) return { files: outcomes }
    return reply.code(422).send({ code: first.code, message: first.message, files: outcomes })
  })
  app.get<ById>('/files/:id', async (request, reply) => serve(signedIn(await contextOf(request, reply)), request.params.id, false, files, reply))
  app.get<ById>('/files/:id/thumb', async (request, reply) => serve(signedIn(await contextOf(request, reply)), request.params.id, true, files, reply))
}

function cutOff(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const raw = request.raw
  if (!raw.complete) setTimeout(() => void (raw.complete || raw.destroy()), LINGER_MS).unref()
  done()
}
