import { createHash } from 'node:crypto'
import { type Block, type Paper, type SigningLine } from '../paper/paper.js'
import type { Letter } from './letter.entity.js'
import { LetterKind } from './terms.js'
import { commitment, notice } from './wording/campaign.js'
import { delisting, extensionReply, listing, rectification, review, transfer } from './wording/hazard.js'
import { order } from './wording/order.js'
import type { Subject, Wording } from './wording/subject.js'

const WORDINGS: Record<LetterKind, (subject: Subject) => Wording> = {
  NOTICE: notice,
  COMMITMENT: commitment,
  RECTIFICATION_NOTICE: rectification,
  STATUTORY_ORDER: order,
  REVIEW_OPINION: review,
  LISTING: listing,
  DELISTING: delisting,
  TRANSFER: transfer,
  EXTENSION_REPLY: extensionReply,
}

export interface Composed {
  title: string
  /** The blocks as JSON: what is frozen. */
  content: string
  sha256: string
}

/** The words of a letter, frozen: the number stands in them, so the hash holds both. */
export function compose(subject: Subject): Composed {
  const { title, blocks } = WORDINGS[subject.kind](subject)
  const content = JSON.stringify(blocks)
  return { title, content, sha256: hashOf(content) }
}

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex')

/** A form is to stand on one sheet: the letters of an official paper, its lines a little closer (domain.md §7.8). */
const FORM = { size: 16, pitch: 26 }

/** The paper of a letter as issued; with the drawn signature where it was signed on the screen. */
export function paperOf(letter: Pick<Letter, 'title' | 'content' | 'number'>, signature?: Buffer): Paper {
  const blocks = JSON.parse(letter.content) as Block[]
  const name = `${letter.title} ${letter.number}`
  return { name, body: FORM, blocks: signature ? blocks.map((block) => (block.kind === 'signing' ? signed(block, signature) : block)) : blocks }
}

/** The first line that asks for a hand is where it was signed. */
function signed(block: Extract<Block, { kind: 'signing' }>, picture: Buffer): Block {
  const at = block.lines.findIndex(({ label }) => /签[字名]/.test(label))
  return { ...block, lines: block.lines.map((line, n): SigningLine => (n === at ? { ...line, picture } : line)) }
}
