import type { Writable } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Context } from './context.js'

/** Who opened a socket, asked again before every event and every second. */
export interface Visitor {
  /** The account or board link; so many sockets it may hold. */
  account: string
  most: number
  /** What it showed to get in, and what that gave it to see: sockets with the same pass are looked up together. */
  pass: string
  /** The records on which its rights hang. */
  hangsOn: readonly string[]
  /** Undefined once the session or link is gone, or may no longer see what it could when it came. */
  context(request: string): Promise<Context | undefined>
}

const MAX_BUFFERED = 1024 * 1024
const MAX_MESSAGES_PER_SECOND = 500
const STALLED_MS = 10_000
const PING_MS = 12_000
const FAREWELL_MS = 2_000
const AS_TEXT = { binary: false }
const WHOLE_TEXT = 0x81
const NOTHING = Buffer.alloc(0)

/** One websocket and how its reader behaves. Who does not read, floods, or is silently gone loses it and hurts nobody. */
export class Line {
  visitor: Visitor | undefined
  #unsent = 0
  #moved = Date.now()
  #pinged = Date.now()
  #answered = true
  #messages = 0

  constructor(readonly socket: WebSocket) {
    socket.on('error', () => undefined) // ws closes by itself with the code of what was wrong
    socket.on('pong', () => (this.#answered = true))
    socket.on('ping', () => this.#heard())
  }

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  /** A promise only for who reads slower than we write, kept when he has caught up, so that he slows only his own events. */
  send(text: string | readonly Buffer[]): Promise<void> | undefined {
    if (!this.open) return undefined
    const wire = (this.socket as { _socket?: Writable })._socket!
    // ws writes the head of a frame and its text apart, two pieces for each of the hundreds of walls that hear the same.
    if (typeof text === 'string') this.socket.send(text, AS_TEXT)
    else wire.write(framed(text))
    return wire.writableLength ? this.#caughtUp(wire) : undefined
  }

  /** A write of its own, as the last of those that wait: a callback for each message would cost who keeps up as much as the rest of it. */
  #caughtUp(wire: Writable): Promise<void> {
    if (!this.#unsent++) this.#moved = Date.now()
    return new Promise((resolve) =>
      wire.write(NOTHING, () => {
        this.#unsent--
        this.#moved = Date.now()
        resolve()
      }),
    )
  }

  /** Who does not answer the farewell is cut off. */
  close(code: number, reason: string): void {
    if (this.open) setTimeout(() => this.socket.terminate(), FAREWELL_MS).unref()
    this.socket.close(code, reason)
  }

  onMessage(heard: (text: string) => Promise<void>): void {
    this.socket.on('message', (data: Buffer) => {
      if (this.#heard()) void heard(String(data))
    })
  }

  /** False when the socket had to go. */
  #heard(): boolean {
    if (this.socket.bufferedAmount > MAX_BUFFERED) this.socket.terminate()
    else if (++this.#messages > MAX_MESSAGES_PER_SECOND) {
      this.close(1008, 'Too many messages')
      this.socket.pause() // what he goes on sending is his own affair
    }
    return this.open
  }

  /** Once a second. */
  look(now = Date.now()): void {
    this.#messages = 0
    const stalled = this.#unsent > 0 && now - this.#moved > STALLED_MS
    const gone = !this.#answered && now - this.#pinged > PING_MS
    if (stalled || gone || this.socket.bufferedAmount > MAX_BUFFERED) return this.socket.terminate()
    if (now - this.#pinged < PING_MS || !this.open) return
    this.#pinged = now
    this.#answered = false
    this.socket.ping()
  }
}

function framed(parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = headOfFrame(length)
  return Buffer.concat([head, ...parts], head.length + length)
}

/** Of one whole text, not masked, as a server sends it (RFC 6455 §5.2). */
function headOfFrame(length: number): Buffer {
  if (length < 126) return Buffer.from([WHOLE_TEXT, length])
  if (length < 65_536) return Buffer.from([WHOLE_TEXT, 126, length >> 8, length & 255])
  const head = Buffer.alloc(10)
  head.writeUInt8(WHOLE_TEXT, 0)
  head.writeUInt8(127, 1)
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}
