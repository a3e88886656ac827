import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { type Finding, quantile, round } from './measure.js'
import { dist, type Rig } from './rig.js'

const TOWN = '350524106'
const SUBSCRIBERS = 500
const EVENTS = 16
const QUERY =
  'subscription { board { seq asOf total closed open overdue funnel { stage count } villages { code name found closed open overdue onTimeRate } stations { code name found closed open overdue onTimeRate } latestClosures { number enterprise at } byDay { day found closed } } }'

/** CPU time of a process in ms, as Linux tells it. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** A server that sends one string to whoever is there, in a process of its own: what a board message costs at least. */
interface Bare {
  port: number
  pid: number
  send(): void
  stop(): void
}
async function startBare(text: string): Promise<Bare> {
  const child: ChildProcess = fork(dist('bench/bareSocket.js'), { stdio: 'inherit' })
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))))
  child.send(text)
  return { port, pid: child.pid!, send: () => void child.send('now'), stop: () => void child.kill('SIGKILL') }
}

/** Sockets that count what comes, and when the last message of each turn came. */
class Audience {
  readonly sockets: WebSocket[] = []
  readonly arrivals: number[] = []
  bytes = ''

  async open(many: number, port: number, hello: (socket: WebSocket) => void, isEvent: (text: string) => boolean): Promise<void> {
    for (let i = 0; i < many; i += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, many - i) }, async () => {
          const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { perMessageDeflate: false })
          this.sockets.push(socket)
          socket.on('message', (data: Buffer) => {
            const head = data.toString('utf8', 0, 60)
            if (isEvent(head)) {
              this.arrivals.push(performance.now())
              if (!this.bytes) this.bytes = String(data)
            } else if (head.includes('connection_ack')) socket.send(JSON.stringify({ id: String(i), type: 'subscribe', payload: { query: QUERY } }))
            else if (head.includes('"error"')) throw new Error(String(data))
          })
          await new Promise((resolve, reject) => {
            socket.once('open', resolve)
            socket.once('error', reject)
          })
          hello(socket)
        }),
      )
  }
  async hears(messages: number): Promise<void> {
    const deadline = Date.now() + 30_000
    while (this.arrivals.length < messages && Date.now() < deadline) await pause(5)
    if (this.arrivals.length < messages) throw new Error(`${this.arrivals.length} of ${messages} messages came`)
  }
  close(): void {
    for (const socket of this.sockets) socket.terminate()
  }
}

interface Spent {
  cpuPerMessageUs: number
  p99: number
}

/** Sends event after event at the boards' own pace, and takes what the process spent and how late each message came. */
async function measure(audience: Audience, pid: number, many: number, event: () => Promise<number> | number): Promise<Spent> {
  const late: number[] = []
  const before = cpuMs(pid)
  for (let i = 0; i < EVENTS; i++) {
    audience.arrivals.length = 0
    const from = await event()
    await audience.hears(many)
    for (const at of audience.arrivals) late.push(at - from)
    await pause(650)
  }
  return { cpuPerMessageUs: ((cpuMs(pid) - before) * 1_000) / (many * EVENTS), p99: quantile(late, 0.99) }
}

/**
 * P8: CPU of the server for each board message that it delivers ÷ that of a bare socket server sending the same string.
 * P9: how late the slowest hundredth comes after the first of its event ÷ the same of the bare server.
 */
export async function fanOut(rig: Rig, id: 'P8' | 'P9' | 'P9B', subscribers = SUBSCRIBERS): Promise<Finding> {
  const town = await rig.signIn('town')
  const links: string[] = []
  for (let i = 0; i < Math.ceil(subscribers / 500); i++) {
    const { boardLinkCreate } = await rig.ask<{ boardLinkCreate: { url: string } }>(
      town,
      'mutation ($day: Day!, $division: String!) { boardLinkCreate(name: "bench", division: $division, expiresOn: $day) { url } }',
      { day: new Date(Date.now() + 864e5).toISOString().slice(0, 10), division: TOWN },
    )
    links.push(boardLinkCreate.url.split('/').pop()!)
  }
  const { hazards } = await rig.ask<{ hazards: { nodes: { id: string; version: number }[] } }>(
    town,
    'query { hazards(first: 100, where: { stage: { in: [REGISTERED, NOTIFIED, RECTIFYING] } }) { nodes { id version } } }',
  )
  let next = 0
  const change = async () => {
    const one = hazards.nodes[next++]!
    await rig.ask(town, 'mutation ($id: ID!, $v: Int!) { hazardVoid(id: $id, version: $v, reason: "压测") { id } }', { id: one.id, v: one.version })
  }
  const ours = new Audience()
  const theirs = new Audience()
  let bare: Bare | undefined
  try {
    let n = 0
    const init = (socket: WebSocket) => socket.send(JSON.stringify({ type: 'connection_init', payload: { token: links[Math.floor(n++ / 500)] } }))
    await ours.open(subscribers, rig.server.port, init, (head) => head.includes('"next"'))
    await ours.hears(subscribers)
    bare = await startBare(ours.bytes)
    await theirs.open(
      subscribers,
      bare.port,
      () => undefined,
      () => true,
    )
    const first = (audience: Audience) => async () => {
      while (!audience.arrivals.length) await pause(1)
      return audience.arrivals[0]!
    }
    const bareEvent = async () => (bare!.send(), first(theirs)())
    await measure(theirs, bare.pid, subscribers, bareEvent)
    const mine = await measure(ours, rig.server.pid, subscribers, async () => (await change(), first(ours)()))
    const bares = await measure(theirs, bare.pid, subscribers, bareEvent)
    const [mineOne, bareOne] = id === 'P8' ? [mine.cpuPerMessageUs, bares.cpuPerMessageUs] : [mine.p99, bares.p99]
    return {
      ...{ id, engine: rig.engine, rows: rig.rows, ratio: round(mineOne / bareOne), target: 2 },
      note:
        id === 'P8'
          ? `at most; ${mineOne.toFixed(1)} ÷ ${bareOne.toFixed(1)} µs a message of ${Buffer.byteLength(ours.bytes)} bytes, ${subscribers} boards × ${EVENTS} events, the acts and the counting included`
          : `at most; p99 ${mineOne.toFixed(1)} ÷ ${bareOne.toFixed(1)} ms after the first of its event, ${subscribers} boards × ${EVENTS} events`,
    }
  } finally {
    ours.close()
    theirs.close()
    bare?.stop()
  }
}
