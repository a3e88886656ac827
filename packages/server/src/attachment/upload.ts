import type { FastifyRequest } from 'fastify'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { accept, type Accepted } from './accept.js'
import { Attachment } from './attachment.entity.js'
import { cleanName } from './fileName.js'
import { type FileStore, nameOf } from './files.js'
import { receive, type Sent } from './receive.js'

/** What became of one file: kept under an id, or refused in words. */
export type Outcome =
  { id: string; name: string; mime: string; bytes: number; width: number | null; height: number | null } | { name: string; code: string; message: string }

/** Chosen but never used; more than that is no person at work. */
const MOST_WAITING = 200

export function uploader(context: Context): SignedIn {
  const by = signedIn(context, ...READERS, 'CARD')
  if (by.actor.role === 'COUNTY') throw forbidden('您的账号只能查看，不能上传文件')
  return by
}

/** Takes every file of the request, keeps what is acceptable and records it in one act; nothing is recorded of a request cut off. */
export async function upload(request: FastifyRequest, context: SignedIn, files: FileStore, uploadMb: number): Promise<Outcome[]> {
  await needRoom(context)
  const outcomes: (Outcome | Attachment)[] = []
  for await (const sent of receive(request, uploadMb)) outcomes.push(await take(sent, context, files, uploadMb))
  if (!outcomes.length) throw new Refusal('NO_FILES', '没有收到文件，请先选择照片或文件')
  const kept = outcomes.filter((one) => one instanceof Attachment)
  if (kept.length) await act(context, 'fileUpload', ({ em }) => Promise.resolve(void em.persist(kept)))
  return outcomes.map((one) => (one instanceof Attachment ? shown(one) : one))
}

async function take(sent: Sent, { actor, now }: SignedIn, files: FileStore, uploadMb: number): Promise<Outcome | Attachment> {
  try {
    if (!sent.bytes) throw new Refusal('FILE_TOO_LARGE', `文件超过 ${uploadMb} MB，请压缩后再上传`)
    const file = await accept(sent.name, sent.bytes)
    const sha256 = nameOf(file.bytes)
    await files.put(sha256, file.bytes)
    return recordOf(file, sha256, actor, instant(now))
  } catch (error) {
    if (error instanceof Refusal) return { name: cleanName(sent.name), code: error.code, message: error.message }
    throw error
  }
}

/** Until it is attached an upload stands where its uploader stands. */
function recordOf(file: Accepted, sha256: string, actor: SignedIn['actor'], at: string): Attachment {
  const attachment = new Attachment()
  const { name, mime, width, height, print } = file
  Object.assign(attachment, { name, mime, sha256, bytes: file.bytes.length, uploadedBy: actor.id, division: actor.scope.division, createdAt: at })
  if (width && height) Object.assign(attachment, { width, height })
  if (print) attachment.print = print
  if (actor.scope.station) attachment.station = actor.scope.station
  if (actor.scope.enterprise) attachment.enterpriseId = actor.scope.enterprise
  return attachment
}

const shown = ({ id, name, mime, bytes, width, height }: Attachment): Outcome => ({ id, name, mime, bytes, width: width ?? null, height: height ?? null })

async function needRoom({ reader, actor }: SignedIn): Promise<void> {
  const [row] = await reader.all('select count(*) as n from attachment where hazard_id is null and of_record is null and uploaded_by = ?', [actor.id])
  if (Number(row!['n']) >= MOST_WAITING) throw new Refusal('TOO_MANY_UPLOADS', '您有太多上传后没有使用的文件，请先提交或明天再试')
}
