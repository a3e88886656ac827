import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface History {
  nodes: {
    seq: string
    act: string
    actorName: string
    reason: string | null
    thing: string
    thingLabel: string
    record: string
    entries: { field: string; label: string; kind: string; before: string | null; after: string | null }[]
  }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}
const CHANGES =
  'query ($thing: String!, $record: ID!, $first: Int, $after: String) { changes(thing: $thing, record: $record, first: $first, after: $after) { nodes { seq act actorName reason thing thingLabel record entries { field label kind before after } } pageInfo { hasNextPage endCursor } totalCount } }'
const changes = async (who: string, thing: string, record: string, more: object = {}) =>
  (await town.get<{ changes: History }>(who, CHANGES, { thing, record, ...more })).changes
const code = (who: string | undefined, thing: string, record: string) => town.code(who, CHANGES, { thing, record })
const edit = async (facts: object, phone?: string) => {
  const id = town.enterprises['tea']!
  const { enterprise } = await town.get<{ enterprise: { version: number } }>('town', 'query ($id: ID!) { enterprise(id: $id) { version } }', { id })
  await town.get(
    'town',
    'mutation ($id: ID!, $v: Int!, $facts: EnterpriseInput!, $phone: String) { enterpriseEdit(id: $id, version: $v, facts: $facts, phone: $phone) { id } }',
    { id, v: enterprise.version, facts: { name: '金谷样本茶厂', division: '350524106201', ...facts }, ...(phone ? { phone } : {}) },
  )
}

