import { Readable } from 'node:stream'
import { setImmediate as breath } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { pixelsOf, qrSquares } from './image.js'
import { type Align, type Block, type Paper, type Papers, type SigningLine } from './paper.js'
import { Page, registerFaces } from './pdfPage.js'
import { drawTable } from './pdfTable.js'
import { CLOSING_INSET, mm } from './sheet.js'

/** All papers in one PDF, written as it is read. */
export const toPdf = (papers: Papers): Readable => Readable.from(written(papers), { objectMode: false })

async function* written(papers: Papers): AsyncGenerator<Buffer> {
  let doc: PDFKit.PDFDocument | undefined
  for await (const paper of papers) {
    doc ??= opened(paper)
    drawPaper(doc, paper)
    yield* drained(doc)
    await breath()
  }
  doc ??= opened({ name: '', blocks: [] }).addPage()
  doc.end()
  for await (const chunk of doc) yield chunk as Buffer
}

/** The Chinese fonts are opened anew for each document: a subset belongs to one file. */
const opened = (paper: Paper) =>
  registerFaces(
    new PDFDocument({ autoFirstPage: false, lang: 'zh-CN', displayTitle: true, info: { Title: paper.name, Producer: 'Anbiao', Creator: 'Anbiao' } }),
  )

function* drained(doc: PDFKit.PDFDocument): Generator<Buffer> {
  for (let chunk: Buffer | null; (chunk = doc.read() as Buffer | null);) yield chunk
}

function drawPaper(doc: PDFKit.PDFDocument, paper: Paper): void {
  const page = new Page(doc, paper)
  for (const block of paper.blocks) drawBlock(page, block)
}

function drawBlock(page: Page, block: Block): void {
  const { size, pitch, titleSize } = page.sheet
  switch (block.kind) {
    case 'title':
      return page.paragraph(block.text, { face: 'bold', size: titleSize, pitch: titleSize * 1.6, align: 'centre', together: true })
    case 'heading':
      // A heading stays with the line below it.
      page.need(2 * pitch)
      return page.paragraph(block.text, { indent: 2 * size, face: block.level < 3 ? 'bold' : 'regular' })
    case 'text': {
      const own = block.size ?? size
      const style = { size: own, pitch: (own / size) * pitch, align: block.align, indent: block.indent ? 2 * own : 0, inset: (block.inset ?? 0) * own }
      return page.paragraph(block.text, { ...style, face: block.bold ? 'bold' : 'regular' })
    }
    case 'table':
      return drawTable(page, block)
    case 'picture':
      return drawPicture(page, block.data, mm(block.width), block.align, block.caption)
    case 'qr':
      return drawQr(page, block.text, mm(block.side), block.align, block.caption)
    case 'signing':
      return drawSigning(page, block.lines)
    case 'closing': {
      const wide = (line: string) => page.measure(line, size)
      const widest = Math.max(...block.lines.map(wide))
      page.need(block.lines.length * pitch)
      for (const line of block.lines) page.paragraph(line, { align: 'right', inset: CLOSING_INSET * size + (widest - wide(line)) / 2 })
      return
    }
    case 'gap':
      page.y = Math.min(page.y + block.lines * pitch, page.bottom)
      return
    case 'break':
      return page.turn()
  }
}

const startOf = (page: Page, width: number, align: Align) => page.left + (align === 'left' ? 0 : (page.width - width) / (align === 'centre' ? 2 : 1))

function drawPicture(page: Page, data: Buffer, wanted: number, align: Align, caption = ''): void {
  const about = pixelsOf(data)
  const most = page.bottom - page.sheet.top - (caption ? page.sheet.pitch : 0)
  const width = Math.min(wanted, page.width, (most * about.width) / about.height)
  const height = (width * about.height) / about.width
  page.need(height + (caption ? page.sheet.pitch : 0))
  page.doc.image(data, startOf(page, width, align), page.y, { width, height })
  page.y += height
  if (caption) page.paragraph(caption, { align, size: page.sheet.size * 0.75 })
}

function drawQr(page: Page, text: string, side: number, align: Align, caption = ''): void {
  const squares = qrSquares(text)
  const one = side / squares.length
  page.need(side + (caption ? page.sheet.pitch : 0))
  const x = startOf(page, side, align)
  // One path for the whole code: a run of dark squares is one bar.
  squares.forEach((row, r) => {
    for (let c = 0; c < row.length; c++) {
      const from = c
      while (row[c]) c++
      if (c > from) page.doc.rect(x + from * one, page.y + r * one, (c - from) * one, one)
    }
  })
  page.doc.fill('#000000')
  page.y += side
  if (caption) page.paragraph(caption, { align, size: page.sheet.size * 0.75 })
}

/** Labels with a rule to write on, kept together on one sheet. */
function drawSigning(page: Page, lines: SigningLine[]): void {
  const { size, pitch } = page.sheet
  page.need(lines.length * pitch)
  for (const { label, value, picture } of lines) {
    const from = page.left + page.measure(label, size) + 4
    const rule = Math.min(from + 12 * size, page.left + page.width)
    if (picture) {
      const { width, height } = pixelsOf(picture)
      // Within its own line: a drawing has a white ground.
      const high = pitch * 0.8
      const wide = Math.min((high * width) / height, rule - from)
      page.doc.image(picture, from + (value ? page.measure(value, size) + 4 : 0), page.y + pitch * 0.03, { width: wide, height: (wide * height) / width })
    }
    if (!value || picture)
      page.doc
        .lineWidth(0.6)
        .moveTo(from, page.y + pitch * 0.85)
        .lineTo(rule, page.y + pitch * 0.85)
        .stroke('#444444')
    page.paragraph(label + (value ?? ''))
  }
}
