import type { FastifyRequest } from 'fastify'
import { accept, DOCX, PDF } from '../attachment/accept.js'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { type FileStore, nameOf } from '../attachment/files.js'
import { receive } from '../attachment/receive.js'
import { act } from '../shared/act.js'
import type { SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { loadNorm, needKeeper } from '../standard/keeping.js'
import { keepText } from '../standard/normText.js'
import { textOf } from './textOf.js'

export interface NormFile {
  id: string
  name: string
  /** How many characters of it can be searched in; none in a scan. */
  characters: number
}

/** Word and PDF files of a draft: kept, attached, and their text made findable, all of the request or none. */
export async function takeNormFiles(request: FastifyRequest, ctx: SignedIn, id: string, files: FileStore, uploadMb: number): Promise<NormFile[]> {
  const known = await loadNorm(ctx, ctx.em, id)
  known.needDraft()
  const taken: { attachment: Attachment; text: string }[] = []
  for await (const sent of receive(request, uploadMb)) {
    if (!sent.bytes) throw new Refusal('FILE_TOO_LARGE', `文件超过 ${uploadMb} MB，请压缩后再上传`)
    const { name, mime, bytes } = await accept(sent.name, sent.bytes)
    if (mime !== PDF && mime !== DOCX) throw new Refusal('FILE_TYPE', `“${name}”不是 Word（.docx）或 PDF 文件`)
    const sha256 = nameOf(bytes)
    await files.put(sha256, bytes)
    const facts = { name, mime, sha256, bytes: bytes.length, uploadedBy: ctx.actor.id, createdAt: instant(ctx.now) }
    const owned = { ofThing: 'Norm', ofRecord: id, purpose: AttachmentPurpose.DOCUMENT, division: known.division }
    taken.push({ attachment: Object.assign(new Attachment(), facts, owned), text: await textOf(mime, bytes) })
  }
  if (!taken.length) throw new Refusal('NO_FILES', '没有收到文件，请先选择文件')
  return act(ctx, 'normFile', async ({ em }) => {
    const norm = await loadNorm(ctx, em, id)
    norm.needDraft()
    await needKeeper(em, ctx.actor, norm)
    em.persist(taken.map(({ attachment }) => attachment))
    await em.flush()
    for (const { attachment, text } of taken) await keepText(em, id, attachment.id, attachment.name, text)
    return taken.map(({ attachment, text }) => ({ id: attachment.id, name: attachment.name, characters: text.length }))
  })
}
