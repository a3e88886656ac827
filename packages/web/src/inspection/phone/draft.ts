import { all, drop, keep, take } from './store'

export type Outcome = 'PASS' | 'FAIL' | 'FIXED' | 'NA' | 'NOT_CHECKED'
export type Kind = 'SELF_CHECK' | 'GRID_PATROL' | 'STATION_GUIDANCE' | 'EXPERT_SERVICE' | 'ENFORCEMENT' | 'REPORT_VERIFICATION'

export interface PaperItem {
  id: string
  section?: string | null
  content: string
  requirement?: string | null
  method?: string | null
  severity: string
  critical: boolean
}
/** What is to be checked, whole, so that it can be done without a network. */
export interface Paper {
  id: string
  checklist: string
  title: string
  kind: Kind
  enterprise: string
  enterpriseName: string
  where: string
  task?: string | null
  dueOn?: string | null
  shift?: number | null
  items: PaperItem[]
  /** Opened by this card: it is sent with the card's pass. */
  card?: string
}
/** A picture lies in the store under its own id; `sent` is what the server calls it. */
export interface Shot {
  id: string
  sent?: { id: string; at: number }
}
export interface Answer {
  outcome?: Outcome
  note: string
  place: string
  photos: Shot[]
  after: Shot[]
  hazard: boolean
  interim: string
}
export interface Signed {
  name: string
  shot: Shot
  at: string
}
/** OPEN being filled in · READY 待上传 · SENT · REFUSED by the server, in its words. */
export type DraftState = 'OPEN' | 'READY' | 'SENT' | 'REFUSED'

export interface Draft {
  /** Made here, once: however often the draft is sent, it is one record. */
  key: string
  owner: { id?: string; name: string }
  paper: Paper
  startedAt: string
  doneAt?: string
  at: number
  answers: Record<string, Answer>
  remark: string
  checker?: Signed
  receiver?: Signed
  refusedToSign: string
  officers: { name: string; certificate: string }[]
  state: DraftState
  /** Why it is still here. */
  word?: string
  receipt?: { number: string; id?: string }
  savedAt: string
}

const WEEK = 7 * 86_400_000
export const blank = (): Answer => ({ note: '', place: '', photos: [], after: [], hazard: true, interim: '' })

/** On plain http there is no randomUUID; the random numbers are there. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export async function begin(paper: Paper, owner: Draft['owner']): Promise<Draft> {
  const now = new Date().toISOString()
  const answers = Object.fromEntries(paper.items.map(({ id }) => [id, blank()]))
  const draft: Draft = {
    ...{ key: newKey(), owner, paper, startedAt: now, at: 0, answers, remark: '', refusedToSign: '', state: 'OPEN', savedAt: now },
    officers:
      paper.kind === 'ENFORCEMENT'
        ? [
            { name: '', certificate: '' },
            { name: '', certificate: '' },
          ]
        : [],
  }
  await save(draft)
  return draft
}

/** Plain data only: a reactive object cannot be stored. */
export async function save(draft: Draft): Promise<void> {
  draft.savedAt = new Date().toISOString()
  await keep('drafts', draft.key, JSON.parse(JSON.stringify(draft)))
}
export const load = (key: string): Promise<Draft | undefined> => take<Draft>('drafts', key)
export const drafts = async (): Promise<Draft[]> => (await all<Draft>('drafts')).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))

export const shotsOf = (draft: Draft): Shot[] => [
  ...Object.values(draft.answers).flatMap(({ photos, after }) => [...photos, ...after]),
  ...[draft.checker?.shot, draft.receiver?.shot].filter((shot) => shot !== undefined),
]

export async function discard(draft: Draft): Promise<void> {
  for (const { id } of shotsOf(draft)) await drop('pictures', id)
  await drop('drafts', draft.key)
}

/** What was sent is shown for a week; its pictures go at once. */
export async function tidy(): Promise<void> {
  for (const draft of await drafts()) if (draft.state === 'SENT' && Date.parse(draft.savedAt) < Date.now() - WEEK) await discard(draft)
}

/** What an answer still lacks: the key of the words that say so. */
export function lackOf({ severity }: PaperItem, { outcome, note, photos, after, hazard, interim }: Answer): string | undefined {
  if (outcome === 'NA' && !note.trim()) return 'inspection.lack.reason'
  if (outcome === 'FIXED' && !note.trim()) return 'inspection.lack.how'
  if (outcome === 'FIXED' && (!photos.length || !after.length)) return 'inspection.lack.photos'
  if (outcome === 'FAIL' && hazard && severity === 'MAJOR' && !interim.trim()) return 'inspection.lack.interim'
  return undefined
}
