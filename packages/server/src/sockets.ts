import type { Server } from 'node:http'
import { fastifyCookie } from '@fastify/cookie'
import { contextFor } from './app.js'
import { visitBoard } from './board/visit.js'
import { isWall } from './board/wallPass.js'
import { authenticate, SESSION_COOKIE } from './person/authenticate.js'
import type { Context } from './shared/context.js'
import type { Door } from './shared/door.js'
import { openSocketServer, type Sockets } from './shared/socket.js'
import { touched } from './shared/touched.js'
import type { Store } from './store.js'

/** What says who may hear what. */
const RIGHTS = ['Person', 'Session', 'BoardLink']
const noReply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }
/** A person has windows; a board link may hang in every meeting room. */
const MOST = { person: 40, board: 500 }

interface Options {
  store: Store
  clock: () => Date
  publicUrl: string
  report(error: unknown, request: string): void
}

/** Sockets of signed-in people (cookie or token) and of boards (link token). */
export function openSockets(http: Server, door: Door, { store, clock, publicUrl, report }: Options): Sockets {
  const contextOf = async (pass: string, request: string, address: string): Promise<Context | undefined> => {
    const now = clock()
    const known = (await authenticate(store.reader, pass, now, true)) ?? (await visitBoard(store.reader, pass, now))
    return known && contextFor(store, { actor: known.actor, session: known.session, now, request, address, device: '', reply: noReply })
  }
  return openSocketServer(http, door, {
    report,
    // No origin: not a browser. Else it must be our own page, or a socket could be opened by a foreign one with our cookie.
    originAllowed: (origin, host) => !origin || origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host),
    touched: (tell, signal) => void touched(store.reader, RIGHTS, tell, signal),
    visit: async (cookieHeader, token, address) => {
      const pass = token ?? (cookieHeader ? fastifyCookie.parse(cookieHeader)[SESSION_COOKIE] : undefined)
      const first = pass && (await contextOf(pass, 'connect', address))
      // A phone in a room has no line: it must not take the places of the wall it points.
      if (!pass || !first || (first.actor!.role === 'BOARD' && !isWall(first.actor!))) return undefined
      const account = first.actor!.id
      const rights = rightsOf(first)
      return {
        hangsOn: first.session ? [account, first.session] : [account],
        ...{ account, pass: `${pass} ${rights}`, most: first.actor!.role === 'BOARD' ? MOST.board : MOST.person },
        context: async (request) => {
          const context = await contextOf(pass, request, address)
          return context && rightsOf(context) === rights ? context : undefined
        },
      }
    },
  })
}

/** Whoever's role or territory changes has to come in anew: what he follows was cut to what he could see. */
const rightsOf = ({ actor }: Context) => JSON.stringify([actor!.role, actor!.scope])
