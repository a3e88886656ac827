import { ref } from '@mikro-orm/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contextFor } from '../app.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardFactor, HazardSeverity, HazardSource, HazardStage, ManageType } from '../hazard/terms.js'
import { LISTS } from '../lists.js'
import { Person } from '../person/person.entity.js'
import { act } from '../shared/act.js'
import type { SignedIn } from '../shared/context.js'
import { readWorkbook } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { answerFile } from './answerFile.js'
import { exportPlaces } from './exportPlaces.js'
import { stillThere } from './stillThere.js'

const MANY = 1_203
let town: Town
beforeAll(async () => {
  town = await openTown()
  await fill()
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Hazards enough for three rounds of reading, some with what a spreadsheet would calculate. */
async function fill(): Promise<void> {
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'fill' }, 'fill', async ({ em }) => {
    const enterprise = await em.findOneOrFail(Enterprise, { id: town.enterprises['inn']! })
    for (let i = 0; i < MANY; i++)
      em.persist(
        Object.assign(new Hazard(), {
          ...{ number: `N-${String(i).padStart(4, '0')}`, stage: HazardStage.CLOSED, enterprise: ref(enterprise), division: enterprise.division },
          ...{ station: enterprise.station, description: i === 0 ? '=HYPERLINK("http://x")' : i === 1 ? '两行\n"引号",逗号' : `第${i}条`, place: '厨房' },
          ...{ factor: HazardFactor.OBJECT, severity: HazardSeverity.GENERAL, source: HazardSource.SELF_CHECK, manageType: ManageType.DEADLINE },
          ...{ foundOn: '2025-11-03', foundByRole: 'STATION', createdAt: '2025-11-03T01:00:00.000Z', registeredAt: '2025-11-03T18:30:00.000Z' },
          ...(i < 5 ? { costFen: 100 + i } : {}),
        }),
      )
    return Promise.resolve()
  })
}

const headers = async (who: string) => ({ authorization: `Bearer ${await town.as(who)}` })
const post = async (who: string, format: string, payload: object) =>
  town.app.fastify.inject({ method: 'POST', url: `/q.${format}`, headers: await headers(who), payload })
const get = async (who: string, url: string) => town.app.fastify.inject({ url, headers: await headers(who) })
const save = async (who: string, facts: object) =>
  (
    await town.get<{ questionSave: { id: string; version: number } }>(who, 'mutation ($facts: QuestionInput!) { questionSave(facts: $facts) { id version } }', {
      facts,
    })
  ).questionSave
const lines = (body: string) => body.slice(1).trimEnd().split('\r\n')

describe('a list is given out whole', () => {
  const FEW =
    '{ hazards(where: { number: { startsWith: "N-" } }, orderBy: [{ field: number, dir: DESC }], first: 2, offset: 7) { totalCount nodes { number } } }'

  test.each(['csv', 'json', 'xlsx'])('as %s, whatever the page, in the order asked for', async (format) => {
    const answer = await post('town', format, { query: FEW })
    expect(answer.statusCode).toBe(200)
    const numbers =
      format === 'csv'
        ? lines(answer.body).slice(1)
        : format === 'json'
          ? answer.json<{ data: { hazards: { nodes: { number: string }[] } } }>().data.hazards.nodes.map(({ number }) => number)
          : (await readWorkbook(answer.rawPayload))[0]!.rows.slice(3).map(({ cells }) => cells[0]!.text)
    expect(numbers).toEqual(Array.from({ length: MANY }, (_, i) => `N-${String(MANY - 1 - i).padStart(4, '0')}`))
  })

  test('through edges, aliases and fragments as well', async () => {
    const query = `query { list: hazards(where: { number: { startsWith: "N-" } }) { edges { node { ...F } } } } fragment F on Hazard { no: number enterprise { name } }`
    const rows = lines((await post('town', 'csv', { query })).body)
    expect(rows[0]).toBe('no,企业·单位名称')
    expect(rows).toHaveLength(MANY + 1)
    expect(rows[5]).toMatch(/^N-\d+,金东样本客栈$/)
  })

  test('with the arguments and variables of the query', async () => {
    const query = 'query ($q: HazardQueue, $text: String) { hazards(queue: $q, search: $text) { nodes { number } } }'
    expect(
      lines((await post('town', 'csv', { query, variables: { q: 'TO_NOTIFY' } })).body)
        .slice(1)
        .sort(),
    ).toEqual(['YH-202601-inn', 'YH-202601-tea'])
    expect(lines((await post('town', 'csv', { query, variables: { text: 'N-0042' } })).body)).toEqual(['编号', 'N-0042'])
  })

  test('in the scope of who asks', async () => {
    expect(lines((await post('industry', 'csv', { query: '{ hazards { nodes { number } } }' })).body)).toEqual(['编号', 'YH-202601-tea'])
  })

  test('as of a past day', async () => {
    const query = '{ hazards(asOf: "2026-01-01T00:00:00.000Z") { nodes { number } } }'
    expect(lines((await post('town', 'csv', { query })).body)).toEqual(['编号'])
  })

  test('to-many lists stand in one cell', async () => {
    const query =
      '{ enterprises(orderBy: [{ field: name }]) { nodes { name hazards(first: 2, orderBy: [{ field: number }]) { totalCount nodes { number } } } } }'
    expect(lines((await post('town', 'csv', { query })).body)).toEqual([
      '单位名称,隐患·总数,隐患·编号',
      '金东样本客栈,1204,N-0000、N-0001',
      '金谷样本茶厂,1,YH-202601-tea',
    ])
  })
})