describe('the history of a record', () => {
  test('says who did what, with the labels of the form, names for codes, and a dot for what is personal', async () => {
    await edit({ scaleClass: 'MEDIUM', staffCount: 35, legalRep: '样本戊', station: 'MARKET_STATION' }, '13800000008')
    const { nodes } = await changes('town', 'Enterprise', town.enterprises['tea']!)
    const last = nodes[0]!
    expect(last).toMatchObject({ act: 'enterpriseEdit', actorName: 'town', reason: null, thingLabel: '企业' })
    const by = Object.fromEntries(last.entries.map(({ field, ...entry }) => [field, entry]))
    expect(by['scaleClass']).toEqual({ label: '规模', kind: 'choice', before: null, after: 'MEDIUM' })
    expect(by['staffCount']).toEqual({ label: '从业人数', kind: 'whole', before: null, after: '35' })
    expect(by['station']).toEqual({ label: '行业主管站所（代码）', kind: 'text', before: '经济发展办公室', after: '市场监督管理所' })
    expect(by['legalRep']).toEqual({ label: '法定代表人', kind: 'text', before: '•', after: '•' })
    expect(by['phone']).toMatchObject({ before: '•', after: '•' })
    expect(nodes[nodes.length - 1]).toMatchObject({ act: 'settle', actorName: '系统' })
    await edit({ station: 'INDUSTRY_STATION' })
  })

  test('is paged from the newest to the oldest without a gap', async () => {
    for (let i = 0; i < 5; i++) await edit({ staffCount: 40 + i })
    const record = town.enterprises['tea']!
    const all = await changes('town', 'enterprise', record)
    const walked: string[] = []
    for (let after: string | undefined; ;) {
      const page = await changes('town', 'Enterprise', record, { first: 2, ...(after ? { after } : {}) })
      walked.push(...page.nodes.map(({ seq }) => seq))
      expect(page.totalCount).toBe(all.nodes.length)
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor!
    }
    expect(walked).toEqual(all.nodes.map(({ seq }) => seq))
    expect(await town.code('town', CHANGES, { thing: 'Enterprise', record, after: 'x' })).toBe('BAD_CURSOR')
    expect(await town.code('town', CHANGES, { thing: 'Enterprise', record, first: 501 })).toBe('BAD_PAGE')
  })

  test('bears the present name of who did it', async () => {
    const { accounts } = await town.get<{ accounts: { nodes: { id: string; version: number }[] } }>(
      'admin',
      '{ accounts(where: { username: { eq: "town" } }) { nodes { id version } } }',
    )
    const { id, version } = accounts.nodes[0]!
    await town.get(
      'admin',
      'mutation ($id: ID!, $v: Int!) { accountEdit(id: $id, version: $v, facts: { name: "样本新名", role: TOWN_OFFICE, division: "350524106" }) { id } }',
      { id, v: version },
    )
    expect((await changes('ent.tea', 'Enterprise', town.enterprises['tea']!)).nodes[0]).toMatchObject({ actorName: '样本新名' })
    const account = (await changes('admin', 'Person', id)).nodes[0]!
    expect(account).toMatchObject({ act: 'accountEdit', entries: [{ field: 'name', before: '•', after: '•' }] })
  })

  test('is as hidden as the record: the same words for not there and not yours', async () => {
    const { tea, inn, far } = town.enterprises
    const missing = (await town.ask('town', CHANGES, { thing: 'Enterprise', record: '0193aaaa-0000-7000-8000-000000000000' })).errors
    for (const [who, thing, record] of [
      ['town', 'Enterprise', far],
      ['industry', 'Enterprise', inn],
      ['village', 'Enterprise', inn],
      ['ent.tea', 'Enterprise', inn],
      ['town.far', 'Hazard', town.hazards['tea']],
      ['town', 'Hazard', tea],
    ] as const)
      expect((await town.ask(who, CHANGES, { thing, record })).errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual(
        missing?.map(({ message, extensions }) => [message, extensions.code]),
      )
    expect((await changes('county', 'Enterprise', far!)).totalCount).toBe(1)
    expect(await code('town', 'Change', '1')).toBe('NOT_FOUND')
    expect(await code('town', 'no such', tea!)).toBe('NOT_FOUND')
    expect(await code(undefined, 'Enterprise', tea!)).toBe('UNAUTHENTICATED')
  })

  test('of an account and a sign-in is for the admin and for its owner', async () => {
    await town.as('market')
    const { viewer, sessions } = await town.get<{ viewer: { id: string }; sessions: { id: string }[] }>('market', '{ viewer { id } sessions { id } }')
    expect((await changes('market', 'Person', viewer.id)).nodes[0]).toMatchObject({ act: 'signIn', actorName: 'market' })
    const signed = (await changes('market', 'Session', sessions[0]!.id)).nodes[0]!
    expect(Object.fromEntries(signed.entries.map(({ field, after }) => [field, after]))).toMatchObject({ person: 'market', device: '•', address: '•' })
    expect((await changes('admin', 'Person', viewer.id)).totalCount).toBeGreaterThan(1)
    for (const who of ['town', 'industry', 'county']) {
      expect(await code(who, 'Person', viewer.id)).toBe('NOT_FOUND')
      expect(await code(who, 'Session', sessions[0]!.id)).toBe('NOT_FOUND')
    }
  })

  test('of a setting and a station is for everybody, of a division for those below and above it', async () => {
    await town.get('town', 'mutation { settingChange(key: "generalDays", version: 0, value: 10, reason: "镇安委会决定") { id } }')
    const { settings, divisions } = await town.get<{ settings: { id: string | null }[]; divisions: { id: string; code: string }[] }>(
      'county',
      '{ settings { id } divisions { id code } }',
    )
    expect((await changes('village', 'Setting', settings[0]!.id!)).nodes[0]).toMatchObject({
      reason: '镇安委会决定',
      entries: [{ field: 'createdAt' }, { field: 'key' }, { field: 'value', label: '值', before: null, after: '10' }],
    })
    const division = (wanted: string) => divisions.find(({ code }) => code === wanted)!.id
    for (const wanted of ['350524', '350524106', '350524106201']) expect(await code('village', 'Division', division(wanted))).toBeUndefined()
    for (const wanted of ['350524106202', '350524107']) expect(await code('village', 'Division', division(wanted))).toBe('NOT_FOUND')
  })
})

describe('recent changes', () => {
  const RECENT =
    'query ($act: String, $thing: String, $actor: ID, $from: Instant, $to: Instant) { recentChanges(act: $act, thing: $thing, actor: $actor, from: $from, to: $to, first: 5) { nodes { seq act thing record actorName } totalCount } }'
  const recent = async (wanted: Record<string, string> = {}) => (await town.get<{ recentChanges: History }>('admin', RECENT, wanted)).recentChanges
  test('are all of them, newest first, narrowed by act, thing, person and time', async () => {
    const all = await recent()
    expect(all.totalCount).toBe(Number(all.nodes[0]!.seq))
    expect((await recent({ act: 'settingChange' })).nodes.map(({ act }) => act)).toEqual(['settingChange'])
    expect((await recent({ thing: 'session' })).nodes.every(({ thing }) => thing === 'Session')).toBe(true)
    const { viewer } = await town.get<{ viewer: { id: string } }>('market', '{ viewer { id } }')
    expect((await recent({ actor: viewer.id })).nodes.every(({ actorName }) => actorName === 'market')).toBe(true)
    expect((await recent({ from: '2027-01-01T00:00:00.000Z' })).totalCount).toBe(0)
    expect((await recent({ to: '2027-01-01T00:00:00.000Z' })).totalCount).toBe(all.totalCount)
  })

  test('are for the admin alone', async () => {
    for (const who of ['town', 'industry', 'village', 'ent.tea', 'county']) expect(await town.code(who, RECENT)).toBe('FORBIDDEN')
  })
})
