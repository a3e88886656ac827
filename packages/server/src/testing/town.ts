import { ref } from '@mikro-orm/core'
import { buildApp, type App } from '../app.js'
import { readConfig } from '../config.js'
import { Division, DivisionLevel, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { placeOf } from '../enterprise/standing.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardFactor, HazardSeverity, HazardSource, HazardStage, ManageType } from '../hazard/terms.js'
import { hashPassword } from '../person/password.js'
import { AccountRole, Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import { openStore, type Store } from '../store.js'
import { type EmptyStore, migratedStore } from './store.js'

export const PASSWORD = 'jingu-2026'
export interface Answer {
  data: Record<string, unknown> | null
  errors?: { message: string; extensions: { code: string; field?: string; [more: string]: unknown } }[]
}

/** Where a town's clock begins. */
export const TOWN_OPENS = '2026-03-02T02:00:00.000Z'

/** Two towns of one county with a few enterprises, hazards and accounts, and the graph in front of them. */
export interface Town {
  store: Store
  app: App
  enterprises: Record<string, string>
  hazards: Record<string, string>
  /** 车间: `tea` and `far` have 一车间, `tea` also 二车间 (`tea2`). */
  units: Record<string, string>
  /** 岗位: `fryer` and `packer` in the first workshop of `tea`, `cutter` in that of `far`. */
  posts: Record<string, string>
  /** The clock that every request reads; tests move it. */
  clock: { now: Date }
  as(username: string): Promise<string>
  /** Everybody signs in anew: the clock has gone past their sessions. */
  forget(): void
  /** The answer to somebody (signed in on first use), or to nobody. */
  ask(who: string | undefined, query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** The data; throws with the refusal's code and words. */
  get<T = Record<string, never>>(who: string | undefined, query: string, variables?: Record<string, unknown>): Promise<T>
  code(who: string | undefined, query: string, variables?: Record<string, unknown>): Promise<string | undefined>
  close(): Promise<void>
}

/** `where`: an empty store of the test's own, that other processes open too. `settings`: of the app, as in the environment. */
export async function openTown(settings: Record<string, string> = {}, where?: EmptyStore): Promise<Town> {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = where ?? (await migratedStore())
  const store = await openStore({ dataDir, databaseUrl })
  const clock = { now: new Date(TOWN_OPENS) }
  const app = await buildApp(store, readConfig({ ...settings, DATA_DIR: dataDir, ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}) }), () => clock.now)
  const made = await settle(store, clock.now)
  const tokens = new Map<string, string>()
  const send = async (token: string | undefined, query: string, variables: Record<string, unknown> = {}) => {
    const answer = await app.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      payload: { query, variables },
    })
    return answer.json<Answer>()
  }
  const as = async (username: string) => {
    const known = tokens.get(username)
    if (known) return known
    const { data, errors } = await send(undefined, 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', {
      u: username,
      p: PASSWORD,
    })
    if (!data) throw new Error(errors?.[0]?.message)
    const { token } = data['signIn'] as { token: string }
    tokens.set(username, token)
    return token
  }
  const ask: Town['ask'] = async (who, query, variables) => send(who && (await as(who)), query, variables)
  return {
    ...{ store, app, clock, as, ask, ...made },
    forget: () => tokens.clear(),
    get: async <T>(who: string | undefined, query: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await ask(who, query, variables)
      if (errors) throw new Error(`${errors[0]!.extensions.code}: ${errors[0]!.message}`)
      return data as T
    },
    code: async (who, query, variables) => (await ask(who, query, variables)).errors?.[0]?.extensions.code,
    close: async () => {
      await app.close()
      await store.close()
    },
  }
}

const DIVISIONS: [string, string, DivisionLevel][] = [
  ['350524', '安溪县', DivisionLevel.COUNTY],
  ['350524106', '金谷镇', DivisionLevel.TOWN],
  ['350524106201', '金谷村', DivisionLevel.VILLAGE],
  ['350524106202', '金东村', DivisionLevel.VILLAGE],
  ['350524107', '龙门镇', DivisionLevel.TOWN],
  ['350524107201', '龙门村', DivisionLevel.VILLAGE],
]
const ENTERPRISES: [string, string, string, string | undefined, string | undefined][] = [
  ['tea', '金谷样本茶厂', '350524106201', 'INDUSTRY_STATION', '91350524DEM000014Y'],
  ['inn', '金东样本客栈', '350524106202', 'MARKET_STATION', undefined],
  ['far', '龙门样本石材厂', '350524107201', 'INDUSTRY_STATION', '91350524DEM0001295'],
]

