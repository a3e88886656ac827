/**
 * Papers: one content, printed as PDF (`pdf.ts`) and as Word (`word.ts`) with the same text.
 *
 *   const paper: Paper = { name: '告知书', blocks: [title('关于…的告知书'), text('根据…'), table([{ title: '序号' }], [['1']])] }
 *   toPdf([paper])   → Readable of one PDF        toWord([paper])   → Readable of one .docx
 *   whole(stream)    → Buffer                     textOf(paper)     → its text, block by block, as both files carry it
 *
 * Takes any (also asynchronous) iterable of papers and reads it as far as the reader of the stream reads: a batch of any
 * length stays in the memory of one paper, and between two papers the process serves others. A4 follows GB/T 9704-2012
 * (domain.md §7.8); A3 is a poster, A5 and A6 are cards. Fonts: PDF embeds a subset of Noto Serif SC; Word names 仿宋_GB2312 and its kin,
 * with alternatives, and ships none.
 */
export interface Paper {
  /** The file's own title, not printed. */
  name: string
  size?: PaperSize
  /** — 1 — at the foot, from 1 for each paper; A4 only, unless said. */
  numbered?: boolean
  /** Letter size and line pitch in points, where the size's own do not fit. */
  body?: { size: number; pitch: number }
  blocks: Block[]
}

export type PaperSize = 'A3' | 'A4' | 'A5' | 'A6'
/** Papers one after another, each on a sheet of its own. */
export type Papers = Iterable<Paper> | AsyncIterable<Paper>

export type Align = 'left' | 'centre' | 'right'
/** The four colours of risk (ui.md §1.4): never alone, the cell's text says the word. */
export type Colour = 'RED' | 'ORANGE' | 'YELLOW' | 'BLUE'
export type Cell = string | { text: string; colour?: Colour; bold?: boolean; align?: Align; span?: number }
export interface Column {
  title: string
  /** Share of the width; 1 unless said. */
  width?: number
  align?: Align
}

export interface TextBlock {
  kind: 'text'
  text: string
  align: Align
  /** Two characters in, as every paragraph of an official paper. */
  indent: boolean
  bold?: boolean
  size?: number
  /** Characters kept free on the right. */
  inset?: number
}
export interface TableBlock {
  kind: 'table'
  /** Printed above the rows and again on every page they reach; without titles nothing is. */
  columns: Column[]
  rows: Cell[][]
  size: number
}
/** A line to be signed, sealed or dated by hand: what it is for, and a rule to write on; or the drawn signature. */
export interface SigningLine {
  label: string
  value?: string
  /** Drawn or scanned, JPEG or PNG. */
  picture?: Buffer
}

export type Block =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | TextBlock
  | TableBlock
  | { kind: 'picture'; data: Buffer; width: number; align: Align; caption?: string }
  | { kind: 'qr'; text: string; side: number; align: Align; caption?: string }
  | { kind: 'signing'; lines: SigningLine[] }
  /** Who issues and when: one over the other at the right, four characters in, where the seal goes; never torn apart. */
  | { kind: 'closing'; lines: string[] }
  | { kind: 'gap'; lines: number }
  | { kind: 'break' }

export const title = (text: string): Block => ({ kind: 'title', text })
/** 一、 in bold (黑体), （一） in 楷体, 1. as the body. */
export const heading = (text: string, level: 1 | 2 | 3 = 1): Block => ({ kind: 'heading', level, text })
export const text = (content: string, options: Partial<Omit<TextBlock, 'kind' | 'text'>> = {}): TextBlock => ({
  kind: 'text',
  text: content,
  align: 'left',
  indent: options.align === undefined,
  ...options,
})
export const table = (columns: Column[], rows: Cell[][], size = 10.5): TableBlock => ({ kind: 'table', columns, rows, size })

/** Label and value, one or two pairs beside each other: the head of a form. */
export function fields(pairs: [string, string][], beside: 1 | 2 = 1, size = 10.5): TableBlock {
  const label = (word: string): Cell => ({ text: word, bold: true, align: 'centre' })
  const columns = Array.from({ length: beside }, () => [
    { title: '', width: beside === 1 ? 2 : 3 },
    { title: '', width: beside === 1 ? 8 : 7 },
  ]).flat()
  const rows: Cell[][] = []
  for (let at = 0; at < pairs.length; at += beside) {
    const row = pairs.slice(at, at + beside)
    const last = row.length < beside
    rows.push(row.flatMap(([word, value]): Cell[] => [label(word), last ? { text: value, span: 3 } : value]))
  }
  return { kind: 'table', columns, rows, size }
}

/** Boxes to tick, as small forms have them. */
export const ticks = (options: [string, boolean][]): TextBlock => text(options.map(([word, on]) => `${on ? '■' : '□'} ${word}`).join('　'), { indent: false })

/** Millimetres wide; as high as the picture is. */
export const picture = (data: Buffer, width: number, caption?: string): Block => ({
  kind: 'picture',
  data,
  width,
  align: 'centre',
  ...(caption ? { caption } : {}),
})
export const qr = (content: string, side: number, caption?: string): Block => ({
  kind: 'qr',
  text: content,
  side,
  align: 'centre',
  ...(caption ? { caption } : {}),
})
export const signing = (...lines: SigningLine[]): Block => ({ kind: 'signing', lines })
export const closing = (...lines: string[]): Block => ({ kind: 'closing', lines })
export const gap = (lines = 1): Block => ({ kind: 'gap', lines })
export const pageBreak = (): Block => ({ kind: 'break' })

/** A date to be filled in by hand. */
export const BLANK_DATE = '　　　　年　　月　　日'
/** 2023-03-05 → 2023年3月5日: the year in full, no padded month or day (GB/T 9704). */
export const dateText = (day: string | undefined): string => {
  if (!day) return BLANK_DATE
  const [year, month, date] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}

export const cellOf = (cell: Cell): Exclude<Cell, string> => (typeof cell === 'string' ? { text: cell } : cell)
/** Line breaks as a person types them; what no paper can print (control characters) is left out. */
export const printable = (raw: string): string => raw.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, '')
/** Control characters but the end of a line, halves of a pair, and what is no character at all. */
const UNPRINTABLE = /(?!\n)\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu

/** What a paper says, block by block, in the order of both files (repeated heads of tables and page numbers are not content). */
export const textOf = (paper: Paper): string[] => paper.blocks.flatMap(textOfBlock).filter((line) => line !== '')

function textOfBlock(block: Block): string[] {
  switch (block.kind) {
    case 'title':
    case 'heading':
    case 'text':
      return printable(block.text).split('\n')
    case 'table':
      return [...block.columns.map((column) => printable(column.title)), ...block.rows.flat().map((cell) => printable(cellOf(cell).text))]
    case 'picture':
    case 'qr':
      return [printable(block.caption ?? '')]
    case 'signing':
      return block.lines.map(({ label, value = '' }) => printable(label + value))
    case 'closing':
      return block.lines.map(printable)
    case 'gap':
    case 'break':
      return []
  }
}

/** All of a stream, for one paper of ordinary length. */
export async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
