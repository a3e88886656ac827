import type { FastifyRequest } from 'fastify'
import { MAX_FILE_BYTES } from '../shared/excelArchive.js'
import { Refusal } from '../shared/refusal.js'

/** The one file of a multipart request, never more of it than a ledger may have. */
export async function receiveLedger(request: FastifyRequest): Promise<{ bytes: Uint8Array; fileName: string }> {
  if (!request.isMultipart()) throw new Refusal('NOT_MULTIPART', '上传须用 multipart/form-data 格式')
  const tooLarge = new Refusal('FILE_TOO_LARGE', `文件超过 ${MAX_FILE_BYTES >> 20} MB，请删去图片或分成几个文件导入`)
  if (Number(request.headers['content-length'] ?? 0) > MAX_FILE_BYTES + 100_000) throw tooLarge
  const part = await request.file({ limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 5, fieldSize: 1_000, parts: 6, headerPairs: 40 } })
  if (!part) throw new Refusal('NO_FILES', '没有收到文件，请先选择台账文件')
  const chunks: Buffer[] = []
  try {
    for await (const chunk of part.file as AsyncIterable<Buffer>) chunks.push(chunk)
  } catch {
    throw new Refusal('UPLOAD_BROKEN', '文件没有传完整，请检查网络后重新上传')
  }
  if (part.file.truncated) throw tooLarge
  return { bytes: Buffer.concat(chunks), fileName: nameOf(part.filename) }
}

/** The name as the sender's own machine shows it: without folders, without what cannot be seen, not endless. */
const nameOf = (given: string | undefined): string => {
  const name = (given ?? '')
    .replace(/^.*[\\/]/, '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
  return name.slice(0, 120) || '台账.xlsx'
}