const WORKSHOPS: [unit: string, enterprise: string, name: string, posts: [string, string][]][] = [
  [
    'tea',
    'tea',
    '一车间',
    [
      ['fryer', '炒青岗'],
      ['packer', '包装岗'],
    ],
  ],
  ['tea2', 'tea', '二车间', []],
  ['far', 'far', '一车间', [['cutter', '锯石岗']]],
]

async function settle(store: Store, now: Date): Promise<Pick<Town, 'enterprises' | 'hazards' | 'units' | 'posts'>> {
  const at = { createdAt: '2026-01-05T01:00:00.000Z' }
  const passwordHash = await hashPassword(PASSWORD)
  const enterprises: Record<string, string> = {}
  const hazards: Record<string, string> = {}
  const units: Record<string, string> = {}
  const posts: Record<string, string> = {}
  await act({ em: store.em(undefined), actor: undefined, now, request: 'settle' }, 'settle', async ({ em }) => {
    for (const [code, name, level] of DIVISIONS)
      em.persist(Object.assign(new Division(), { code, name, level, ...(code.length > 6 ? { parent: code.slice(0, code.length - 3) } : {}), ...at }))
    for (const code of ['INDUSTRY_STATION', 'MARKET_STATION'])
      em.persist(Object.assign(new Station(), { code, name: code === 'MARKET_STATION' ? '市场监督管理所' : '经济发展办公室', authorised: false, ...at }))
    for (const [key, name, division, station, uscc] of ENTERPRISES) {
      const people = { legalRep: `${key}甲`, principal: `${key}乙`, safetyOfficer: `${key}丙`, phone: '13800000001' }
      const enterprise = Object.assign(new Enterprise(), {
        name,
        division,
        ...people,
        ...(station ? { station } : {}),
        ...(uscc ? { uscc } : { noUsccReason: '个体' }),
        address: `${name}路 1 号`,
        enteredOn: '2026-01-05',
        ...at,
      })
      const hazard = Object.assign(new Hazard(), {
        ...{
          number: `YH-202601-${key}`,
          stage: HazardStage.REGISTERED,
          enterprise: ref(enterprise),
          division,
          ...(station ? { station } : {}),
          description: `${name}的配电箱敞开`,
          place: '车间',
          workshop: '一车间',
        },
        ...{
          factor: HazardFactor.OBJECT,
          severity: HazardSeverity.GENERAL,
          source: HazardSource.STATION_GUIDANCE,
          manageType: ManageType.DEADLINE,
          foundOn: '2026-01-06',
          foundByRole: 'STATION',
          ...at,
        },
      })
      em.persist([enterprise, hazard])
      enterprises[key] = enterprise.id
      for (const [unitKey, owner, unitName, postNames] of WORKSHOPS) {
        if (owner !== key) continue
        const { enterprise: of, division: at0, station: by } = placeOf(enterprise)
        const unit = Object.assign(new Workshop(), { name: unitName, enterprise: of, division: at0, ...(by ? { station: by } : {}), ...at })
        em.persist(unit)
        units[unitKey] = unit.id
        for (const [postKey, postName] of postNames) {
          const post = Object.assign(new Post(), { name: postName, unit: ref(unit), ...placeOf(enterprise, unit), ...at })
          em.persist(post)
          posts[postKey] = post.id
        }
      }
      hazards[key] = hazard.id
    }
    for (const account of accounts(enterprises))
      em.persist(Object.assign(new Person(), { name: account.username, passwordHash, mustChangePassword: false, ...account, ...at }))
    return Promise.resolve()
  })
  return { enterprises, hazards, units, posts }
}

type Account = Pick<Person, 'username' | 'role' | 'division'> & Partial<Person>
const accounts = (enterprises: Record<string, string>): Account[] => [
  { username: 'admin', role: AccountRole.ADMIN, division: '350524' },
  { username: 'town', role: AccountRole.TOWN_OFFICE, division: '350524106', phone: '13900000002' },
  { username: 'town.far', role: AccountRole.TOWN_OFFICE, division: '350524107' },
  { username: 'industry', role: AccountRole.STATION, division: '350524106', station: 'INDUSTRY_STATION' },
  { username: 'market', role: AccountRole.STATION, division: '350524106', station: 'MARKET_STATION' },
  { username: 'village', role: AccountRole.VILLAGE, division: '350524106201' },
  { username: 'ent.tea', role: AccountRole.ENTERPRISE, division: '350524106201', enterprise: enterprises['tea']! },
  { username: 'workshop.tea', role: AccountRole.WORKSHOP, division: '350524106201', enterprise: enterprises['tea']!, workshop: '一车间' },
  { username: 'county', role: AccountRole.COUNTY, division: '350524' },
]
