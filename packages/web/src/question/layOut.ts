import { Lexer, Source, TokenKind } from 'graphql'

/** A word of the query, or a bracket with what stands in it; `selection` are the braces around fields. */
interface Piece {
  text: string
  inner?: Piece[]
  selection?: boolean
}

const WIDEST = 100
const CLOSED_BY: Record<string, string> = { '{': '}', '(': ')', '[': ']' }

/**
 * Lays a query out as one would write it by hand: a field on a line, arguments beside it while they fit. It works on the
 * words of the query, so that comments stay; half a query is left as it is.
 */
export function layOut(text: string): string {
  try {
    const pieces = gather(wordsOf(text), undefined, false)
    return `${definitions(pieces)
      .map((definition) => render(definition, 0))
      .join('\n\n')
      .replace(/^(#.*)\n\n/gm, '$1\n')}\n`
  } catch {
    return text
  }
}

function wordsOf(text: string): string[] {
  const lexer = new Lexer(new Source(text))
  const words: string[] = []
  let token = lexer.token
  while (lexer.advance().kind !== TokenKind.EOF);
  while (token.next && token.next.kind !== TokenKind.EOF) {
    token = token.next
    words.push(text.slice(token.start, token.end))
  }
  return words
}

function gather(words: string[], close: string | undefined, inBrackets: boolean): Piece[] {
  const pieces: Piece[] = []
  for (;;) {
    const text = words.shift()
    if (text === close) return pieces
    if (text === undefined || text === '}' || text === ')' || text === ']') throw new Error('unbalanced')
    const end = CLOSED_BY[text]
    if (!end) pieces.push({ text })
    else {
      const selection = text === '{' && !inBrackets
      pieces.push({ text, selection, inner: gather(words, end, !selection) })
    }
  }
}

const isComment = (piece: Piece | undefined) => !!piece?.text.startsWith('#')
const hasComment = (pieces: readonly Piece[]): boolean => pieces.some((piece) => isComment(piece) || (piece.inner && hasComment(piece.inner)))

/** Splits where `begins` says so. */
function split(pieces: readonly Piece[], begins: (piece: Piece, at: number) => boolean): Piece[][] {
  const parts: Piece[][] = []
  pieces.forEach((piece, at) => {
    const part = parts.at(-1)
    if (!part || begins(piece, at) || isComment(part.at(-1))) parts.push([piece])
    else part.push(piece)
  })
  return parts
}

const definitions = (pieces: readonly Piece[]) => split(pieces, (piece, at) => isComment(piece) || !!pieces[at - 1]?.selection)

function itemsOf({ text, inner = [], selection }: Piece): Piece[][] {
  const before = (at: number) => inner[at - 1]?.text
  if (selection)
    return split(inner, (piece, at) => {
      if (isComment(piece) || piece.text === '...') return true
      if (piece.inner || [':', '@'].includes(piece.text)) return false
      if (piece.text === 'on' && before(at) === '...') return false
      return ![':', '@', '...'].includes(before(at) ?? '') && !(before(at) === 'on' && before(at - 1) === '...')
    })
  if (text === '[') return split(inner, (piece, at) => piece.text !== '!' && before(at) !== '$')
  return split(inner, (piece, at) =>
    piece.text === '$' ? before(at) !== ':' && before(at) !== '=' : isComment(piece) || (inner[at + 1]?.text === ':' && before(at) !== '$'),
  )
}

function gap(before: Piece | undefined, piece: Piece): string {
  if (!before || [':', '!'].includes(piece.text) || piece.text === '(' || ['$', '@', '!'].includes(before.text))
    return before?.text === '!' && piece.text !== '!' ? ' ' : ''
  return before.text === '...' && piece.text !== 'on' && !piece.inner ? '' : ' '
}

const flat = (pieces: readonly Piece[]): string =>
  pieces.map((piece, at) => gap(pieces[at - 1], piece) + (piece.inner ? flatBracket(piece) : piece.text)).join('')
function flatBracket(piece: Piece): string {
  const items = itemsOf(piece)
    .map(flat)
    .join(piece.selection ? ' ' : ', ')
  return piece.text === '{' ? `{ ${items} }` : `${piece.text}${items}${CLOSED_BY[piece.text]}`
}

function render(pieces: readonly Piece[], indent: number): string {
  let out = ''
  pieces.forEach((piece, at) => {
    out += gap(pieces[at - 1], piece)
    const column = indent * 2 + out.length - (out.lastIndexOf('\n') + 1)
    out += piece.inner ? bracket(piece, indent, column) : piece.text
  })
  return out
}

function bracket(piece: Piece, indent: number, column: number): string {
  const line = flatBracket(piece)
  if (!piece.selection && !hasComment(piece.inner ?? []) && column + line.length <= WIDEST) return line
  const pad = '  '.repeat(indent + 1)
  const items = itemsOf(piece).map((item) => pad + render(item, indent + 1))
  return `${piece.text}\n${items.join('\n')}\n${'  '.repeat(indent)}${CLOSED_BY[piece.text]}`
}
