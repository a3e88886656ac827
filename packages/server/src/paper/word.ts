import { Readable } from 'node:stream'
import { setImmediate as breath } from 'node:timers/promises'
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { pixelsOf } from './image.js'
import type { Paper, Papers } from './paper.js'
import { markupOf, sectionOf } from './wordMarkup.js'
import { DOCUMENT_HEAD, FIXED_PARTS, relationsOf } from './wordParts.js'

/**
 * All papers in one .docx, a section each, written as it is read. The markup is our own: the text of both files is the same
 * because both are drawn from the same blocks, and a document of any length stays in the memory of one paper.
 */
export const toWord = (papers: Papers): Readable => Readable.from(written(papers), { objectMode: false })

async function* written(papers: Papers): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = []
  let failed: Error | null = null
  const zip = new Zip((error, chunk) => {
    failed ??= error
    out.push(chunk)
  })
  const drained = function* () {
    if (failed) throw failed
    yield* out.splice(0)
  }
  const add = (name: string, bytes: Uint8Array, packed = true) => {
    const part = packed ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name)
    zip.add(part)
    part.push(bytes, true)
  }
  for (const [name, content] of Object.entries(FIXED_PARTS)) add(name, strToU8(content))
  const document = new ZipDeflate('word/document.xml', { level: 6 })
  zip.add(document)
  document.push(strToU8(DOCUMENT_HEAD))
  const pictures: { name: string; data: Buffer }[] = []
  const keep = (data: Buffer) => {
    const number = pictures.length + 1
    pictures.push({ name: `picture${number}.${pixelsOf(data).type}`, data })
    return { relation: `picture${number}`, number }
  }
  let before: Paper | undefined
  for await (const paper of papers) {
    // The section of a paper closes with a paragraph of its own; that of the last stands at the end of the body.
    if (before) document.push(strToU8(closing(before)))
    document.push(strToU8(markupOf(paper, keep)))
    before = paper
    yield* drained()
    await breath()
  }
  document.push(strToU8(`${sectionOf(before ?? { name: '', blocks: [] })}</w:body></w:document>`), true)
  for (const { name, data } of pictures) {
    add(`word/media/${name}`, data, false)
    yield* drained()
  }
  add('word/_rels/document.xml.rels', strToU8(relationsOf(pictures.map(({ name }) => name))))
  zip.end()
  yield* drained()
}

const closing = (paper: Paper) => `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>${sectionOf(paper)}</w:pPr></w:p>`
