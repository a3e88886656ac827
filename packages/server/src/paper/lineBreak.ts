/** May not begin a line (避头). */
const NO_BEGIN = new Set('，。、；：？！）》〉】〕』」﹞”’…—～·％%,.;:?!)]}°℃')
/** May not end a line (避尾). */
const NO_END = new Set('（《〈【〔『「﹝“‘([{￥$№')

/** What is never torn: a date left blank, a run of Latin letters and digits with the marks inside it, two dashes or dots. */
const WHOLE = /[\u3000 ]*(?:\d{4})?[\u3000 ]*年[\u3000 ]+月[\u3000 ]+日|[A-Za-z0-9À-ɏ]+(?:[-./_:@&+][A-Za-z0-9À-ɏ]+)*|——|……| +/uy

/** Pieces of a line between which it may break: Chinese character by character, with the marks that cling to them. */
export function pieces(text: string): string[] {
  const parts: string[] = []
  for (let at = 0; at < text.length;) {
    WHOLE.lastIndex = at
    const part = WHOLE.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(at)!)
    at += part.length
    const before = parts.at(-1)
    const clings = before !== undefined && (NO_BEGIN.has(part[0]!) || NO_END.has(before.at(-1)!) || part.startsWith(' '))
    if (clings) parts[parts.length - 1] = before + part
    else parts.push(part)
  }
  return parts
}

/**
 * The lines of a text in a given width (禁则处理: what may not begin or end a line goes with its neighbour).
 * `measure` gives the width of a text; `first` is what the first line loses to its indent. A piece wider than a line is torn.
 */
export function breakLines(text: string, width: number, measure: (text: string) => number, first = 0): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    let used = first && !lines.length ? first : 0
    const end = () => {
      lines.push(line)
      line = ''
      used = 0
    }
    for (const piece of pieces(paragraph)) {
      // A space at the end of a line takes no room.
      const wide = measure(piece)
      if (line && used + measure(piece.trimEnd()) > width + 0.01) end()
      if (used + measure(piece.trimEnd()) <= width + 0.01) {
        line += piece
        used += wide
        continue
      }
      for (const letter of piece) {
        const one = measure(letter)
        if (line && used + one > width + 0.01) end()
        line += letter
        used += one
      }
    }
    end()
  }
  return lines
}
