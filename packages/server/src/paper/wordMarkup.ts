import { pixelsOf, qrPng } from './image.js'
import { type Align, type Block, cellOf, type Paper, printable, type TableBlock } from './paper.js'
import { CLOSING_INSET, INK, mm, type Sheet, sheetOf, TABLE_PITCH } from './sheet.js'

/** A picture lies in the package under its name; the document points at it by the relation of the same name. */
export type KeepPicture = (data: Buffer) => { relation: string; number: number }

type Face = 'body' | 'hei' | 'kai' | 'title'
const FACES: Record<Face, string> = { body: '仿宋_GB2312', hei: '黑体', kai: '楷体_GB2312', title: '方正小标宋简体' }

export const escaped = (raw: string): string => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
/** Word measures in twentieths of a point, letters in halves. */
const twips = (points: number) => Math.round(points * 20)
const emu = (points: number) => Math.round(points * 12_700)
const JUSTIFY: Record<Align, string> = { left: 'both', centre: 'center', right: 'right' }

interface Letters {
  face?: Face
  size: number
  bold?: boolean
  colour?: string
}

const run = (content: string, { face = 'body', size, bold, colour }: Letters): string => {
  const font = FACES[face]
  const style = `<w:rFonts w:hint="eastAsia" w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}"/>${bold ? '<w:b/>' : ''}${colour ? `<w:color w:val="${colour}"/>` : ''}<w:sz w:val="${Math.round(size * 2)}"/>`
  return `<w:r><w:rPr>${style}</w:rPr>${content}</w:r>`
}
const words = (raw: string, letters: Letters): string => (raw ? run(`<w:t xml:space="preserve">${escaped(raw)}</w:t>`, letters) : '')

interface Style {
  align?: Align
  pitch: number
  /** Exactly the pitch, or as high as a picture needs. */
  atLeast?: boolean
  indent?: number
  inset?: number
  keepNext?: boolean
}
const paragraph = (content: string, { align = 'left', pitch, atLeast, indent = 0, inset = 0, keepNext }: Style): string =>
  `<w:p><w:pPr>${keepNext ? '<w:keepNext/>' : ''}<w:spacing w:before="0" w:after="0" w:line="${twips(pitch)}" w:lineRule="${atLeast ? 'atLeast' : 'exact'}"/>` +
  `<w:ind${inset ? ` w:right="${twips(inset)}"` : ''} w:firstLine="${twips(indent)}"/><w:jc w:val="${JUSTIFY[align]}"/></w:pPr>${content}</w:p>`

/** The paper's blocks as WordprocessingML; the sheet of the section comes after (`sectionOf`). */
export function markupOf(paper: Paper, keep: KeepPicture): string {
  const sheet = sheetOf(paper)
  return paper.blocks.map((block) => blockOf(block, sheet, keep)).join('')
}

function blockOf(block: Block, sheet: Sheet, keep: KeepPicture): string {
  const { size, pitch, titleSize } = sheet
  const lines = (raw: string, letters: Letters, style: Style) =>
    printable(raw)
      .split('\n')
      .map((line) => paragraph(words(line, letters), style))
      .join('')
  const image = (data: Buffer, width: number, align: Align, caption = '') =>
    paragraph(drawing(data, width, sheet, keep), { align, pitch, atLeast: true, keepNext: !!caption }) +
    (caption ? lines(caption, { size: size * 0.75 }, { align, pitch }) : '')
  switch (block.kind) {
    case 'title':
      return lines(block.text, { face: 'title', size: titleSize, bold: true }, { align: 'centre', pitch: titleSize * 1.6, keepNext: true })
    case 'heading': {
      const face = (['hei', 'kai', 'body'] as const)[block.level - 1]!
      return lines(block.text, { face, size }, { pitch, indent: 2 * size, keepNext: true })
    }
    case 'text': {
      const own = block.size ?? size
      const style = { align: block.align, pitch: (own / size) * pitch, indent: block.indent ? 2 * own : 0, inset: (block.inset ?? 0) * own }
      return lines(block.text, { size: own, ...(block.bold ? { bold: true, face: 'hei' as const } : {}) }, style)
    }
    case 'table':
      return tableOf(block, sheet) + paragraph('', { pitch: 4 })
    case 'picture':
      return image(block.data, mm(block.width), block.align, block.caption)
    case 'qr':
      return image(qrPng(block.text), mm(block.side), block.align, block.caption)
    case 'signing':
      return block.lines
        .map(({ label, value, picture }) => {
          const rule = `<w:r><w:rPr><w:sz w:val="${size * 2}"/><w:u w:val="single"/></w:rPr><w:tab/></w:r>`
          const signed = picture ? drawing(picture, (pitch * 1.1 * pixelsOf(picture).width) / pixelsOf(picture).height, sheet, keep) : value ? '' : rule
          const tab = `<w:tabs><w:tab w:val="left" w:pos="${twips([...label].length * size + 12 * size)}"/></w:tabs>`
          return paragraph(words(label + (value ?? ''), { size }) + signed, { pitch, atLeast: !!picture, keepNext: true }).replace(
            '<w:keepNext/>',
            `<w:keepNext/>${tab}`,
          )
        })
        .join('')
    case 'closing': {
      const wide = (line: string) => [...line].reduce((sum, letter) => sum + (letter < '\u2000' ? 0.5 : 1), 0)
      const widest = Math.max(...block.lines.map(wide))
      const inset = (line: string) => (CLOSING_INSET + (widest - wide(line)) / 2) * size
      return block.lines.map((line) => lines(line, { size }, { align: 'right', pitch, inset: inset(line), keepNext: line !== block.lines.at(-1) })).join('')
    }
    case 'gap':
      return paragraph('', { pitch: block.lines * pitch })
    case 'break':
      return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
  }
}

