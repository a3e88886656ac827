import { WebSocket } from 'ws'

/** A socket without a library's good manners, let in and with its subscriptions said. */
export interface RawLine {
  socket: WebSocket
  /** How many events came, and when the last of them. */
  heard: number
  heardAt: number
  closed: Promise<number>
}

export async function rawLine(url: string, token: string, queries: readonly string[]): Promise<RawLine> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false })
  socket.on('error', () => undefined)
  const line: RawLine = { socket, heard: 0, heardAt: 0, closed: new Promise((resolve) => socket.on('close', resolve)) }
  await new Promise<void>((resolve, reject) => {
    void line.closed.then((code) => reject(new Error(`closed with ${code}`)))
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })))
    socket.on('message', (data: Buffer) => {
      const head = data.toString('latin1', 0, 60)
      if (head.includes('"ping"')) socket.send('{"type":"pong"}')
      else if (head.includes('"next"')) {
        line.heard++
        line.heardAt = performance.now()
      } else if (head.includes('connection_ack')) {
        for (const [id, query] of queries.entries()) socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }))
        resolve()
      } else reject(new Error(String(data)))
    })
  })
  return line
}
