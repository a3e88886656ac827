import { createHash, randomUUID } from 'node:crypto'
import { form } from './fileBench.js'
import type { Town } from './town.js'

export interface StrangerReport {
  village?: string
  enterprise?: string
  about?: string
  place?: string
  content?: string
  name?: string
  phone?: string
  website?: string
  key?: string
  ticket?: string
  work?: string
}
export interface Reply {
  status: number
  receipt?: string
  code?: string
  message?: string
  field?: string
}

/** The number a browser looks for before it sends. */
export function solve(ticket: string, key: string, bits: number): string {
  for (let n = 0; ; n++) {
    const work = n.toString(36)
    const hash = createHash('sha256').update(`${ticket}|${key}|${work}`).digest()
    if (bits === 0 || hash.readUInt32BE(0) >>> (32 - bits) === 0) return work
  }
}

/** Somebody without an account who opens the page, fills it in and sends it. */
export class Stranger {
  constructor(
    private readonly town: Town,
    readonly address = '203.0.113.7',
  ) {}

  async open(more = ''): Promise<{ ticket: string; bits: number; seconds: number; village: string | null; stale: boolean; enterpriseName: string | null }> {
    const query = `{ publicForm${more} { ticket bits seconds photos photoMb village stale enterpriseName villages { code name town } } }`
    const answer = await this.ask<{ publicForm: never }>(query)
    return answer.data!.publicForm
  }

  async ask<T>(query: string, variables: object = {}): Promise<{ data: T | null; errors?: { message: string; extensions: { code: string } }[] }> {
    const { fastify } = this.town.app
    return (await fastify.inject({ method: 'POST', url: '/graphql', remoteAddress: this.address, payload: { query, variables } })).json()
  }

  status(receipt: string) {
    return this.ask<{ publicStatus: Record<string, unknown> }>('query ($r: String!) { publicStatus(receipt: $r) { stage receivedOn closedOn answer } }', {
      r: receipt,
    })
  }

  /** Sends as the page does: not before the seconds are over, with the work done. */
  async send(facts: StrangerReport = {}, photos: { name: string; bytes: Buffer | string }[] = []): Promise<Reply> {
    const { ticket, bits, seconds } = await this.open()
    this.town.clock.now = new Date(this.town.clock.now.getTime() + seconds * 1000)
    const key = facts.key ?? randomUUID()
    return this.post({ ticket, work: solve(facts.ticket ?? ticket, key, bits), ...FACTS, ...facts, key }, photos)
  }

  async post(
    facts: object | string,
    photos: { name: string; bytes: Buffer | string }[] = [],
    headers: Record<string, string> = { 'x-anbiao': '1' },
  ): Promise<Reply> {
    const { payload, headers: typed } = form(photos, headers)
    const said = typeof facts === 'string' ? facts : JSON.stringify(facts)
    const boundary = /boundary=(.+)$/.exec(typed['content-type']!)![1]!
    const first = Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="facts"\r\n\r\n${said}\r\n`)
    const answer = await this.town.app.fastify.inject({
      ...{ method: 'POST', url: '/reports', remoteAddress: this.address, headers: typed },
      payload: Buffer.concat([first, payload]),
    })
    return { status: answer.statusCode, ...answer.json<Omit<Reply, 'status'>>() }
  }
}

const FACTS = { village: '350524106201', place: '茶厂后门', content: '安全出口被纸箱堵住，晚上还上锁' }