describe('what a file says', () => {
  const query =
    '{ hazards(where: { number: { in: ["N-0000", "N-0001"] } }, orderBy: [{ field: number }]) { nodes { number description stage recurring costFen registeredAt foundOn village { code } } } }'

  test('a CSV is RFC 4180 with a byte order mark and never a formula', async () => {
    const { body, headers: said } = await post('town', 'csv', { query, name: '试题/一' })
    expect(body).toBe(
      '\ufeff编号,隐患描述,状态,反复隐患,整改费用（分）,登记时间（受理）,发现日期,所属村·区划代码\r\n' +
        `N-0000,"'=HYPERLINK(""http://x"")",已销号,否,100,2025-11-04 02:30:00,2025-11-03,350524106202\r\n` +
        'N-0001,"两行\n""引号"",逗号",已销号,否,101,2025-11-04 02:30:00,2025-11-03,350524106202\r\n',
    )
    expect(said).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/csv; charset=utf-8' })
    expect(said['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('试题 一 2026-03-02.csv')}`)
    expect(said['etag']).toBeUndefined()
  })

  test('a workbook holds codes as text and figures as numbers', async () => {
    const [sheet] = await readWorkbook((await post('town', 'xlsx', { query })).rawPayload)
    const row = sheet!.rows[3]!.cells
    expect(row.map((cell) => cell?.kind)).toEqual(['text', 'text', 'text', 'text', 'number', 'text', 'text', 'text'])
    expect(row[1]).toMatchObject({ text: '=HYPERLINK("http://x")', formula: false })
    expect(sheet!.rows[1]!.cells[0]!.text).toContain('导出人：town')
  })

  test('groups are one row each, by the words of the choice', async () => {
    const groups = '{ hazards { groups(orderBy: [{ by: "count" }]) { nodes { key { stage } count share figures { rectificationRate } nodes { number } } } } }'
    const rows = lines((await post('town', 'csv', { query: groups })).body)
    expect(rows[0]).toBe('状态,数量,占比（%）,整改率,编号')
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 2).join())).toEqual(['已登记,2', '已销号,1203'])
  })

  test('more groups than there can be are refused, not cut', async () => {
    const groups = '{ hazards { groups { nodes { key { number } count } } } }'
    expect((await post('town', 'csv', { query: groups })).json()).toMatchObject({ code: 'QUESTION_GROUPS' })
    expect(lines((await post('town', 'csv', { query: groups.replace('groups', 'groups(limit: 3)') })).body)).toHaveLength(4)
  })

  test('figures are one row', async () => {
    const figures = '{ hazards { totalCount aggregate { sum { costFen } figures { closed } } } }'
    expect(lines((await post('town', 'csv', { query: figures })).body)).toEqual(['总数,合计·整改费用（分）,已销号', '1205,510,1203'])
  })
})

