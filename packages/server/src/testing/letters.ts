import { form, jpeg } from './fileBench.js'
import type { Answer, Town } from './town.js'

export interface LetterRow {
  id: string
  version: number
  number: string
  serial: number
  stage: string
  sha256: string
  content: string
  copiesDone: number
  resign: boolean
  resignReason: string | null
  enterprise: { id: string }
  copies: { nodes: { no: number; holder: string; receivedAt: string | null; receiverName: string | null }[] }
}
export const LETTER =
  'id version number serial stage sha256 content copiesDone resign resignReason enterprise { id } copies { nodes { no holder receivedAt receiverName } }'

/** What is done with letters, through the graph, as anybody. */
export class Letters {
  constructor(private readonly town: Town) {}

  /** Sends a photo as this person and gives its id. */
  async photo(who: string): Promise<string> {
    const headers = { authorization: `Bearer ${await this.town.as(who)}` }
    const sent = await this.town.app.fastify.inject({ method: 'POST', url: '/files', ...form([{ name: '回执.jpg', bytes: await jpeg('#246', 120) }], headers) })
    return sent.json<{ files: { id: string }[] }>().files[0]!.id
  }

  issue(who: string, kind: string, firms: object, facts: object = {}): Promise<Answer> {
    return this.town.ask(
      who,
      'mutation ($k: LetterKind!, $w: LetterFirms!, $f: LetterFacts) { lettersIssue(kind: $k, firms: $w, facts: $f) { done letters refused { id name code message } } }',
      { k: kind, w: firms, f: facts },
    )
  }

  async issued(who: string, kind: string, enterprise: string, facts: object = {}): Promise<LetterRow> {
    const { data, errors } = await this.issue(who, kind, { ids: [enterprise] }, facts)
    const { letters, refused } = (data?.['lettersIssue'] ?? { letters: [], refused: errors }) as { letters: string[]; refused: unknown }
    if (!letters[0]) throw new Error(JSON.stringify(refused))
    return this.look('town', letters[0])
  }

  ofHazard(who: string, kind: string, hazard: string, facts: object = {}): Promise<Answer> {
    return this.town.ask(who, `mutation ($k: LetterKind!, $h: ID!, $f: LetterFacts) { letterOfHazard(kind: $k, hazard: $h, facts: $f) { ${LETTER} } }`, {
      ...{ k: kind, h: hazard, f: facts },
    })
  }

  async look(who: string, id: string): Promise<LetterRow> {
    return (await this.town.get<{ letter: LetterRow }>(who, `query ($id: ID!) { letter(id: $id) { ${LETTER} } }`, { id })).letter
  }

  async deliver(who: string, { id }: { id: string }, role: string, name: string, paper = true): Promise<Answer> {
    const { version } = await this.look('town', id)
    return this.town.ask(
      who,
      `mutation ($id: ID!, $v: Int!, $r: SignerRole!, $n: String!, $p: [ID!]) { letterDeliver(id: $id, version: $v, role: $r, name: $n, papers: $p) { ${LETTER} } }`,
      { id, v: version, r: role, n: name, p: paper ? [await this.photo(who)] : [] },
    )
  }

  async receive(who: string, { id }: { id: string }, no: number, photo = no === 2): Promise<Answer> {
    const { version } = await this.look('town', id)
    return this.town.ask(
      who,
      `mutation ($id: ID!, $v: Int!, $no: Int!, $p: [ID!]) { letterCopyReceive(id: $id, version: $v, no: $no, photos: $p) { ${LETTER} } }`,
      {
        ...{ id, v: version, no, p: photo ? [await this.photo(who)] : [] },
      },
    )
  }

  async withdraw(who: string, { id }: { id: string }, no: number, reason = '登记错了'): Promise<Answer> {
    const { version } = await this.look('town', id)
    const asked = `mutation ($id: ID!, $v: Int!, $no: Int!, $r: String!) { letterCopyWithdraw(id: $id, version: $v, no: $no, reason: $r) { ${LETTER} } }`
    return this.town.ask(who, asked, { id, v: version, no, r: reason })
  }

  async void(who: string, { id }: { id: string }, reason = '填错了'): Promise<Answer> {
    const { version } = await this.look('town', id)
    return this.town.ask(who, `mutation ($id: ID!, $v: Int!, $r: String!) { letterVoid(id: $id, version: $v, reason: $r) { ${LETTER} } }`, {
      id,
      v: version,
      r: reason,
    })
  }

  async file(who: string, url: string): Promise<{ status: number; body: Buffer; type: string }> {
    const answer = await this.town.app.fastify.inject({ method: 'GET', url, headers: { authorization: `Bearer ${await this.town.as(who)}` } })
    return { status: answer.statusCode, body: answer.rawPayload, type: String(answer.headers['content-type']) }
  }
}
export const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code
