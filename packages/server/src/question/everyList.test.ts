import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LISTS } from '../lists.js'
import { readWorkbook } from '../shared/excel.js'
import { makeList } from '../testing/checklists.js'
import { Letters } from '../testing/letters.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

const EVIL = '=HYPERLINK("http://x","点我")'
let town: Town
beforeAll(async () => {
  town = await openTown()
  await live()
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Something of each kind of list, done by those who do it: tea is of 经济发展办公室, inn of 市场监督管理所. */
async function live(): Promise<void> {
  const ADD = `mutation ($e: ID!, $u: ID, $p: ID, $f: RiskPointInput!) {
    riskPointAdd(enterprise: $e, unit: $u, post: $p, facts: $f, sources: { factors: [OBJECT], accidentTypes: ["机械伤害"] }) { id } }`
  const facts = (name: string) => ({ f: { name, kind: 'FACILITY' } })
  await town.get('ent.tea', ADD, { e: town.enterprises['tea'], u: town.units['tea'], p: town.posts['fryer'], ...facts(EVIL) })
  await town.get('ent.tea', ADD, { e: town.enterprises['tea'], u: town.units['tea2'], ...facts('揉捻机') })
  await town.get('ent.tea', 'mutation ($e: ID!, $u: ID, $f: SignInput!) { signRegister(enterprise: $e, unit: $u, facts: $f) { id } }', {
    e: town.enterprises['tea'],
    u: town.units['tea'],
    f: { kind: 'PROHIBITION', text: '禁止烟火', spot: '油漆库门口', edition: 'GB 2894-2025', setOn: '2026-01-10' },
  })
  await town.get('industry', 'mutation ($e: ID!, $p: ID, $f: ViolationInput!) { violationRecord(enterprise: $e, post: $p, facts: $f) { id } }', {
    e: town.enterprises['tea'],
    p: town.posts['fryer'],
    f: { kind: 'ILLEGAL_OPERATION', spot: '2号冲床', violator: 'WORKER', what: '未停机清理', foundOn: '2026-03-01', handling: 'STOPPED' },
  })
  await makeList(town, { enterprise: town.enterprises['tea']!, post: town.posts['fryer']! })
  await new Letters(town).issued('town', 'COMMITMENT', town.enterprises['tea']!)
}

const fetched = async (who: string | undefined, path: string, args: Record<string, unknown> = {}) => {
  const query = new URLSearchParams(
    Object.entries(args).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
  return town.app.fastify.inject({ url: `/export/${path}?${query}`, headers: who ? { authorization: `Bearer ${await town.as(who)}` } : {} })
}
/** The rows of a workbook, each by the headings; above them stand the title and who took it. */
async function sheet(who: string, list: string, args: Record<string, unknown> = {}) {
  const answer = await fetched(who, `${list}.xlsx`, args)
  expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200)
  const [title, signed, headings, ...rows] = (await readWorkbook(answer.rawPayload))[0]!.rows.map(({ cells }) => cells)
  const names = headings!.map((cell) => cell!.text)
  return {
    ...{ title: title![0]!.text, signed: signed![0]!.text, names, answer },
    rows: rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i]]))),
    said: rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i]?.text ?? '']))),
  }
}

describe('a list of each kind as a workbook', () => {
  test('of risk points, with the names of what they belong to and the words of the choices', async () => {
    const { title, signed, said, answer } = await sheet('town', 'riskPoints', { orderBy: [{ field: 'code' }] })
    expect([title, signed]).toEqual(['风险点清单', '导出人：town · 导出时间：2026-03-02 10:00'])
    expect(said).toHaveLength(2)
    expect(said[1]).toMatchObject({
      ...{ 名称: '揉捻机', 类型: '设备设施、场所', '企业·单位名称': '金谷样本茶厂', '所属车间·车间（部门）名称': '二车间', '所属村·名称': '金谷村' },
      ...{ '行业主管站所·站所名称': '经济发展办公室', 区划代码: '350524106201', 四种因素: '物' },
    })
    expect(said[0]).toMatchObject({ '所属岗位·岗位（班组）名称': '炒青岗' })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect(answer.headers['content-disposition']).toContain(encodeURIComponent('风险点清单 2026-03-02.xlsx'))
  })

  test.each([
    ['signs', '内容', '禁止烟火'],
    ['violations', '情况', '未停机清理'],
    ['checklists', '名称', '样本清单'],
    ['checklistItems', '检查清单·名称', '样本清单'],
    ['letters', '受送达单位', '金谷样本茶厂'],
    ['posts', '岗位（班组）名称', '炒青岗'],
    ['dossiers', '企业·单位名称', '金谷样本茶厂'],
    ['hazardRisks', undefined, undefined],
    ['stationsConnection', '站所名称', '市场监督管理所'],
  ])('of %s', async (list, heading, value) => {
    const { said, names } = await sheet('town', list)
    if (heading) expect(said.map((row) => row[heading])).toContain(value)
    expect(names.filter((name) => !/[\u4e00-\u9fff]/.test(name))).toEqual([])
  })

  test('where the record itself does not say where it lies, its enterprise does', async () => {
    expect((await sheet('town', 'posts')).said[0]).toMatchObject({ '企业·所属村（区划）·名称': '金谷村', '企业·站所·站所名称': '经济发展办公室' })
  })

  test('nothing in it is a formula, in a CSV neither', async () => {
    const { rows } = await sheet('town', 'riskPoints', { where: { name: { startsWith: '=' } } })
    expect(rows[0]!['名称']).toMatchObject({ kind: 'text', text: EVIL, formula: false })
    expect((await fetched('town', 'riskPoints.csv', { where: { name: { startsWith: '=' } } })).body).toContain(`"'=HYPERLINK(""http://x"",""点我"")"`)
  })
})

