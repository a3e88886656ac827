import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** What fanOut.ts measures against: one string to everybody, whenever its parent says so. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
let text: string | undefined
process.on('message', (message) => {
  if (text === undefined) text = String(message)
  else for (const socket of server.clients) socket.send(text)
})
server.on('listening', () => process.send!((server.address() as AddressInfo).port))
