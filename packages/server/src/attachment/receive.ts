import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../shared/refusal.js'

/** One file as it was sent; `bytes` are missing when it was longer than allowed. */
export interface Sent {
  name: string | undefined
  bytes: Buffer | undefined
}

export const MOST_FILES = 20
const MINUTES = 5
const MB = 1024 * 1024

/** What a form sends beside its files. */
export interface Beside {
  /** Files at most. */
  most: number
  /** Told of each field as it comes; what it refuses ends the request before the files behind it are read. */
  field(name: string, value: unknown): Promise<void>
}

/** The files of a multipart request one by one, limited by number, size of each, size of all, and time. */
export async function* receive(request: FastifyRequest, uploadMb: number, beside?: Beside): AsyncIterable<Sent> {
  if (!request.isMultipart()) throw new Refusal('NOT_MULTIPART', '上传须用 multipart/form-data 格式')
  const most = beside?.most ?? MOST_FILES
  const limit = bounds(request, most * uploadMb * MB + MB)
  try {
    const parts = request.parts({
      limits: { fileSize: uploadMb * MB, files: most, fields: 10, fieldSize: beside ? 16_000 : 1_000, fieldNameSize: 100, parts: most + 10, headerPairs: 40 },
    })
    for (;;) {
      const next = await Promise.race([parts.next(), limit.broken])
      if (next.done) return
      if (next.value.type === 'file') yield await Promise.race([read(next.value), limit.broken])
      else await beside?.field(next.value.fieldname, next.value.value)
    }
  } catch (error) {
    throw inOurWords(error, most)
  } finally {
    limit.end()
  }
}

async function read(part: MultipartFile): Promise<Sent> {
  const chunks: Buffer[] = []
  for await (const chunk of part.file as AsyncIterable<Buffer>) chunks.push(chunk)
  return { name: part.filename, bytes: part.file.truncated ? undefined : Buffer.concat(chunks) }
}

/** The parser skips what lies beyond a limit of its own without an end; this one ends the request. */
function bounds(request: FastifyRequest, most: number): { broken: Promise<never>; end(): void } {
  let fail: (refusal: Refusal) => void
  const broken = new Promise<never>((_, reject) => (fail = reject))
  broken.catch(() => undefined)
  if (Number(request.headers['content-length'] ?? 0) > most) fail!(tooMuch())
  let seen = 0
  const count = (chunk: Buffer) => {
    seen += chunk.length
    if (seen > most) fail(tooMuch())
  }
  const slow = setTimeout(() => fail(new Refusal('UPLOAD_TIMEOUT', `上传超过 ${MINUTES} 分钟还没有传完，请检查网络，减少文件后再试`)), MINUTES * 60_000)
  request.raw.on('data', count)
  return {
    broken,
    end: () => {
      clearTimeout(slow)
      request.raw.off('data', count)
    },
  }
}

const tooMuch = () => new Refusal('UPLOAD_TOO_LARGE', '一次上传的文件太大，请分几次上传')

const LIMITS = ['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT']

/** The parser's own errors all say that the request was not what a form sends, or that it ended too early. */
function inOurWords(error: unknown, most: number): unknown {
  if (error instanceof Refusal) return error
  const code = (error as { code?: string }).code ?? ''
  if (LIMITS.includes(code)) return new Refusal('TOO_MANY_FILES', `一次最多上传 ${most} 个文件，请分几次上传`)
  return new Refusal('UPLOAD_BROKEN', '文件没有传完整，请检查网络后重新上传')
}
