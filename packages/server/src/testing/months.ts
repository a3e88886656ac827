import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import { openSummaries } from '../report/openDaily.js'
import type { Town } from './town.js'

export interface SummaryRow {
  id: string
  version: number
  level: string
  unitName: string
  period: string
  dueOn: string
  state: string
  standing: string
  late: boolean
  asOf: string | null
  practice: string | null
  fillerName: string | null
  returnReason: string | null
  returns: number
  corrections: number
  chases: number
  acts: string[]
}
export interface Sheet {
  asOf: string
  frozen: boolean
  lines: { key: string; label: string; unit: string; value: number | null }[]
  below: { summary: string; unitName: string; state: string; reason: string | null }[]
}
const ROW = 'id version level unitName period dueOn state standing late asOf practice fillerName returnReason returns corrections chases acts'

/** Summaries through the graph, as tests speak of them. */
export class Months {
  constructor(private readonly town: Town) {}

  open(day: string): Promise<number> {
    const { store, clock } = this.town
    return openSummaries({ em: store.em({ division: '' }), actor: undefined, now: clock.now, request: 'daily' }, day)
  }

  /** A fact of the month that is entered now. */
  closeDown(firm: string, day: string): Promise<void> {
    const { store, clock, enterprises } = this.town
    return act({ em: store.em({ division: '' }), actor: undefined, now: clock.now, request: 'test' }, 'enterpriseCloseDown', async ({ em }) => {
      ;(await em.findOneOrFail(Enterprise, { id: enterprises[firm]! })).closeDown(day, '2027-01-01')
    })
  }

  async list(who: string): Promise<SummaryRow[]> {
    const { summaries } = await this.town.get<{ summaries: { nodes: SummaryRow[] } }>(
      who,
      `{ summaries(first: 100, orderBy: [{ field: period }, { field: level }, { field: unit }]) { nodes { ${ROW} } } }`,
    )
    return summaries.nodes
  }

  look = async (who: string, { id }: { id: string }): Promise<SummaryRow> =>
    (await this.town.get<{ summary: SummaryRow }>(who, `query ($id: ID!) { summary(id: $id) { ${ROW} } }`, { id })).summary

  async sheet(who: string, { id }: { id: string }, asOf?: string | null): Promise<Sheet> {
    const query =
      'query ($id: ID!, $asOf: Instant) { summarySheet(id: $id, asOf: $asOf) { asOf frozen lines { key label unit value } below { summary unitName state reason } } }'
    return (await this.town.get<{ summarySheet: Sheet }>(who, query, { id, asOf })).summarySheet
  }

  write = (who: string, row: SummaryRow, words: object) => this.act(who, 'write', row, words)
  submit = (who: string, row: SummaryRow, missing?: object[]) => this.act(who, 'submit', row, missing)
  accept = (who: string, row: SummaryRow) => this.act(who, 'accept', row)
  giveBack = (who: string, row: SummaryRow, reason: string) => this.act(who, 'return', row, reason)
  reopen = (who: string, row: SummaryRow, reason: string) => this.act(who, 'reopen', row, reason)
  chase = (who: string, row: SummaryRow) => this.act(who, 'chase', row)

  async act(who: string, what: Act, row: SummaryRow, more?: unknown): Promise<SummaryRow> {
    const { query, variables, field } = this.#asked(what, row, more)
    return (await this.town.get<Record<string, SummaryRow>>(who, query, variables))[field]!
  }
  code(who: string, what: Act, row: SummaryRow, more?: unknown): Promise<string | undefined> {
    const { query, variables } = this.#asked(what, row, more)
    return this.town.code(who, query, variables)
  }

  #asked(what: Act, { id, version }: SummaryRow, more: unknown) {
    const field = {
      write: 'summaryWrite',
      submit: 'summarySubmit',
      accept: 'summaryAccept',
      return: 'summaryReturn',
      reopen: 'summaryReopen',
      chase: 'summaryChase',
    }[what]
    const own = {
      write: ['words', 'SummaryWordsInput!'],
      submit: ['missing', '[NamedMissing!]'],
      accept: undefined,
      return: ['reason', 'String!'],
      reopen: ['reason', 'String!'],
      chase: undefined,
    }[what]
    const [declared, passed] = own ? [`, $m: ${own[1]}`, `, ${own[0]}: $m`] : ['', '']
    return {
      field,
      query: `mutation ($id: ID!, $v: Int!${declared}) { ${field}(id: $id, version: $v${passed}) { ${ROW} } }`,
      variables: { id, v: version, ...(own ? { m: more } : {}) },
    }
  }

  async corrections(who: string) {
    interface Correction {
      reason: string
      reopenedByName: string
      asOfBefore: string
      asOfAfter: string | null
      changed: { key: string; label: string; unit: string; before: number | null; after: number | null }[]
    }
    const [one] = (await this.list(who)).filter(({ corrections }) => corrections)
    const query = '($id: ID!) { summary(id: $id) { corrected { reason reopenedByName asOfBefore asOfAfter changed { key label unit before after } } } }'
    return (await this.town.get<{ summary: { corrected: Correction[] } }>(who, `query ${query}`, { id: one!.id })).summary.corrected
  }

  /** Every way by which somebody gets at a summary: those that answered with anything of it. */
  async paths(who: string, id: string): Promise<string[]> {
    const found: string[] = []
    const graph: Record<string, string> = {
      list: '{ summaries { nodes { id } } }',
      total: '{ summaries { totalCount } }',
      group: '{ summaries { groups { nodes { key { state } count } } } }',
      then: `{ summaries(asOf: "${this.town.clock.now.toISOString()}") { nodes { id } } }`,
      one: `{ summary(id: "${id}") { id } }`,
      sheet: `{ summarySheet(id: "${id}") { asOf } }`,
      history: `{ changes(thing: "Summary", record: "${id}") { nodes { seq } } }`,
    }
    for (const [name, query] of Object.entries(graph)) {
      const { data } = await this.town.ask(who, query)
      const text = JSON.stringify(data ?? null)
      const own = ['total', 'group', 'history', 'sheet'].includes(name) ? /[1-9]/.test(text.replace(/"(summaries|summarySheet)"/g, '')) : text.includes(id)
      if (own && !(await this.#onlyOwn(who, id, name))) found.push(name)
    }
    const token = await this.town.as(who)
    for (const url of [`/summaries/${id}.pdf`, `/summaries/${id}.docx`, '/export/summaries.csv']) {
      const answer = await this.town.app.fastify.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
      if (answer.statusCode === 200 && (!url.startsWith('/export') || answer.body.includes(id))) found.push(url)
    }
    return found
  }

  /** A station has summaries of its own: a number of rows says nothing of another's. */
  async #onlyOwn(who: string, id: string, name: string): Promise<boolean> {
    if (name !== 'total' && name !== 'group') return false
    const { data } = await this.town.ask(who, '{ summaries { nodes { id } } }')
    return !JSON.stringify(data).includes(id)
  }
}
type Act = 'write' | 'submit' | 'accept' | 'return' | 'reopen' | 'chase'
