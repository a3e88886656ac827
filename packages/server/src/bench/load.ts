import { connect, type Socket } from 'node:net'

/** What to ask again and again. */
export interface Asking {
  port: number
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

/** Requests per second over some connections for a while; any answer but 200 ends it with an error. Costs little itself, so that it does not measure itself. */
export async function requestsPerSecond(asking: Asking, connections: number, ms: number): Promise<number> {
  const bytes = requestBytes(asking)
  const until = performance.now() + ms
  const started = performance.now()
  const counts = await Promise.all(Array.from({ length: connections }, () => oneAfterAnother(asking.port, bytes, until)))
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - started) / 1000)
}

/** One answer, to compare before measuring. */
export async function answer({ port, method, path, headers, body }: Asking): Promise<unknown> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body } : {}),
  })
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${(await reply.text()).slice(0, 300)}`)
  return reply.json()
}

function requestBytes({ method, path, headers = {}, body }: Asking): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'accept: application/json',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`)
}

function oneAfterAnother(port: number, bytes: Buffer, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let count = 0
    let left = -1 // bytes still to come of the answer under way; -1 while its head is not complete
    let head = ''
    socket.on('error', reject)
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      if (left < 0) {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        if (!head.startsWith('HTTP/1.1 200')) return finish(socket, () => reject(new Error(`answered ${head.slice(0, 300)}`)))
        left = Number(/content-length: (\d+)/i.exec(head)![1]) - (head.length - end - 4)
        head = ''
      } else left -= chunk.length
      if (left > 0) return
      count++
      left = -1
      if (performance.now() < until) socket.write(bytes)
      else finish(socket, () => resolve(count))
    })
  })
}

const finish = (socket: Socket, then: () => void): void => {
  socket.destroy()
  then()
}
