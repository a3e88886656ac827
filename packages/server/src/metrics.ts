import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { boardsOf } from './board/boards.js'
import { onCommit } from './shared/act.js'
import { follow } from './shared/follow.js'
import type { MetricsAccess } from './shared/metricsAccess.js'
import type { Reader } from './shared/read/reader.js'

interface Watched {
  reader: Reader
  sockets(): number
  access: MetricsAccess
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const FORWARDED = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']
const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** GET /metrics in the words of Prometheus: requests, statements, the log and how late this process hears of it, sockets, groups of boards. */
export function metricsRoutes(fastify: FastifyInstance, { reader, sockets, access }: Watched): void {
  if (access === 'off') return
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    ...{
      name: 'anbiao_request_seconds',
      help: 'Requests by route and status',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: SECONDS,
      registers,
    },
  })
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000)
    done()
  })
  const statements = new Histogram({
    name: 'anbiao_statement_seconds',
    help: 'Statements of the read path',
    labelNames: ['outcome'] as const,
    buckets: SECONDS,
    registers,
  })
  timed(reader, (seconds, outcome) => statements.observe({ outcome }, seconds))
  const commits = new Counter({ name: 'anbiao_commits_total', help: 'Acts that this process has committed', registers })
  const offCommit = onCommit(() => commits.inc())
  const delay = new Histogram({ name: 'anbiao_log_delay_seconds', help: 'From an act to this process hearing of it', buckets: SECONDS, registers })
  let heard = 0
  const stop = new AbortController()
  void hear()
  async function hear(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        for await (const row of follow(reader, { signal: stop.signal })) {
          heard = row.seq
          if ('at' in row) delay.observe(Math.max(0, (Date.now() - Date.parse(row.at)) / 1_000))
        }
      } catch {
        await new Promise((again) => setTimeout(again, 1_000).unref()) // the database is away for a moment
      }
    }
  }
  // NaN while the database is away: the other figures are wanted just then.
  const headOf = () =>
    reader.all('select seq from chain_head where id = 1').then(
      ([row]) => Number(row?.['seq'] ?? 0),
      () => NaN,
    )
  const asked = (name: string, help: string, value: () => Promise<number>) =>
    new Gauge({ name, help, registers, collect: async function () { this.set(await value()) } }) // prettier-ignore
  asked('anbiao_log_seq', 'The end of the log in the store', headOf)
  asked('anbiao_log_lag_rows', 'Rows of the log that this process has not heard of yet', async () => (heard ? Math.max(0, (await headOf()) - heard) : 0))
  const gauge = (name: string, help: string, value: () => number) => new Gauge({ name, help, registers, collect: function () { this.set(value()) } }) // prettier-ignore
  gauge('anbiao_sockets', 'Open sockets', sockets)
  gauge('anbiao_board_groups', 'Scopes that boards of this process look at', () => boardsOf(reader).size)

  fastify.get('/metrics', { logLevel: 'silent' }, async (request, reply) => {
    if (!admitted(request, access)) return reply.code(404).send({ error: '没有这个地址' })
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })
  fastify.addHook('onClose', () => {
    stop.abort()
    offCommit()
  })
}

/** Behind a proxy everybody comes from this machine: what was handed on is never taken for a neighbour. */
function admitted({ headers, socket }: FastifyRequest, access: Exclude<MetricsAccess, 'off'>): boolean {
  if (access === 'loopback') return LOOPBACK.includes(socket.remoteAddress ?? '') && !FORWARDED.some((name) => headers[name])
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${access.token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function timed(reader: Reader, told: (seconds: number, outcome: 'ok' | 'failed') => void): void {
  for (const name of ['all', 'run'] as const) {
    const plain = reader[name].bind(reader) as (...args: unknown[]) => Promise<never>
    reader[name] = (...args: unknown[]) => {
      const began = performance.now()
      const answer = plain(...args)
      answer.then(
        () => told((performance.now() - began) / 1_000, 'ok'),
        () => told((performance.now() - began) / 1_000, 'failed'),
      )
      return answer
    }
  }
}
