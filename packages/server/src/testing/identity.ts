import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

type Person = Record<string, unknown>
interface Clock {
  aheadS: number
}

/** A county's identity provider of its own, as certified ones are, with the people it is told of. */
export interface Identity {
  settings: Record<string, string>
  people: Record<string, Person>
  /** How far its clock is ahead of ours. */
  clock: Clock
  /** What a browser does there: types the name, agrees, and is sent back to where `url` wants it; `cancel` goes back without; `cookies`: of a browser that was there before. */
  enter(url: string, login: string, cancel?: boolean, cookies?: Map<string, string>): Promise<string>
  stop(): Promise<void>
}

export async function startIdentity(publicUrl: string): Promise<Identity> {
  const people: Record<string, Person> = {}
  const clock = { aheadS: 0 }
  let answer: ReturnType<Provider['callback']> = (_request, response) => void response.writeHead(503).end()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { client_id: 'anbiao', client_secret: 'a secret of the county', redirect_uris: [`${publicUrl}/oidc/callback`] }
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'role', 'division', 'station', 'phone_number', 'phone_number_verified'] },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    cookies: { keys: ['only for tests'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  })
  const wall = wallClock(clock)
  const callback = provider.callback()
  answer = (request, response) => wall.within(() => callback(request, response))
  return {
    settings: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.client_id, OIDC_CLIENT_SECRET: client.client_secret },
    people,
    clock,
    enter: (url, login, cancel, cookies) => walk(url, publicUrl, login, cancel, cookies),
    stop: async () => {
      wall.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The provider shares our process, but what it does sees a clock of its own. */
function wallClock(clock: Clock) {
  const ahead = new AsyncLocalStorage<Clock>()
  const ours = Date.now
  Date.now = () => ours() + (ahead.getStore()?.aheadS ?? 0) * 1_000
  return { within: <T>(work: () => T): T => ahead.run(clock, work), stop: () => void (Date.now = ours) }
}

/** Follows redirects with cookies, answering each page that asks, until it is sent back to us. */
async function walk(url: string, home: string, login: string, cancel = false, cookies = new Map<string, string>()): Promise<string> {
  let next = new URL(url)
  let body: URLSearchParams | undefined
  for (let step = 0; step < 15; step++) {
    if (next.href.startsWith(home)) return next.href
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie }, ...(body ? { method: 'POST', body } : {}) })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
      cookies.set(name!, value!)
    }
    const text = await answer.text()
    const to = answer.headers.get('location')
    body = undefined
    if (to) next = new URL(to, next)
    else if (cancel) next = new URL(`${next.pathname}/abort`, next)
    else {
      const [, prompt] = /name="prompt" value="(\w+)"/.exec(text) ?? []
      if (!prompt) throw new Error(`no way on from ${next.href}: ${answer.status} ${text.slice(0, 300)}`)
      body = new URLSearchParams({ prompt, login, password: 'any' })
    }
  }
  throw new Error('sent round and round')
}
