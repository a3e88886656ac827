import type { Paper, PaperSize } from './paper.js'

/** Points; a millimetre is 72/25.4 of them. */
export const mm = (length: number): number => (length * 72) / 25.4

export interface Sheet {
  width: number
  height: number
  top: number
  left: number
  bottom: number
  right: number
  size: number
  pitch: number
  titleSize: number
  numbered: boolean
}

/** GB/T 9704-2012: A4, text block 156 × 225 mm, 22 lines of 3号 (16 pt). The cards and the poster are ours. */
const SHEETS: Record<PaperSize, Sheet> = {
  A4: { width: mm(210), height: mm(297), top: mm(37), left: mm(28), bottom: mm(35), right: mm(26), size: 16, pitch: 29, titleSize: 22, numbered: true },
  A3: { width: mm(297), height: mm(420), top: mm(38), left: mm(30), bottom: mm(30), right: mm(30), size: 22, pitch: 40, titleSize: 44, numbered: false },
  A5: { width: mm(148), height: mm(210), top: mm(12), left: mm(12), bottom: mm(12), right: mm(12), size: 11, pitch: 18, titleSize: 16, numbered: false },
  A6: { width: mm(105), height: mm(148), top: mm(8), left: mm(8), bottom: mm(8), right: mm(8), size: 9, pitch: 14, titleSize: 13, numbered: false },
}

export const sheetOf = (paper: Paper): Sheet => {
  const sheet = SHEETS[paper.size ?? 'A4']
  return { ...sheet, ...paper.body, numbered: paper.numbered ?? sheet.numbered }
}

/** Fill and letters of the four colours, at readable contrast (ui.md §1.4). */
export const INK = {
  RED: { fill: 'C8000A', text: 'FFFFFF' },
  ORANGE: { fill: 'F59A23', text: '222222' },
  YELLOW: { fill: 'FFD400', text: '222222' },
  BLUE: { fill: '1456B8', text: 'FFFFFF' },
} as const

/** Lines of a table stand this much wider apart than its letters are high. */
export const TABLE_PITCH = 1.45

/** Issuer and date stand this many characters in from the right. */
export const CLOSING_INSET = 4
