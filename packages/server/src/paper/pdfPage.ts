import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { breakLines } from './lineBreak.js'
import { type Align, type Paper, printable } from './paper.js'
import { type Sheet, sheetOf } from './sheet.js'

type Doc = PDFKit.PDFDocument
export type Face = 'regular' | 'bold'

const FILES: Record<Face, string> = { regular: '400Regular/NotoSerifSC_400Regular.ttf', bold: '700Bold/NotoSerifSC_700Bold.ttf' }
/** 15 MB a face: read once for all papers under way, forgotten when nobody prints. */
const read = new Map<Face, WeakRef<Buffer>>()

function font(face: Face): Buffer {
  let bytes = read.get(face)?.deref()
  if (!bytes) read.set(face, new WeakRef((bytes = readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-serif-sc/${FILES[face]}`)))))
  return bytes
}
export const registerFaces = (doc: Doc): Doc => doc.registerFont('regular', font('regular')).registerFont('bold', font('bold'))

/** Widths of single characters in ems; the same for every document of the process. */
const WIDTHS: Record<Face, Map<string, number>> = { regular: new Map(), bold: new Map() }

/** Where a baseline stands in a line: the letters of the face are centred in the pitch. */
const BASELINE = 0.37

/** A line that would have to be spread wider than this, in ems a letter, stays ragged. */
const MOST_SPREAD = 0.12

export interface Style {
  face?: Face
  size?: number
  pitch?: number
  align?: Align
  colour?: string
}

/** The sheets of one paper being filled from top to bottom. */
export class Page {
  readonly sheet: Sheet
  y = 0
  private count = 0

  constructor(
    readonly doc: Doc,
    paper: Paper,
  ) {
    this.sheet = sheetOf(paper)
    this.turn()
  }

  get left(): number {
    return this.sheet.left
  }
  get width(): number {
    return this.sheet.width - this.sheet.left - this.sheet.right
  }
  get bottom(): number {
    return this.sheet.height - this.sheet.bottom
  }
  get room(): number {
    return this.bottom - this.y
  }
  get blank(): boolean {
    return this.y === this.sheet.top
  }

  /** A new sheet, with its number at the foot: odd on the right, even on the left, one character in (GB/T 9704). */
  turn(): void {
    const { width, height, top, left, right, bottom, numbered } = this.sheet
    this.doc.addPage({ size: [width, height], margin: 0 })
    this.count += 1
    this.y = top
    if (!numbered) return
    const number = `— ${this.count} —`
    const wide = this.measure(number, 14)
    this.put(number, this.count % 2 ? width - right - 14 - wide : left + 14, height - bottom + 19.8 + 14, { size: 14 })
  }

  /** Turns the page unless this much fits; what is higher than a page begins where it is. */
  need(height: number): void {
    if (height > this.room + 0.01 && !this.blank) this.turn()
  }

  measure(text: string, size: number, face: Face = 'regular'): number {
    const known = WIDTHS[face]
    let ems = 0
    for (const letter of text) {
      let wide = known.get(letter)
      if (wide === undefined) known.set(letter, (wide = this.doc.font(face).fontSize(100).widthOfString(letter) / 100))
      ems += wide
    }
    return ems * size
  }

  break(text: string, width: number, style: Style = {}, first = 0): string[] {
    const { size = this.sheet.size, face = 'regular' } = style
    return breakLines(printable(text), width, (part) => this.measure(part, size, face), first)
  }

  /** One line of letters on its baseline. */
  put(line: string, x: number, baseline: number, style: Style, spread = 0): void {
    if (!line) return
    const { face = 'regular', size = this.sheet.size, colour = '222222' } = style
    this.doc.font(face).fontSize(size).fillColor(`#${colour}`)
    this.doc.text(line, x, baseline, { lineBreak: false, baseline: 'alphabetic', characterSpacing: spread })
  }

  /** A paragraph: broken, justified where it runs on, across as many sheets as it takes. */
  paragraph(text: string, style: Style & { indent?: number; inset?: number; together?: boolean } = {}): void {
    const { size = this.sheet.size, pitch = this.sheet.pitch, face = 'regular', align = 'left', indent = 0, inset = 0 } = style
    const width = this.width - inset
    for (const part of printable(text).split('\n')) {
      const lines = this.break(part, width, { size, face }, indent)
      if (style.together) this.need(lines.length * pitch)
      lines.forEach((line, at) => {
        this.need(pitch)
        const used = this.measure(line.trimEnd(), size, face)
        const start = at === 0 ? indent : 0
        const free = width - start - used
        const letters = [...line.trimEnd()].length
        const spread = letters > 1 ? free / (letters - 1) : 0
        const justified = align === 'left' && at < lines.length - 1 && spread > 0 && spread <= size * MOST_SPREAD
        const x = this.left + start + (align === 'centre' ? free / 2 : align === 'right' ? free : 0)
        this.put(line.trimEnd(), x, this.y + pitch / 2 + size * BASELINE, { ...style, size }, justified ? spread : 0)
        this.y += pitch
      })
    }
  }
}
