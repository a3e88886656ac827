import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Hazard } from '../hazard/hazard.entity.js'
import { act, type Acting } from '../shared/act.js'
import { dayOf } from '../shared/days.js'
import { asSystem, makeCalendars, makeList, type MadeList } from '../testing/checklists.js'
import sharp from 'sharp'
import { printOf } from '../attachment/photo.js'
import { form, jpeg } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { rejudgeDaily } from './again.js'
import { differing } from './gather.js'
import { drawDaily } from './sample.js'

let town: Town
let list: MadeList
beforeAll(async () => {
  town = await openTown()
  await makeCalendars(town)
  list = await makeList(town, { enterprise: town.enterprises['tea']! })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const SHOWN = 'id kind score doubtful reasons rules station doneOn hazard { id } check { id } enterprise { id }'
interface Row {
  id: string
  score: number
  doubtful: boolean
  reasons: string
  rules: string
  hazard: { id: string } | null
}
const doubtOf = async (who: string, of: { hazard?: string; check?: string }) =>
  (
    await town.get<{ doubtOf: Row | null }>(who, `query ($h: ID, $c: ID) { doubtOf(hazard: $h, check: $c) { ${SHOWN} } }`, {
      h: of.hazard ?? null,
      c: of.check ?? null,
    })
  ).doubtOf
/** A picture with edges: bars of a width, in a quality. */
const stripes = (width: number, quality: number) => {
  const raw = Buffer.from(
    Array.from({ length: 240 * 160 }, (_, i) => (Math.floor((i % 240) / width) % 2 ? 220 - Math.floor(i / 240 / 2) : 30 + Math.floor(i / 240))),
  )
  return sharp(raw, { raw: { width: 240, height: 160, channels: 1 } })
    .jpeg({ quality })
    .toBuffer()
}
const photo = async (who: string, color: string | Buffer): Promise<string> => {
  const parts = [{ name: '照片.jpg', bytes: typeof color === 'string' ? await jpeg(color, 200) : color }]
  const sent = await town.app.fastify.inject({ method: 'POST', url: '/files', ...form(parts, { authorization: `Bearer ${await town.as(who)}` }) })
  return sent.json<{ files: { id: string }[] }>().files[0]!.id
}
const later = (minutes: number) => void (town.clock.now = new Date(town.clock.now.getTime() + minutes * 60_000))

/** Found by the station, put right by the enterprise, so many minutes later. */
async function rectified(
  text: string,
  { minutes = 600, before = '#123' as string | Buffer, after = '#9c2' as string | Buffer, key = 'tea', by = 'ent.tea', station = 'industry' } = {},
): Promise<string> {
  const facts = {
    description: '灭火器压力不足',
    place: '仓库',
    factor: 'OBJECT',
    severity: 'GENERAL',
    source: 'STATION_GUIDANCE',
    manageType: 'DEADLINE',
    foundOn: dayOf(town.clock.now),
  }
  const { hazardReport } = await town.get<{ hazardReport: { id: string; version: number } }>(
    station,
    'mutation ($e: ID!, $f: HazardInput!, $p: [ID!]) { hazardReport(enterprise: $e, facts: $f, photos: $p) { id version } }',
    { e: town.enterprises[key], f: facts, p: [await photo(station, before)] },
  )
  const { id } = hazardReport
  const go = async (who: string, name: string, args: string, variables: object, types: string) => {
    const { hazard } = await town.get<{ hazard: { version: number } }>(who, 'query ($id: ID!) { hazard(id: $id) { version } }', { id })
    await town.get(who, `mutation ($id: ID!, $v: Int!${types}) { ${name}(id: $id, version: $v${args}) { id } }`, { id, v: hazard.version, ...variables })
  }
  await go(station, 'hazardNotify', ', dueOn: $d', { d: dayOf(town.clock.now) }, ', $d: Day!')
  await go(by, 'hazardAccept', '', {}, '')
  later(minutes)
  await go(by, 'hazardSubmit', ', result: $r, photos: $p', { r: text, p: [await photo(by, after)] }, ', $r: String!, $p: [ID!]!')
  return id
}

describe('a rectification is judged in the act that submits it', () => {
  test('one that says what was done is not doubted, one of three characters and one photo is', async () => {
    expect(await doubtOf('industry', { hazard: await rectified('换了两具4kg干粉灭火器，压力正常') })).toMatchObject({ score: 0, doubtful: false, reasons: '' })
    const lazy = await doubtOf('industry', { hazard: await rectified('已整改', { before: '#456', after: '#456' }) })
    expect(lazy).toMatchObject({ doubtful: true, rules: 'SHORT EMPTY SAME_PHOTO' })
    expect(lazy!.reasons).toBe('整改说明只有 3 个字；整改说明都是套话，没有说做了什么；整改前后是同一张照片')
  })

  test('within a minute, counted from the report', async () => {
    const quick = await doubtOf('town', { hazard: await rectified('换了两具4kg干粉灭火器，挂回原位', { minutes: 0 }) })
    expect(quick!.rules).toBe('FAST')
  })

  test('pictures keep a fingerprint by which those that look alike are known', async () => {
    const shed = await stripes(70, 82)
    const [a, b, other] = await Promise.all([printOf(shed), printOf(await stripes(70, 40)), printOf(await stripes(31, 82))])
    expect(a).toMatch(/^[0-9a-f]{16}$/)
    expect(differing(a!, b!)).toBeLessThanOrEqual(3)
    expect(differing(a!, other!)).toBeGreaterThan(8)
    expect(await printOf(await jpeg('#333', 200))).toBeUndefined()
    expect((await doubtOf('town', { hazard: await rectified('更换灭火器两具并挂回原位', { before: shed, after: await stripes(70, 40) }) }))!.rules).toBe(
      'LIKE_PHOTO',
    )
    const [kept] = await town.store.reader.all('select count(*) as n from attachment where print is not null')
    expect(Number(kept!['n'])).toBe(2)
  })
})

describe('a self-check', () => {
  const submit = async (seconds: number, remark?: string) => {
    const input = {
      ...{ key: randomUUID(), kind: 'SELF_CHECK', enterprise: town.enterprises['tea'], checklist: list.id, remark: remark ?? null },
      ...{ startedAt: new Date(town.clock.now.getTime() - seconds * 1000).toISOString(), doneAt: town.clock.now.toISOString() },
      results: list.items.map((item) => ({ item, outcome: 'PASS' })),
    }
    return (await town.get<{ checkSubmit: { id: string } }>('ent.tea', 'mutation ($i: CheckInput!) { checkSubmit(input: $i) { id } }', { i: input }))
      .checkSubmit.id
  }
  test('that took seconds for all its items is doubted, when the bounds say so', async () => {
    await town.get('town', `mutation { ruleOfSetChange(set: "doubt", key: "rushItems", version: 0, value: ${list.items.length}, reason: "试") { value } }`)
    expect(await doubtOf('town', { check: await submit(3) })).toMatchObject({
      doubtful: true,
      rules: 'RUSH',
      reasons: `${list.items.length} 项全部符合，只用了 3 秒`,
    })
    expect(await doubtOf('town', { check: await submit(900) })).toMatchObject({ doubtful: false })
  })
  test('with the same remark of the same person again and again', async () => {
    const ids = []
    for (let i = 0; i < 7; i++) ids.push(await submit(900, '设备运行平稳。'))
    expect(await doubtOf('industry', { check: ids[0]! })).toMatchObject({ score: 0 })
    expect(await doubtOf('industry', { check: ids[6]! })).toMatchObject({ rules: 'REPEAT', reasons: '同一人已有 6 次写相同的说明' })
  })
})

describe('the same words in other enterprises', () => {
  test('are noticed by the daily work in those that came first, once', async () => {
    const text = '已建立健全安全生产责任制并组织全员签订责任书'
    await town.get('town', 'mutation { ruleOfSetChange(set: "doubt", key: "sameFirms", version: 0, value: 1, reason: "试") { value } }')
    const first = await rectified(text)
    expect((await doubtOf('town', { hazard: first }))!.rules).not.toContain('SAME')
    await act(asSystem(town), 'testOther', async ({ em }) => {
      const hazard = await em.findOneOrFail(Hazard, { id: town.hazards['inn']! }, { filters: false })
      Object.assign(hazard, { stage: 'PENDING_REVIEW', result: `${text}。`, submittedAt: town.clock.now.toISOString() })
    })
    expect((await doubtOf('market', { hazard: town.hazards['inn']! }))!.reasons).toContain('与另外 1 家企业的说明一字不差')
    const acting = (): Acting => asSystem(town)
    expect(await rejudgeDaily(acting, dayOf(town.clock.now))).toBe(1)
    expect((await doubtOf('town', { hazard: first }))!.rules).toContain('SAME')
    expect(await rejudgeDaily(acting, dayOf(town.clock.now))).toBe(0)
  })

  test('all is judged anew when the rules have changed, by whoever may change them', async () => {
    const again = `mutation { doubtsRejudge(since: "2026-01-01") }`
    expect((await town.get<{ doubtsRejudge: number }>('town', again)).doubtsRejudge).toBe(0)
    await town.get('town', 'mutation { ruleOfSetChange(set: "doubt", key: "shortPoints", version: 0, value: 0, reason: "试") { value } }')
    expect((await town.get<{ doubtsRejudge: number }>('town', again)).doubtsRejudge).toBe(1)
    for (const who of ['industry', 'ent.tea', 'county']) expect(await town.code(who, again)).toBe('FORBIDDEN')
  })
})

describe('the enterprise', () => {
  test('sees neither score nor sample, by no way', async () => {
    const [{ id, hazard }] = (await town.store.reader.all('select id, hazard_id as hazard from doubt where hazard_id is not null limit 1')) as [
      { id: string; hazard: string },
    ]
    for (const who of ['ent.tea', 'workshop.tea', 'village']) {
      for (const query of ['{ doubts { totalCount } }', '{ doubtSamples { totalCount } }']) expect(await town.code(who, query)).toBe('FORBIDDEN')
      expect(await town.code(who, 'query ($h: ID!) { doubtOf(hazard: $h) { score } }', { h: hazard })).toBe('FORBIDDEN')
    }
    expect(await town.code('ent.tea', 'query ($id: ID!) { changes(thing: "Doubt", record: $id) { nodes { act } } }', { id })).toBe('NOT_FOUND')
    const seen = await town.get<object>(
      'ent.tea',
      `query ($h: ID!) { hazard(id: $h) { id stage result } changes(thing: "Hazard", record: $h) { nodes { act entries { field } } } }`,
      { h: hazard },
    )
    expect(JSON.stringify(seen)).not.toMatch(/score|doubt/i)
  })
})

describe('the sample of a month', () => {
  const SAMPLES =
    '{ doubtSamples(first: 100) { nodes { id version month rank cause verdict station doubt { score doubtful reasons } } aggregate { figures { looked waiting perfunctory hitRate overlookedRate lookedRate } } } }'
  interface Sample {
    id: string
    version: number
    cause: string
    month: string
    doubt: { score: number; doubtful: boolean }
  }
  const samples = async (who: string) =>
    (await town.get<{ doubtSamples: { nodes: Sample[]; aggregate: { figures: Record<string, number | null> } } }>(who, SAMPLES)).doubtSamples
  const draw = (who: string, month = '2026-03', station?: string) =>
    town.ask(who, 'mutation ($m: String!, $s: String) { doubtSampleDraw(month: $m, station: $s) }', { m: month, s: station ?? null })
  const look = (who: string, { id, version }: Sample, verdict: string, remark = '现场看过') =>
    town.ask(
      who,
      `mutation ($id: ID!, $v: Int!, $w: SampleVerdict!, $r: String!) { doubtSampleLook(id: $id, version: $v, verdict: $w, remark: $r) { id verdict } }`,
      { id, v: version, w: verdict, r: remark },
    )

  test('is drawn once, the doubtful first and some by lot; each station sees its own', async () => {
    expect((await draw('industry')).data!['doubtSampleDraw']).toBeGreaterThan(4)
    expect((await draw('industry')).data!['doubtSampleDraw']).toBe(0)
    expect((await draw('industry', '2027-01')).errors![0]!.extensions.code).toBe('MONTH_FUTURE')
    expect((await draw('industry', '3月')).errors![0]!.extensions.code).toBe('MONTH')
    expect((await draw('industry', '2026-03', 'MARKET_STATION')).errors![0]!.extensions.code).toBe('FORBIDDEN')
    expect((await draw('ent.tea')).errors![0]!.extensions.code).toBe('FORBIDDEN')
    const { nodes } = await samples('industry')
    expect(nodes.every(({ cause, doubt }) => (cause === 'DOUBTFUL') === doubt.doubtful || cause === 'RANDOM')).toBe(true)
    expect(nodes.filter(({ cause }) => cause === 'RANDOM')).toHaveLength(4)
    expect((await samples('market')).nodes).toEqual([])
    expect((await samples('county')).nodes).toHaveLength(nodes.length)
  })

  test('is looked at: perfunctory or fine, with a remark; the figures say how often the rules were right', async () => {
    const { nodes } = await samples('industry')
    const doubtful = nodes.filter(({ cause }) => cause === 'DOUBTFUL')
    expect((await look('market', doubtful[0]!, 'FINE')).errors![0]!.extensions.code).toBe('NOT_FOUND')
    expect((await look('county', doubtful[0]!, 'FINE')).errors![0]!.extensions.code).toBe('FORBIDDEN')
    expect((await look('industry', doubtful[0]!, 'FINE', ' ')).errors![0]!.extensions).toMatchObject({ code: 'MISSING', field: 'remark' })
    expect((await look('industry', doubtful[0]!, 'PERFUNCTORY')).data!['doubtSampleLook']).toMatchObject({ verdict: 'PERFUNCTORY' })
    expect((await look('industry', doubtful[0]!, 'FINE')).errors![0]!.extensions.code).toBe('CONFLICT')
    expect((await look('town', doubtful[1]!, 'FINE')).errors).toBeUndefined()
    const random = nodes.find(({ cause }) => cause === 'RANDOM')!
    await look('industry', random, 'FINE')
    expect((await samples('town')).aggregate.figures).toMatchObject({ looked: 3, perfunctory: 1, hitRate: 50, overlookedRate: 0 })
    const { duties } = await town.get<{ duties: { key: string; count: number }[] }>('industry', '{ duties { key count } }')
    expect(duties.find(({ key }) => key === 'doubt.duty.toLook')!.count).toBe(nodes.length - 3)
  })

  test('of last month is drawn by the daily work, where nobody has; doubt rates stand by station and enterprise', async () => {
    const acting = (): Acting => asSystem(town)
    const before = (await samples('town')).nodes.length
    expect(await drawDaily(acting, '2026-04-01')).toBe(1)
    expect((await samples('town')).nodes).toHaveLength(before + 1)
    expect(await drawDaily(acting, '2026-04-02')).toBe(0)
    const { doubts } = await town.get<{ doubts: { groups: { nodes: { key: object; figures: { doubtRate: number } }[] } } }>(
      'county',
      '{ doubts { groups { nodes { key { station enterprise { name } } count figures { doubtful doubtRate } } } } }',
    )
    expect(doubts.groups.nodes.length).toBeGreaterThanOrEqual(2)
  })

  test('moves with its enterprise', async () => {
    const { enterprise } = await town.get<{ enterprise: { version: number; name: string; uscc: string } }>(
      'town',
      'query ($id: ID!) { enterprise(id: $id) { version name uscc } }',
      { id: town.enterprises['tea'] },
    )
    const facts = { name: enterprise.name, uscc: enterprise.uscc, division: '350524106202', station: 'MARKET_STATION' }
    await town.get('town', 'mutation ($id: ID!, $v: Int!, $f: EnterpriseInput!) { enterpriseEdit(id: $id, version: $v, facts: $f) { id } }', {
      id: town.enterprises['tea'],
      v: enterprise.version,
      f: facts,
    })
    expect((await samples('industry')).nodes).toEqual([])
    expect((await samples('market')).nodes.length).toBeGreaterThan(4)
    expect(await town.store.reader.all("select id from doubt where division <> '350524106202'")).toEqual([])
  })
})
