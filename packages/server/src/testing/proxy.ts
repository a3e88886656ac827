import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A line between a client and a server that can fall silent: nothing goes through, and neither side is told. */
export interface Proxy {
  url: string
  silence(): void
  /** What was held back goes through; who gave up meanwhile is gone. */
  speak(): void
  stop(): Promise<void>
}

export async function startProxy(target: number): Promise<Proxy> {
  let silent = false
  const open = new Set<Socket>()
  /** What happens as soon as the line speaks again. */
  let held: (() => void)[] = []
  const speaking = (work: () => void) => (silent ? void held.push(work) : work())
  const pump = (from: Socket, to: Socket) => {
    open.add(from)
    from.on('error', () => undefined)
    from.on('data', (chunk) => speaking(() => to.write(chunk)))
    from.on('close', () => {
      open.delete(from)
      speaking(() => to.destroy())
    })
  }
  const server = createServer((near) => {
    near.on('error', () => undefined)
    speaking(() => {
      const far = connect(target, '127.0.0.1')
      pump(near, far)
      pump(far, near)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    silence: () => {
      silent = true
      for (const socket of open) socket.pause()
    },
    speak: () => {
      silent = false
      for (const work of held) work()
      held = []
      for (const socket of open) socket.resume()
    },
    stop: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