function tableOf({ columns, rows, size }: TableBlock, sheet: Sheet): string {
  const total = columns.reduce((sum, { width = 1 }) => sum + width, 0)
  const widths = columns.map(({ width = 1 }) => twips(((sheet.width - sheet.left - sheet.right) * width) / total))
  const row = (cells: TableBlock['rows'][number], head: boolean) => {
    let column = 0
    const boxes = cells.map((raw) => {
      const cell = { align: columns[column]?.align ?? 'left', ...cellOf(raw) }
      const span = cell.span ?? 1
      const width = widths.slice(column, column + span).reduce((sum, one) => sum + one, 0)
      column += span
      const ink = cell.colour && INK[cell.colour]
      const fill = ink?.fill ?? (head ? 'EEEEEE' : undefined)
      const properties = `<w:tcW w:w="${width}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}${fill ? `<w:shd w:val="clear" w:color="auto" w:fill="${fill}"/>` : ''}<w:vAlign w:val="center"/>`
      const letters: Letters = { size, ...(cell.bold ? { bold: true } : {}), ...(ink ? { colour: ink.text } : {}) }
      const content = printable(cell.text)
        .split('\n')
        .map((line) => paragraph(words(line, letters), { align: cell.align, pitch: size * TABLE_PITCH }))
      return `<w:tc><w:tcPr>${properties}</w:tcPr>${content.join('')}</w:tc>`
    })
    return `<w:tr><w:trPr><w:cantSplit/>${head ? '<w:tblHeader/>' : ''}</w:trPr>${boxes.join('')}</w:tr>`
  }
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="444444"/>`)
  const head = columns.some(({ title }) => title)
    ? row(
        columns.map(({ title }) => ({ text: title, bold: true, align: 'centre' as const })),
        true,
      )
    : ''
  const properties = `<w:tblW w:w="${widths.reduce((sum, one) => sum + one, 0)}" w:type="dxa"/><w:tblBorders>${border.join('')}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>`
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  return `<w:tbl><w:tblPr>${properties}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${head}${rows.map((cells) => row(cells, false)).join('')}</w:tbl>`
}

function drawing(data: Buffer, wanted: number, sheet: Sheet, keep: KeepPicture): string {
  const about = pixelsOf(data)
  const most = sheet.height - sheet.top - sheet.bottom - sheet.pitch
  const width = Math.min(wanted, sheet.width - sheet.left - sheet.right, (most * about.width) / about.height)
  const extent = `cx="${emu(width)}" cy="${emu((width * about.height) / about.width)}"`
  const { relation, number } = keep(data)
  const shape = `<pic:pic><pic:nvPicPr><pic:cNvPr id="${number}" name="${relation}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>`
  return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${extent}/><wp:docPr id="${number}" name="${relation}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">${shape}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

/** The sheet that everything since the last section stands on; numbers begin at 1 again. */
export function sectionOf(paper: Paper): string {
  const { width, height, top, left, bottom, right, numbered } = sheetOf(paper)
  const feet = numbered ? 'numbered' : 'plain'
  const foot = `<w:footerReference w:type="default" r:id="${feet}Odd"/><w:footerReference w:type="even" r:id="${feet}Even"/>`
  const page = `<w:pgSz w:w="${twips(width)}" w:h="${twips(height)}"/><w:pgMar w:top="${twips(top)}" w:right="${twips(right)}" w:bottom="${twips(bottom)}" w:left="${twips(left)}" w:header="0" w:footer="${twips(Math.max(0, bottom - 34))}" w:gutter="0"/>`
  return `<w:sectPr>${foot}<w:type w:val="nextPage"/>${page}<w:pgNumType w:start="1"/></w:sectPr>`
}
