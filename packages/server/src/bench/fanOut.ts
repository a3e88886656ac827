import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { type Finding, quantile, round } from './measure.js'
import { dist, type Rig } from './rig.js'

const TOWN = '350524106'
const SUBSCRIBERS = 500
const EVENTS = 30
/** As a server that has run for a minute: before that, what is compiled while it runs costs more than the sending. */
const WARM_UP = 40
/** What a wall asks, with every field of each change. */
const GROUP = 'rows { code name rank found closed open majorOpen overdue onTimeRate } order'
const QUERY = `subscription { boardChanges { step since seq asOf changedAt
  board { total closed open overdue funnel { stage count } villages { code name rank found closed open majorOpen overdue onTimeRate } latestClosures { number enterprise at } byDay { day found closed } }
  delta { sums { total closed open overdue transferred majorOpen foundToday closedToday closedThisMonth rectificationRate onTimeRate } funnel { rows { stage count } order }
    villages { ${GROUP} } stations { ${GROUP} } overdueMajors { rows { number enterprise village daysOver } order }
    latestClosures { rows { number enterprise shortName village at days } order } byDay { rows { day found closed } order } } } }`

/** CPU time of all threads of a process in ms, as the scheduler of Linux tells it. */
function cpuMs(pid: number): number {
  let ns = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  return ns / 1e6
}

/** Waits until a process has done whatever it does after its start, which begins some seconds after it is up. */
async function settled(pid: number): Promise<void> {
  await pause(8_000)
  for (let calm = 0, n = 0; calm < 3 && n < 120; n++) {
    const before = cpuMs(pid)
    await pause(1_000)
    calm = cpuMs(pid) - before < 60 ? calm + 1 : 0
  }
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

/** One server with its audience, and what was measured of it. */
interface Side {
  audience: Audience
  pid: number
  event: () => Promise<void> | void
  cpuMs: number
  /** How late the messages came after the first of their event, and after the event. */
  spread: number[]
  late: number[]
}
const sideOf = (audience: Audience, pid: number, event: Side['event']): Side => ({ audience, pid, event, cpuMs: 0, spread: [], late: [] })

/** One event at the boards' own pace: what the process spent on it, and how late each message came. */
async function turn({ audience, pid, event, spread, late }: Side, many: number): Promise<number> {
  const before = cpuMs(pid)
  audience.arrivals.length = 0
  await event()
  const from = performance.now()
  await audience.hears(many)
  for (const at of audience.arrivals) {
    spread.push(at - audience.arrivals[0]!)
    late.push(Math.max(0, at - from))
  }
  await pause(650)
  return cpuMs(pid) - before
}

/**
 * P8: CPU of the server for each board message that it delivers, the counting included but not the acts themselves, ÷ that
 * of a bare socket server sending a string of the same length.
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
  const open = async () => {
    const { hazards } = await rig.ask<{ hazards: { nodes: { id: string; version: number }[] } }>(
      town,
      'query { hazards(first: 200, where: { stage: { in: [REGISTERED, NOTIFIED, RECTIFYING] } }) { nodes { id version } } }',
    )
    return hazards.nodes
  }
  await settled(rig.server.pid) // the day's first work changes hazards, too
  const left = await open()
  const change = async () => {
    const one = left.shift()!
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
    // A change as it will come, for the bare server to send.
    ours.bytes = ''
    ours.arrivals.length = 0
    await change()
    await ours.hears(subscribers)
    await settled(rig.server.pid)
    bare = await startBare(ours.bytes)
    await theirs.open(
      subscribers,
      bare.port,
      () => undefined,
      () => true,
    )
    const [bares, mine] = [sideOf(theirs, bare.pid, () => bare!.send()), sideOf(ours, rig.server.pid, change)]
    for (const side of [bares, mine]) {
      for (let i = 0; i < WARM_UP; i++) await turn(side, subscribers)
      side.spread.length = side.late.length = 0
    }
    // In turns, so that what else the machine does weighs on both alike; the acts once more with nobody looking.
    for (let i = 0; i < EVENTS; i++) {
      bares.cpuMs += await turn(bares, subscribers)
      mine.cpuMs += await turn(mine, subscribers)
    }
    ours.close()
    await pause(1_500)
    const unseen = cpuMs(rig.server.pid)
    for (let i = 0; i < EVENTS; i++) {
      await change()
      await pause(650)
    }
    const acts = cpuMs(rig.server.pid) - unseen
    const messages = subscribers * EVENTS
    const [mineUs, bareUs] = [((mine.cpuMs - acts) * 1_000) / messages, (bares.cpuMs * 1_000) / messages]
    const [mineP99, bareP99] = [quantile(mine.spread, 0.99), quantile(bares.spread, 0.99)]
    return {
      ...{ id, engine: rig.engine, rows: rig.rows, ratio: round(id === 'P8' ? mineUs / bareUs : mineP99 / bareP99), target: 2 },
      note:
        id === 'P8'
          ? `at most; ${mineUs.toFixed(1)} ÷ ${bareUs.toFixed(1)} µs a message of ${Buffer.byteLength(ours.bytes)} bytes, ${subscribers} boards × ${EVENTS} events after ${WARM_UP} to warm up, the counting included, the acts (${(acts / EVENTS).toFixed(1)} ms each) not`
          : `at most; p99 ${mineP99.toFixed(1)} ÷ ${bareP99.toFixed(1)} ms after the first of its event, ${subscribers} boards × ${EVENTS} events; from the act's answer p50 ${quantile(mine.late, 0.5).toFixed(0)}, p99 ${quantile(mine.late, 0.99).toFixed(0)} ms`,
    }
  } finally {
    ours.close()
    theirs.close()
    bare?.stop()
  }
}
