import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify'
import { join } from 'node:path'
import { ref } from '@mikro-orm/core'
import sharp from 'sharp'
import { v7 as uuid } from 'uuid'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardFactor, HazardSeverity, HazardSource, ManageType } from '../hazard/terms.js'
import { act, type Act } from '../shared/act.js'
import type { Actor, Context, Role } from '../shared/context.js'
import { openStore, type Store } from '../store.js'
import { emptyStore } from './store.js'
import { attachmentRoutes } from '../attachment/attachment.routes.js'
import { DiskFiles } from '../attachment/files.js'

/** For tests: a store with one hazard, and the file routes alone, where a header says who asks. */
export interface Bench {
  store: Store
  app: FastifyInstance
  files: DiskFiles
  dataDir: string
  databaseUrl: string | undefined
  hazard: Hazard
  people: Record<string, Actor>
  context(actor: Actor | undefined, now?: Date): Context
  act<T>(actor: Actor | undefined, work: (act: Act) => Promise<T>, now?: Date): Promise<T>
  send(who: string, parts: Part[], headers?: Record<string, string>): Promise<LightMyRequestResponse>
  get(who: string, path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}
export interface Part {
  name: string
  bytes: Buffer | string
}

const VILLAGE = '350524106201'
export const jpeg = (color = '#c33', side = 64) =>
  sharp({ create: { width: side, height: side, channels: 3, background: color } })
    .jpeg()
    .toBuffer()

export async function bench(uploadMb = 2): Promise<Bench> {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  const store = await openStore({ dataDir, databaseUrl })
  const files = new DiskFiles(join(dataDir, 'files'))
  const { enterprise, hazard } = oneHazard()
  const person = (role: Role, scope: Actor['scope'], more: Partial<Actor> = {}): Actor => ({
    id: uuid(),
    name: role,
    role,
    scope,
    mustChangePassword: false,
    ...more,
  })
  const people: Record<string, Actor> = {
    town: person('TOWN_OFFICE', { division: '350524106' }),
    village: person('VILLAGE', { division: VILLAGE }),
    otherVillage: person('VILLAGE', { division: '350524106202' }),
    station: person('STATION', { division: '350524106', station: 'industry' }),
    otherStation: person('STATION', { division: '350524106', station: 'other' }),
    enterprise: person('ENTERPRISE', { division: '350524106', enterprise: enterprise.id }),
    otherWorkshop: person('WORKSHOP', { division: '350524106', enterprise: enterprise.id, workshop: '二车间' }),
    county: person('COUNTY', { division: '350524' }),
    board: person('BOARD', { division: '350524106' }),
    fresh: person('VILLAGE', { division: VILLAGE }, { mustChangePassword: true }),
  }
  const context = (actor: Actor | undefined, now = new Date()): Context => ({
    ...{ em: store.em(actor?.scope), reader: store.reader, actor, session: undefined, now, request: uuid(), address: '127.0.0.1', device: 'test' },
    reply: { sessionDays: 7, setSession: () => undefined, clearSession: () => undefined },
  })
  const app = Fastify()
  await app.register(attachmentRoutes, {
    contextOf: ({ headers }) => Promise.resolve(context(people[String(headers['x-test-who'])])),
    files,
    uploadMb,
    publicUrl: 'http://anbiao.test',
  })
  const ask = (who: string, options: InjectOptions) => app.inject({ ...options, headers: { 'x-test-who': who, ...options.headers } })
  const made: Bench = {
    ...{ store, app, files, dataDir, databaseUrl, hazard, people, context },
    act: (actor, work, now) => act(context(actor, now), 'test', work),
    send: (who, parts, headers = { 'x-anbiao': '1' }) => ask(who, { method: 'POST', url: '/files', ...form(parts, headers) }),
    get: (who, url, headers = {}) => ask(who, { method: 'GET', url, headers }),
  }
  await made.act(undefined, ({ em }) => Promise.resolve(void em.persist([enterprise, hazard])))
  return made
}

function oneHazard(): { enterprise: Enterprise; hazard: Hazard } {
  const createdAt = '2026-03-01T00:00:00.000Z'
  const enterprise = Object.assign(new Enterprise(), {
    name: '样本石材厂',
    division: VILLAGE,
    station: 'industry',
    noUsccReason: '个体工商户',
    enteredOn: '2026-03-01',
    createdAt,
  })
  const hazard = Object.assign(new Hazard(), {
    ...{ description: '配电箱未接地', place: '一车间', workshop: '一车间', factor: HazardFactor.OBJECT, severity: HazardSeverity.GENERAL },
    ...{ source: HazardSource.GRID_PATROL, manageType: ManageType.DEADLINE, foundOn: '2026-03-01', number: 'T-1', foundByRole: 'VILLAGE' },
    ...{ division: VILLAGE, station: 'industry', enterprise: ref(enterprise), createdAt },
  })
  return { enterprise, hazard }
}

/** A form as a browser sends it: the name in plain UTF-8. */
export function form(parts: Part[], headers: Record<string, string> = {}): { headers: Record<string, string>; payload: Buffer } {
  const boundary = '----anbiaoTest'
  const pieces = parts.flatMap(({ name, bytes }) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`),
    Buffer.from(bytes as string),
    Buffer.from('\r\n'),
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
    payload: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  }
}
