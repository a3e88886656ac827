import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from './refusal.js'
import { cutOff } from './trouble.js'

/** How a refusal is said in the language of HTTP; 400 for the others. */
const STATUS: Record<string, number> = {
  UNAUTHENTICATED: 401,
  CSRF: 403,
  FORBIDDEN: 403,
  PASSWORD_CHANGE: 403,
  NOT_FOUND: 404,
  NOT_MULTIPART: 406,
  UPLOAD_TIMEOUT: 408,
  FILE_TOO_LARGE: 413,
  UPLOAD_TOO_LARGE: 413,
  TOO_MANY_FILES: 413,
  BUSY: 429,
  EXPORT_BUSY: 429,
  IMPORT_BUSY: 429,
  RATE_LIMITED: 429,
  REPORTS_BUSY: 429,
  REPORTS_TOO_MANY: 429,
  TOO_MANY_UPLOADS: 429,
  DATABASE_AWAY: 503,
  DATABASE_BUSY: 503,
  FILES_AWAY: 503,
  DISK_FULL: 507,
}
/** Seconds, where the refusal does not say itself when to come again. */
const WAIT: Record<string, number> = { TOO_MANY_UPLOADS: 5 }

export const UNEXPECTED = { code: 'INTERNAL', message: '服务器出错了，请稍后再试' }

/** The answer of every download and upload to what went wrong: a refusal in its words, everything else in none of its own. */
export function answerRefusal(thrown: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // Whoever is still sending is not read to the end.
  if (!request.raw.complete) void reply.header('connection', 'close')
  void reply.header('cache-control', 'no-store')
  // Before all else: of a sender that went away, too, Fastify says so, and the database has nothing to do with it.
  const status = (thrown as Partial<FastifyError>).statusCode ?? 500
  if (status < 500) return reply.code(status).send({ code: 'BAD_REQUEST', message: '请求的格式不对，请刷新页面后再试' })
  const error = cutOff(thrown)
  if (!(error instanceof Refusal)) {
    request.log.error(error)
    return reply.code(500).send(UNEXPECTED)
  }
  if (error.cause) request.log.error(error.cause)
  const wait = error.params['retryAfter'] ?? WAIT[error.code]
  if (wait !== undefined) void reply.header('retry-after', String(wait))
  return reply.code(STATUS[error.code] ?? 400).send({ code: error.code, message: error.message, ...error.params })
}
