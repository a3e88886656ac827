import type { FastifyReply } from 'fastify'
import { validate as isUuid } from 'uuid'
import type { SignedIn } from '../shared/context.js'
import { notFound } from '../shared/refusal.js'
import { JPEG } from './accept.js'
import { contentDisposition, withExtension } from './fileName.js'
import type { FileStore } from './files.js'
import { ownedSql } from './owners.js'
import { thumbOf } from './thumb.js'

interface Kept {
  id: string
  name: string
  mime: string
  sha256: string
}

/**
 * The attachment, if this person may see it: while it belongs to nothing, who sent it; from then on whoever sees its
 * hazard or the other record that it belongs to. One statement for every case, so that neither the words nor the time tell an unknown id from a foreign one.
 */
async function visible({ reader, actor }: SignedIn, id: string): Promise<Kept> {
  if (!isUuid(id)) throw notFound('文件') // PostgreSQL takes a NUL in a value for a fault of ours
  const mine = ownedSql('a', actor)
  const [row] = await reader.all(`select a.id, a.name, a.mime, a.sha256 from attachment a where a.id = ? and ${mine.sql}`, [id, ...mine.params])
  if (!row) throw notFound('文件')
  return row as unknown as Kept
}

export async function serve(context: SignedIn, id: string, thumb: boolean, files: FileStore, reply: FastifyReply): Promise<FastifyReply> {
  const kept = await visible(context, id)
  if (thumb && kept.mime !== JPEG) throw notFound('文件')
  const etag = `"${kept.id}${thumb ? '.thumb' : ''}"`
  // Kept by the browser, but asked for again each time: whoever signs in next at this desk, or lost the right, gets nothing.
  void reply.header('cache-control', 'private, no-cache').header('etag', etag).header('vary', 'cookie, authorization')
  if (reply.request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
  const stored = await (thumb ? thumbOf(files, kept.sha256) : files.stream(kept.sha256))
  if (!stored) {
    reply.log.error({ attachment: kept.id, sha256: kept.sha256 }, 'the bytes of an attachment are missing')
    throw notFound('文件')
  }
  return inert(reply, kept, thumb).header('content-length', stored.bytes).send(stored.body)
}

/** Whatever a file contains, a browser does no more with it than show or save it. */
function inert(reply: FastifyReply, kept: Kept, thumb: boolean): FastifyReply {
  const name = thumb ? withExtension(kept.name, 'thumb.jpg') : kept.name
  return reply
    .header('content-type', kept.mime)
    .header('content-disposition', contentDisposition(kept.mime === JPEG ? 'inline' : 'attachment', name))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cross-origin-resource-policy', 'same-origin')
}