describe('what it holds', () => {
  test('is what the filter, the search and the order of the list say, all pages of it', async () => {
    const names = async (args: object) => (await sheet('town', 'riskPoints', args as never)).said.map((row) => row['名称'])
    expect(await names({ where: { unit: { name: { eq: '二车间' } } } })).toEqual(['揉捻机'])
    expect(await names({ search: '揉捻' })).toEqual(['揉捻机'])
    expect((await sheet('ent.tea', 'riskPoints', { queue: 'TO_ASSESS' })).rows).toHaveLength(2)
    expect((await sheet('ent.tea', 'riskPoints', { queue: 'TO_REVIEW' })).rows).toEqual([])
    expect(await names({ orderBy: [{ field: 'code', dir: 'DESC' }] })).toEqual(['揉捻机', EVIL])
    expect(await names({ where: { color: { eq: 'RED' } } })).toEqual([])
  })

  test('is in the scope of who takes it', async () => {
    for (const list of ['riskPoints', 'signs', 'violations', 'letters', 'checklists']) {
      expect((await sheet('industry', list)).rows.length, list).toBeGreaterThan(0)
      for (const who of ['market', 'town.far']) expect((await sheet(who, list)).rows, `${list} of ${who}`).toEqual([])
    }
    expect((await sheet('workshop.tea', 'riskPoints')).said.map((row) => row['名称'])).toEqual([EVIL])
  })

  test('has no column of what is closed to the reader', async () => {
    const { body } = await fetched('county', 'enterprises.csv')
    expect(body).toContain('金谷样本茶厂')
    expect(body).not.toMatch(/主要负责人|法定代表人|联系电话|安全管理员|tea[甲乙丙]|138[\d*]{8}/)
    expect((await fetched('town', 'enterprises.csv')).body).toMatch(/主要负责人[^]*tea乙[^]*138\*\*\*\*0001/)
    const { names } = await sheet('county', 'letters')
    expect(names).not.toContain('签收人')
  })

  test.each(['town', 'market', 'village', 'ent.tea', 'workshop.tea', 'county', 'admin'])(
    'of every list is exactly what %s counts on the screen',
    async (who) => {
      for (const { name } of LISTS) {
        const { statusCode, body } = await fetched(who, `${name}.csv`)
        const { data, errors } = await town.ask(who, `{ ${name} { totalCount nodes { id } } }`)
        const nodes = (data?.[name] as { nodes: object[] } | undefined)?.nodes
        if (errors) expect([name, statusCode]).toEqual([name, 403])
        else expect([name, statusCode, body.trimEnd().split('\r\n').length - 1]).toEqual([name, 200, nodes!.length])
      }
    },
  )
})

describe('what is refused', () => {
  test('a list or a format that does not exist', async () => {
    for (const path of ['nothing.xlsx', 'constructor.csv', 'riskPoint.xlsx', 'riskPoints.pdf', 'riskPoints.json'])
      expect([path, (await fetched('town', path)).statusCode]).toEqual([path, 404])
  })

  test('a condition that the list does not understand, by its name', async () => {
    const said = async (args: Record<string, unknown>) => {
      const answer = await fetched('town', 'riskPoints.xlsx', args)
      return { status: answer.statusCode, ...answer.json<{ code: string; message: string; field?: string }>() }
    }
    expect(await said({ where: '{' })).toMatchObject({ status: 400, code: 'BAD_FILTER', message: 'where 不是 JSON', field: 'where' })
    expect(await said({ where: { colour: { eq: 'RED' } } })).toMatchObject({ status: 400, code: 'BAD_FILTER', field: 'where' })
    expect((await said({ where: { colour: { eq: 'RED' } } })).message).toContain('colour')
    expect(await said({ where: '[1]' })).toMatchObject({ status: 400, field: 'where' })
    expect(await said({ orderBy: [{ field: 'nothing' }] })).toMatchObject({ status: 400, code: 'BAD_FILTER', field: 'orderBy' })
    expect(await said({ queue: 'NOBODY' })).toMatchObject({ status: 400, field: 'queue' })
    expect(await said({ wher: '{}' })).toMatchObject({ status: 400, field: 'wher', message: '没有参数 wher，可以用 search、queue、where、orderBy、asOf' })
  })

  test('who has not signed in, a page elsewhere, an access token, a board link', async () => {
    expect((await fetched(undefined, 'riskPoints.xlsx')).statusCode).toBe(401)
    const { tokenCreate } = await town.get<{ tokenCreate: { secret: string } }>(
      'town',
      'mutation { tokenCreate(name: "报表", expiresOn: "2026-12-31") { secret } }',
    )
    const { boardLinkCreate } = await town.get<{ boardLinkCreate: { url: string } }>(
      'town',
      'mutation { boardLinkCreate(name: "大屏", division: "350524106", expiresOn: "2026-12-31") { url } }',
    )
    for (const bearer of [tokenCreate.secret, boardLinkCreate.url.replace('/board/', '')])
      for (const path of ['riskPoints.xlsx', 'enterprises.csv', 'enterprises.xlsx']) {
        const { statusCode } = await town.app.fastify.inject({ url: `/export/${path}`, headers: { authorization: `Bearer ${bearer}` } })
        expect([path, statusCode]).toEqual([path, 401])
      }
    const foreign = await town.app.fastify.inject({ url: '/export/riskPoints.xlsx', headers: { 'sec-fetch-site': 'cross-site' } })
    expect(foreign.statusCode).toBe(403)
  })
})
