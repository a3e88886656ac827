import type { Identity } from './identity.js'
import type { Town } from './town.js'

/** Where a town of the tests believes it is. */
export const HOME = 'http://127.0.0.1:4000'
export type Cookies = Record<string, string>
export const jar = (cookies: { name: string; value: string }[]): Cookies => Object.fromEntries(cookies.map(({ name, value }) => [name, value]))

export interface Came {
  /** Where the browser is at the end, and whom it has become. */
  at: string
  cookies: Cookies
}

/** A browser that goes to the county's provider and comes back. */
export function visitorOf(identity: () => Identity) {
  const open = (at: Town, url: string, cookies: Cookies = {}, remoteAddress = '10.9.0.1') =>
    at.app.fastify.inject({ method: 'GET', url, cookies, remoteAddress, headers: { 'user-agent': 'Firefox 140' } })

  /** Leaves by the given way, from within a session or without one. */
  async function go(at: Town, way: string, login: string, { cancel = false, address = '10.9.0.1', cookies = {} as Cookies } = {}): Promise<Came> {
    const start = await open(at, way, cookies, address)
    const back = await identity().enter(start.headers.location!, login, cancel)
    const done = await open(at, back.slice(HOME.length), { ...cookies, ...jar(start.cookies) }, address)
    return { at: done.headers.location!, cookies: jar(done.cookies) }
  }
  const come = (at: Town, login: string, { to = '', ...more }: { to?: string; cancel?: boolean; address?: string } = {}) =>
    go(at, `/oidc/start${to && `?to=${encodeURIComponent(to)}`}`, login, more)
  return { open, go, come }
}

export const answer = <T>(at: Town, cookies: Cookies, query: string) =>
  at.app.fastify
    .inject({ method: 'POST', url: '/graphql', cookies, headers: { 'x-anbiao': '1' }, payload: { query } })
    .then((reply) => reply.json<{ data: T; errors?: { message: string; extensions: { code: string; field?: string } }[] }>())
export const ask = async <T>(at: Town, { cookies }: Pick<Came, 'cookies'>, query: string) => (await answer<T>(at, cookies, query)).data
