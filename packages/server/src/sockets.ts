import type { Server } from 'node:http'
import { fastifyCookie } from '@fastify/cookie'
import { contextFor } from './app.js'
import { visitBoard } from './board/visit.js'
import { authenticate, SESSION_COOKIE } from './person/authenticate.js'
import type { Door } from './shared/door.js'
import { openSocketServer, type Sockets, type Visitor } from './shared/socket.js'
import type { Store } from './store.js'

const noReply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }

/** Sockets of signed-in people (cookie or token) and of boards (link token). */
export function openSockets(http: Server, door: Door, options: { store: Store; clock: () => Date; publicUrl: string }): Sockets {
  const { store, clock, publicUrl } = options
  return openSocketServer(http, door, {
    // No origin: not a browser. Else it must be our own page, or a socket could be opened by a foreign one with our cookie.
    originAllowed: (origin, host) => !origin || origin === publicUrl || new URL(origin).host === host,
    visit: async (cookieHeader, token, address) => {
      const held = token ?? (cookieHeader ? fastifyCookie.parse(cookieHeader)[SESSION_COOKIE] : undefined)
      const visitor: Visitor = {
        context: async (request) => {
          const now = clock()
          const known = (await authenticate(store.reader, held, now)) ?? (await visitBoard(store.reader, held, now))
          return known && contextFor(store, { ...known, now, request, address, device: '', reply: noReply })
        },
      }
      return (await visitor.context('connect')) ? visitor : undefined
    },
  })
}
