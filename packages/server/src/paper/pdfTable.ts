import { type Cell, cellOf, type TableBlock } from './paper.js'
import type { Page } from './pdfPage.js'
import { INK, TABLE_PITCH } from './sheet.js'

const PAD = 4

interface Box {
  x: number
  width: number
  lines: string[]
  cell: Exclude<Cell, string>
}

/** Rows under a head that stands again on every sheet; a row is torn only when it is higher than a sheet. */
export function drawTable(page: Page, block: TableBlock): void {
  const pitch = block.size * TABLE_PITCH
  const head = block.columns.some((column) => column.title)
    ? boxesOf(
        page,
        block,
        block.columns.map(({ title }) => ({ text: title, bold: true, align: 'centre' })),
      )
    : undefined
  const drawHead = () => head && drawRow(page, block.size, head, 'EEEEEE')
  const rows = block.rows.map((row) => boxesOf(page, block, row))
  page.need(heightOf(head ?? [], pitch) + Math.min(heightOf(rows[0] ?? [], pitch), 6 * pitch))
  drawHead()
  for (const row of rows) {
    let rest = row
    while (heightOf(rest, pitch) > page.room) {
      const fits = Math.floor((page.room - 2 * PAD) / pitch)
      const whole = heightOf(row, pitch) <= page.bottom - page.sheet.top - heightOf(head ?? [], pitch)
      if (!whole && fits > 0) {
        drawRow(
          page,
          block.size,
          rest.map((box) => ({ ...box, lines: box.lines.slice(0, fits) })),
        )
        rest = rest.map((box) => ({ ...box, lines: box.lines.slice(fits) }))
      }
      page.turn()
      drawHead()
      // Nothing taller than one line's room can be torn further.
      if (fits <= 0 && heightOf(rest, pitch) > page.room && page.room < pitch + 2 * PAD) break
    }
    drawRow(page, block.size, rest)
  }
}

function boxesOf(page: Page, block: TableBlock, row: readonly Cell[]): Box[] {
  const total = block.columns.reduce((sum, { width = 1 }) => sum + width, 0)
  const widths = block.columns.map(({ width = 1 }) => (width / total) * page.width)
  let column = 0
  let x = page.left
  return row.map((raw) => {
    const cell = { align: block.columns[column]?.align ?? 'left', ...cellOf(raw) }
    const span = cell.span ?? 1
    const width = widths.slice(column, column + span).reduce((sum, one) => sum + one, 0)
    const lines = page.break(cell.text, width - 2 * PAD, { size: block.size, face: cell.bold ? 'bold' : 'regular' })
    const box = { x, width, lines, cell }
    x += width
    column += span
    return box
  })
}

const heightOf = (row: Box[], pitch: number): number => Math.max(0, ...row.map((box) => box.lines.length)) * pitch + 2 * PAD

function drawRow(page: Page, size: number, row: Box[], shade?: string): void {
  const pitch = size * TABLE_PITCH
  const height = heightOf(row, pitch)
  for (const { x, width, lines, cell } of row) {
    const ink = cell.colour && INK[cell.colour]
    const fill = ink?.fill ?? shade
    if (fill) page.doc.rect(x, page.y, width, height).fill(`#${fill}`)
    page.doc.lineWidth(0.6).rect(x, page.y, width, height).stroke('#444444')
    let y = page.y + (height - lines.length * pitch) / 2
    const face = cell.bold ? 'bold' : 'regular'
    for (const line of lines) {
      const free = width - 2 * PAD - page.measure(line.trimEnd(), size, face)
      const shift = cell.align === 'centre' ? free / 2 : cell.align === 'right' ? free : 0
      page.put(line.trimEnd(), x + PAD + shift, y + pitch / 2 + size * 0.37, { size, face, ...(ink ? { colour: ink.text } : {}) })
      y += pitch
    }
  }
  page.y += height
}
