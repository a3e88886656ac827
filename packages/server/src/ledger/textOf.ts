import { inflateRawSync } from 'node:zlib'
import { extractText, getDocumentProxy } from 'unpdf'
import { DOCX, PDF } from '../attachment/accept.js'

const MAX_XML = 50 * 1024 * 1024
const MAX_PAGES = 600

/** The plain text of a Word or PDF file; nothing where there is none, as in a scan. */
export async function textOf(mime: string, bytes: Buffer): Promise<string> {
  if (mime === DOCX) return wordText(bytes)
  if (mime === PDF) return pdfText(bytes)
  return ''
}

async function pdfText(bytes: Buffer): Promise<string> {
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
    if (document.numPages > MAX_PAGES) return ''
    return (await extractText(document, { mergePages: true })).text
  } catch {
    return '' // locked, or broken inside: it is kept and shown, but not searched in
  }
}

/** Paragraphs of word/document.xml with its foot- and endnotes left out. */
function wordText(bytes: Buffer): string {
  const xml = partOf(bytes, 'word/document.xml')?.toString('utf8')
  if (!xml) return ''
  return xml
    .replace(/<w:(p|br|tab|cr)[ />]/g, '\n$&')
    .replace(/<[^>]+>/g, '')
    .replace(/&(lt|gt|quot|apos|amp);|&#(x?)([0-9a-f]+);/gi, (_, name?: string, hex?: string, code?: string) =>
      name ? ENTITIES[name.toLowerCase()]! : safeChar(parseInt(code!, hex ? 16 : 10)),
    )
    .replace(/\n{2,}/g, '\n')
    .trim()
}
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const safeChar = (code: number): string => (code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ')

const DIRECTORY_END = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/** One part of a zip, by its directory; undefined when it is not there, packed in a way of its own, or too large. */
export function partOf(bytes: Buffer, wanted: string): Buffer | undefined {
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== DIRECTORY_END) end--
  if (end < 0) return undefined
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0 && at + 46 <= bytes.length && bytes.readUInt32LE(at) === DIRECTORY_ENTRY; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [number, number, number]
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) === wanted) return unpacked(bytes, at)
    at += 46 + nameLength + extra + comment
  }
  return undefined
}

function unpacked(bytes: Buffer, entry: number): Buffer | undefined {
  const [method, packed, local] = [bytes.readUInt16LE(entry + 10), bytes.readUInt32LE(entry + 20), bytes.readUInt32LE(entry + 42)]
  if (local + 30 > bytes.length) return undefined
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const body = bytes.subarray(start, start + packed)
  if (method === 0) return body
  if (method !== 8) return undefined
  try {
    return inflateRawSync(body, { maxOutputLength: MAX_XML })
  } catch {
    return undefined
  }
}