describe('a saved question has an address', () => {
  test('whose variables can be overridden, each as the query says', async () => {
    const query =
      'query ($stages: [HazardStage!], $least: Int, $on: Day) { hazards(where: { stage: { in: $stages }, costFen: { gte: $least }, foundOn: { eq: $on } }) { nodes { number } } }'
    const { id } = await save('town', { name: '按变量', slug: 'by-variables', query, variables: '{"stages":["CLOSED"],"least":104}' })
    expect(lines((await get('town', `/q/${id}.csv`)).body)).toEqual(['编号', 'N-0004'])
    expect(lines((await get('town', '/q/by-variables.csv?v.least=103&v.on=2025-11-03')).body)).toHaveLength(3)
    expect(lines((await get('town', '/q/by-variables.csv?v.stages=DRAFT&v.stages=VOID')).body)).toEqual(['编号'])
    expect((await get('town', '/q/by-variables.csv?v.least=many')).json()).toMatchObject({ code: 'QUESTION_VARIABLES' })
    expect((await get('town', '/q/by-variables.csv?v.unknown=1')).json()).toMatchObject({ code: 'QUESTION_VARIABLES' })
    // A run is noted once its file has gone out.
    const runs = async () => (await town.get<{ question: { runs: number } }>('town', '{ question(id: "by-variables") { runs } }')).question.runs
    await expect.poll(runs, { timeout: 10_000 }).toBe(4)
  })

  test("and another's runs with my rights", async () => {
    const { id, version } = await save('town', { name: '大家的', query: '{ enterprises { nodes { name } } }' })
    expect((await get('industry', `/q/${id}.csv`)).statusCode).toBe(404)
    await town.get('town', 'mutation ($id: ID!, $version: Int!) { questionShare(id: $id, version: $version, sharing: SHARED) { id } }', { id, version })
    expect(lines((await get('industry', `/q/${id}.csv`)).body)).toEqual(['单位名称', '金谷样本茶厂'])
    expect((await get('town.far', `/q/${id}.csv`)).statusCode).toBe(404)
    expect((await get('ent.tea', `/q/${id}.csv`)).statusCode).toBe(403)
    expect((await town.app.fastify.inject({ url: `/q/${id}.csv` })).statusCode).toBe(401)
  })

  test('opens by cookie from the own page and not from a foreign one', async () => {
    const { id } = await save('town', { name: '链接', query: '{ enterprises { totalCount } }' })
    const cookie = `anbiao=${await town.as('town')}`
    expect((await town.app.fastify.inject({ url: `/q/${id}.json`, headers: { cookie } })).statusCode).toBe(200)
    expect((await town.app.fastify.inject({ url: `/q/${id}.json`, headers: { cookie, 'sec-fetch-site': 'cross-site' } })).statusCode).toBe(403)
    const form = { method: 'POST' as const, url: '/q.csv', payload: `query=${encodeURIComponent('{ enterprises { nodes { name } } }')}` }
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await town.app.fastify.inject({ ...form, headers: { cookie, ...type } })).statusCode).toBe(403)
    expect((await town.app.fastify.inject({ ...form, headers: { cookie, ...type, 'sec-fetch-site': 'same-origin' } })).statusCode).toBe(200)
  })

  test('in no other format and with no act', async () => {
    expect((await post('town', 'pdf', { query: '{ viewer { id } }' })).statusCode).toBe(404)
    expect((await post('town', 'csv', { query: 'mutation { signOut }' })).json()).toMatchObject({ code: 'QUESTION_QUERY' })
  })
})

describe('while a file runs', () => {
  const contextOf = async (username: string): Promise<SignedIn> => {
    const person = await town.store.em({ division: '' }).findOneOrFail(Person, { username })
    const reply = { sessionDays: 0, setSession: () => undefined, clearSession: () => undefined }
    const asking = { actor: person.asActor(), session: undefined, now: town.clock.now, request: 'test', address: '', device: '', reply }
    return contextFor(town.store, asking) as SignedIn
  }

  test('who loses his rights gets no further row', async () => {
    const context = await contextOf('town')
    let rounds = 0
    const again = () => (++rounds > 1 ? Promise.reject(new Refusal('FORBIDDEN', '没有了')) : Promise.resolve(context))
    const wanted = { query: '{ hazards { nodes { number } } }', title: 'x', format: 'csv' as const }
    const { stream, rows } = await answerFile({ door: town.app.door, lists: LISTS }, { context, now: again }, wanted)
    await expect(stream.toArray()).rejects.toThrow('没有了')
    expect(rows()).toBe(500)
  })

  test('a change of place is noticed', async () => {
    const [context, moved] = [await contextOf('town'), await contextOf('industry')]
    await expect(stillThere(context, () => Promise.resolve(moved), 0)()).rejects.toThrow('权限刚刚变了')
    expect(await stillThere(context, () => Promise.resolve(context), 0)()).toBe(context)
  })

  test('an account has two places and gives them back', () => {
    const place = exportPlaces(3, 2)
    const leave = place({ id: 'a' })
    place({ id: 'a' })
    expect(() => place({ id: 'a' })).toThrow('等它们完成')
    leave()
    leave()
    place({ id: 'a' })
    place({ id: 'b' })
    expect(() => place({ id: 'c' })).toThrow('稍后再试')
  })
})
