import type { FastifyReply } from 'fastify'

const MIME = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** Headers of a paper as a file: a PDF is looked at and printed from there, Word is kept and edited. */
export function paperHeaders(reply: FastifyReply, name: string, format: keyof typeof MIME): FastifyReply {
  const file = `${name.replace(/[\\/:*?"<>|]/g, ' ')}.${format}`
  const disposition = `${format === 'pdf' ? 'inline' : 'attachment'}; filename="paper.${format}"; filename*=UTF-8''${encodeURIComponent(file)}`
  return reply.type(MIME[format]).headers({ 'content-disposition': disposition, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
}
