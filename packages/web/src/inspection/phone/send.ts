import { Client, fetchExchange } from '@urql/core'
import { graphql } from '../../gql/inspection'
import { graphSettings } from '../../shared/graph'
import { refusalOf } from '../../shared/refusal'
import type { Answer, Draft, Signed } from './draft'
import { take } from './store'

/** Nobody's mistake: it can be sent later as it is. */
const PASSING = ['INTERNAL', 'THROTTLED', 'DISK_FULL', 'DATABASE_AWAY', 'DATABASE_BUSY']

export type Answered =
  | { kind: 'SENT'; receipt: { number: string; id?: string } }
  | { kind: 'REFUSED'; word: string }
  | { kind: 'PICTURES_GONE' }
  /** Stays until it can be sent; `word` is the key of the sentence that says what it waits for. */
  | { kind: 'WAIT'; word: string }

/** What a card's PIN has opened, on this device. */
export interface CardPass {
  token: string
  pass: string
  until: string
  worker: string
}
export const passOf = async (card: string): Promise<CardPass | undefined> => {
  const known = await take<CardPass>('cards', card)
  return known && known.until > new Date().toISOString() ? known : undefined
}
export const bearerOf = async (draft: Draft): Promise<string | undefined> => (draft.paper.card ? (await passOf(draft.paper.card))?.pass : undefined)

/** A client of its own: no cache, no way to the sign-in page, and with the card's pass where there is one. */
export const phoneGraph = (bearer?: string): Client =>
  new Client({
    ...graphSettings,
    fetchOptions: { credentials: 'same-origin', ...(bearer ? { headers: { authorization: `Bearer ${bearer}` } } : {}) },
    exchanges: [fetchExchange],
    requestPolicy: 'network-only',
  })

/** Who is signed in on this device; UNKNOWN without a network. */
export async function whoAmI(): Promise<{ id: string; name: string; role: string } | undefined | 'UNKNOWN'> {
  const { data, error } = await phoneGraph()
    .query(
      graphql(`
        query PhoneViewer {
          viewer {
            id
            name
            role
          }
        }
      `),
      {},
    )
    .toPromise()
  if (error?.networkError) return 'UNKNOWN'
  return data?.viewer ?? undefined
}

const SUBMIT = graphql(`
  mutation PhoneCheckSubmit($input: CheckInput!) {
    checkSubmit(input: $input) {
      id
      number
    }
  }
`)
const SUBMIT_CARD = graphql(`
  mutation PhoneCardCheckSubmit($token: String!, $input: CardCheckInput!) {
    cardCheckSubmit(token: $token, input: $input) {
      number
    }
  }
`)

export async function send(draft: Draft, bearer: string | undefined): Promise<Answered> {
  const { paper } = draft
  const client = phoneGraph(bearer)
  if (paper.card) {
    const { data, error } = await client.mutation(SUBMIT_CARD, { token: paper.card, input: shared(draft) }).toPromise()
    return answered(error, data && { number: data.cardCheckSubmit.number })
  }
  const input = {
    ...shared(draft),
    ...{ kind: paper.kind, enterprise: paper.enterprise, receiver: signed(draft.receiver), refusedToSign: draft.refusedToSign || null },
    officers: draft.officers.length ? draft.officers : null,
  }
  const { data, error } = await client.mutation(SUBMIT, { input }).toPromise()
  return answered(error, data && { number: data.checkSubmit.number, id: data.checkSubmit.id })
}

function answered(error: Parameters<typeof refusalOf>[0] | undefined, receipt: { number: string; id?: string } | undefined): Answered {
  if (receipt) return { kind: 'SENT', receipt }
  if (!error || error.networkError) return { kind: 'WAIT', word: 'inspection.wait.network' }
  const { code, field, message } = refusalOf(error)
  if (code === 'UNAUTHENTICATED') return { kind: 'WAIT', word: 'inspection.wait.signIn' }
  if (PASSING.includes(code)) return { kind: 'WAIT', word: 'inspection.wait.network' }
  if (code === 'NOT_FOUND' && (field === 'photos' || field === 'signature')) return { kind: 'PICTURES_GONE' }
  return { kind: 'REFUSED', word: message }
}

const ids = (shots: Answer['photos']) => shots.flatMap(({ sent }) => (sent ? [sent.id] : []))
const signed = (by: Signed | undefined) => (by?.shot.sent ? { name: by.name, picture: by.shot.sent.id, at: by.at } : null)

const shared = ({ key, paper, startedAt, doneAt, answers, remark, checker }: Draft) => ({
  ...{ key, checklist: paper.checklist, task: paper.task ?? null, startedAt, doneAt: doneAt ?? startedAt, remark: remark || null, checker: signed(checker) },
  results: paper.items.map(({ id }) => resultOf(id, answers[id]!)),
})

const resultOf = (item: string, { outcome = 'NOT_CHECKED', note, place, photos, after, hazard, interim }: Answer) => ({
  ...{ item, outcome, note: note || null, place: place || null },
  ...{ photos: ids(photos), photosAfter: outcome === 'FIXED' ? ids(after) : null },
  ...{ hazard: outcome === 'FAIL' && hazard, interimMeasure: interim || null },
})
