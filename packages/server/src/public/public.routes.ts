import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Accepted, accept, JPEG } from '../attachment/accept.js'
import { type FileStore, nameOf } from '../attachment/files.js'
import { needOwnPage } from '../attachment/ownPage.js'
import { uploadPlaces } from '../attachment/places.js'
import { receive } from '../attachment/receive.js'
import { toPdf } from '../paper/pdf.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import type { Context } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'
import { needCalm } from './flood.js'
import { POSTER_ROLES, postersOf } from './poster.js'
import { PublicReport } from './publicReport.entity.js'
import { publicRules } from './rules.js'
import { publicSecret, receiptHash, receiptOf } from './seal.js'
import { sendReport } from './send.js'
import { broken, readSent, type SentReport } from './sent.js'
import { needTicket } from './ticket.js'
import { signedIn } from '../shared/signedIn.js'

export interface PublicRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  files: FileStore
  publicUrl: string
}

/**
 * POST /reports: a report from outside, its photos with it, whole or not at all: a stranger gets no file of his own, no
 * id of one, and no second way in. GET /posters/report.pdf: what is hung up.
 */
export async function publicRoutes(app: FastifyInstance, { contextOf, files, publicUrl }: PublicRoutes): Promise<void> {
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart, { throwFileSizeLimit: false })
  const place = uploadPlaces()
  app.setErrorHandler(answerRefusal)

  app.post('/reports', async (request, reply) => {
    needOwnPage(request, publicUrl)
    const context = await contextOf(request, reply)
    void reply.header('cache-control', 'no-store')
    return { receipt: await place(context.address, () => taken(request, context, files)) }
  })

  app.get<{ Querystring: { village?: string; enterprise?: string; size?: string } }>('/posters/report.pdf', async (request, reply) => {
    const context = signedIn(await contextOf(request, reply), ...POSTER_ROLES)
    const papers = await postersOf(context, request.query, publicUrl)
    const name = encodeURIComponent('隐患随手拍海报.pdf')
    return reply
      .type('application/pdf')
      .headers({
        'content-disposition': `inline; filename="poster.pdf"; filename*=UTF-8''${name}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(toPdf(papers))
  })
}

async function taken(request: FastifyRequest, context: Context, files: FileStore): Promise<string> {
  const { em, now, address } = context
  const rules = await publicRules(em)
  const secret = await publicSecret(em)
  const photos: Accepted[] = []
  let sent: SentReport | undefined
  let known: string | undefined
  const field = async (name: string, value: unknown) => {
    if (name !== 'facts') return
    sent = readSent(value)
    known = await alreadySent(context, secret, sent.key)
    if (known) return
    needTicket(secret, sent, now, rules)
    await needCalm(em, secret, address, now, rules)
  }
  for await (const { name, bytes } of receive(request, rules.photoMb, { most: Math.max(1, rules.photos), field })) {
    // Before its facts nobody knows whether it may be looked at at all.
    if (!sent) throw broken()
    if (known) continue
    if (photos.length >= rules.photos) throw new Refusal('TOO_MANY_FILES', `最多 ${rules.photos} 张照片`)
    if (!bytes) throw new Refusal('FILE_TOO_LARGE', `照片超过 ${rules.photoMb} MB，请压缩后再上传`)
    const photo = await accept(name, bytes)
    if (photo.mime !== JPEG) throw new Refusal('NOT_A_PHOTO', '这里只能上传照片（JPG、PNG、WebP）', { field: 'photos' })
    photos.push(photo)
  }
  if (!sent) throw broken()
  if (known) return known
  for (const { bytes } of photos) await files.put(nameOf(bytes), bytes)
  try {
    return await sendReport({ em, actor: undefined, now, request: context.request }, secret, sent, photos)
  } catch (error) {
    // Sent twice at the same moment: the second is answered with the first.
    if (error instanceof Refusal && error.code === 'DUPLICATE') em.clear()
    else throw error
    const other = await alreadySent(context, secret, sent.key)
    if (!other) throw error
    return other
  }
}

async function alreadySent({ em }: Context, secret: string, key: string): Promise<string | undefined> {
  const receipt = receiptOf(secret, key)
  return (await em.count(PublicReport, { receiptHash: receiptHash(receipt) }, { filters: false })) ? receipt : undefined
}
