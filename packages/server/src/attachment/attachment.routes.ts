import multipart from '@fastify/multipart'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { trouble } from '../shared/trouble.js'
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

const STATUS: Record<string, number> = {
  UNAUTHENTICATED: 401,
  CSRF: 403,
  FORBIDDEN: 403,
  PASSWORD_CHANGE: 403,
  NOT_FOUND: 404,
  NOT_MULTIPART: 406,
  UPLOAD_TIMEOUT: 408,
  UPLOAD_TOO_LARGE: 413,
  TOO_MANY_FILES: 413,
  TOO_MANY_UPLOADS: 429,
  DATABASE_AWAY: 503,
  DATABASE_BUSY: 503,
  DISK_FULL: 507,
  FILES_AWAY: 503,
}
/** Time to read the refusal before a sender that goes on sending is cut off. */
const LINGER_MS = 2_000

/** POST /files, GET /files/:id and its thumb. A plugin of its own: its parser and its answers touch nothing else. */
export async function attachmentRoutes(
  app: FastifyInstance,
  { contextOf, uploadContextOf = contextOf, files, uploadMb, publicUrl }: FileRoutes,
): Promise<void> {
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart, { throwFileSizeLimit: false })
  const place = uploadPlaces()
  app.setErrorHandler(answer)

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

function answer(thrown: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = trouble(thrown) ?? thrown
  if (error instanceof Refusal && error.cause) request.log.error(error.cause)
  if (!request.raw.complete) void reply.header('connection', 'close')
  if (error instanceof Refusal) {
    if (error.code === 'TOO_MANY_UPLOADS') void reply.header('retry-after', '5')
    return reply.code(STATUS[error.code] ?? 400).send({ code: error.code, message: error.message })
  }
  if ((error.statusCode ?? 500) < 500) return reply.code(error.statusCode!).send({ code: 'BAD_REQUEST', message: '请求的格式不对，请刷新页面后再试' })
  request.log.error(error)
  return reply.code(500).send({ code: 'INTERNAL', message: '服务器出错了，请稍后再试' })
}

function cutOff(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const raw = request.raw
  if (!raw.complete) setTimeout(() => void (raw.complete || raw.destroy()), LINGER_MS).unref()
  done()
}
