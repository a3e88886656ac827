import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Person } from '../person/person.entity.js'
import { remindDaily, type Reminded } from '../remind/remindDaily.js'
import { REMINDER_SOURCES } from '../reminderSources.js'
import { act } from '../shared/act.js'
import { dayOf } from '../shared/days.js'
import type { Town } from './town.js'

/** The day's reminders, as of the town's clock, for its day or a given one. */
export const remind = (town: Town, day = dayOf(town.clock.now)): Promise<Reminded> =>
  remindDaily(
    () => ({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: randomUUID() }),
    town.store.reader,
    day,
    REMINDER_SOURCES,
  )

/** A moment in Shanghai. */
export const inShanghai = (day: string, time = '08:00') => new Date(`${day}T${time}:00+08:00`)

/** Another account like one that is there, under another name. */
export async function twinOf(town: Town, username: string, twin: string): Promise<string> {
  return act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: randomUUID() }, 'accountCreate', async ({ em }) => {
    const one = await em.findOneOrFail(Person, { username })
    const { role, division, station, enterprise, workshop, passwordHash } = one
    const copy = Object.assign(new Person(), { name: twin, username: twin, role, division, passwordHash, mustChangePassword: false, createdAt: one.createdAt })
    Object.assign(copy, station ? { station } : {}, enterprise ? { enterprise } : {}, workshop ? { workshop } : {})
    em.persist(copy)
    return copy.id
  })
}

export const idOf = async (town: Town, username: string): Promise<string> =>
  String((await town.store.reader.all('select id from person where username = ?', [username]))[0]!['id'])

export interface Got {
  path: string
  headers: IncomingHttpHeaders
  body: string
}
/** A receiver of our own on the loopback, which answers as it is told. */
export interface Receiver {
  url: string
  got: Got[]
  answer: { status: number; body: string; headers?: Record<string, string> }
  close(): Promise<void>
}
export async function openReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', got: [], answer: { status: 200, body: '{"errcode":0}' }, close: () => Promise.resolve() }
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      receiver.got.push({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(receiver.answer.status, receiver.answer.headers)
      response.end(receiver.answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  receiver.close = () => new Promise((resolve) => server.close(() => resolve()))
  return receiver
}
