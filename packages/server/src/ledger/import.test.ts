import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp, type App } from '../app.js'
import { readConfig } from '../config.js'
import { hashPassword } from '../person/password.js'
import { AccountRole, Person } from '../person/person.entity.js'
import { prepareTown } from '../seed/prepareTown.js'
import { act } from '../shared/act.js'
import { dayOf } from '../shared/days.js'
import { readWorkbook } from '../shared/excel.js'
import { paperFile } from '../shared/excelWrite.js'
import { FIRST_HASH, hashOf, type Row } from '../shared/log.js'
import { openStore, type Store } from '../store.js'
import { expectedOf, fixture } from '../testing/ledgers.js'
import { emptyStore, removeStores } from '../testing/store.js'
import { importLedger, type Wish } from './importLedger.js'
import type { LedgerReport } from './report.js'

const NOW = new Date('2026-11-23T02:00:00.000Z')
const TOWN = '350524106'
let store: Store
let app: App
let tokens: Record<string, string>

beforeAll(async () => {
  const { DATA_DIR, DATABASE_URL } = await emptyStore()
  const config = readConfig({ DATA_DIR, SEED: 'empty', ...(DATABASE_URL ? { DATABASE_URL } : {}) })
  store = await openStore(config)
  await prepareTown(store, config, NOW)
  const passwordHash = await hashPassword('jingu-2026')
  const accounts: Partial<Person>[] = [
    { username: 'town', role: AccountRole.TOWN_OFFICE, division: TOWN },
    { username: 'village', role: AccountRole.VILLAGE, division: '350524106208' },
    { username: 'county', role: AccountRole.COUNTY, division: '350524' },
  ]
  await act({ em: store.em(undefined), actor: undefined, now: NOW, request: 'test' }, 'test', ({ em }) =>
    Promise.resolve(
      void em.persist(
        accounts.map((account) => Object.assign(new Person(), { name: account.username, passwordHash, createdAt: NOW.toISOString(), ...account })),
      ),
    ),
  )
  app = await buildApp(store, config, () => NOW)
  tokens = Object.fromEntries(await Promise.all(accounts.map(async ({ username }) => [username, await signIn(username!)])))
})
afterAll(async () => {
  await app.close()
  await store.close()
  await removeStores()
})

async function signIn(username: string): Promise<string> {
  const payload = { query: 'mutation ($u: String!) { signIn(username: $u, password: "jingu-2026") { token } }', variables: { u: username } }
  return (await app.fastify.inject({ method: 'POST', url: '/graphql', payload })).json<{ data: { signIn: { token: string } } }>().data.signIn.token
}
const send = (who: string, url: string, bytes: Uint8Array, fileName = '台账.xlsx', headers: Record<string, string> = {}) => {
  const boundary = 'ledger-boundary'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return app.fastify.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, authorization: `Bearer ${tokens[who]}`, ...headers },
  })
}
const get = (who: string, url: string) => app.fastify.inject({ method: 'GET', url, headers: { authorization: `Bearer ${tokens[who]}` } })
const count = async (table: string, where = '1 = 1') => Number((await store.reader.all(`select count(*) as n from ${table} where ${where}`))[0]!['n'])
const outcomes = ({ created, updated, unchanged, errors, written }: LedgerReport) => ({ created, updated, unchanged, errors, written })
const direct = async (wish: Partial<Wish> & Pick<Wish, 'kind' | 'bytes'>) => {
  const person = await store.em(undefined).findOneOrFail(Person, { username: 'town' })
  const actor = person.asActor()
  return importLedger({ em: store.em(actor.scope), reader: store.reader, actor, now: NOW, request: 'test' }, { fileName: '台账.xlsx', town: TOWN, ...wish })
}

describe('the two messy ledgers of the town', () => {
  test('a preview gives the verdict on every row and writes nothing', async () => {
    const report = (await send('town', '/ledger/enterprises?dryRun=true', fixture('企业台账.xlsx'), '企业台账.xlsx')).json<LedgerReport>()
    expect(outcomes(report)).toEqual({ created: 300, updated: 0, unchanged: 0, errors: 24, written: false })
    expect(report).toMatchObject({ kind: 'enterprises', fileName: '企业台账.xlsx', sheet: '企业台账', headerRow: 3, ignoredColumns: ['序号'] })
    const wanted = expectedOf('企业台账').rows
    expect(report.rows.map((row) => [row.row, row.outcome, row.field])).toEqual(wanted.map((row) => [row.row, row.outcome, row.field]))
    expect(await count('enterprise')).toBe(0)
  })

  test('with refused rows nothing is written until the clerk takes the accepted ones alone', async () => {
    const bytes = fixture('企业台账.xlsx')
    expect((await send('town', '/ledger/enterprises', bytes)).json<LedgerReport>().written).toBe(false)
    expect(await count('enterprise')).toBe(0)
    const report = (await send('town', '/ledger/enterprises?skipRefused=true', bytes)).json<LedgerReport>()
    expect(outcomes(report)).toEqual({ created: 300, updated: 0, unchanged: 0, errors: 24, written: true })
    expect(await count('enterprise')).toBe(300)
    expect(await count('change', "thing = 'Enterprise' and act = 'ledgerImport'")).toBe(300)
  })

  test('the hazards come in with their days, stages and people as recorded, told line by line', async () => {
    const answer = await send('town', '/ledger/hazards?skipRefused=true', fixture('隐患台账.xlsx'), '隐患台账.xlsx', { accept: 'application/x-ndjson' })
    const lines = answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { progress?: { phase: string }; report?: LedgerReport })
    expect(lines.slice(0, -1).map((line) => line.progress!.phase)).toEqual(expect.arrayContaining(['READING', 'JUDGING', 'WRITING']))
    const report = lines.at(-1)!.report!
    expect(outcomes(report)).toEqual({ created: 838, updated: 0, unchanged: 0, errors: 62, written: true })
    const rows = await store.reader.all(
      'select h.found_on, h.due_on, h.original_due_on, h.stage, h.severity, h.closed_at, h.number, h.historical, h.reviewer_names, h.division, e.division as home, e.uscc from hazard h join enterprise e on e.id = h.enterprise_id',
    )
    const wanted = expectedOf('隐患台账').rows.filter((row) => row.outcome === 'created')
    const key = (...parts: unknown[]) => parts.join(' ')
    expect(
      rows
        .map((row) =>
          key(
            row['uscc'],
            row['found_on'],
            row['due_on'],
            row['severity'],
            row['stage'] === 'CLOSED' ? 'CLOSED' : 'OPEN',
            row['closed_at'] ? dayOf(row['closed_at'] as string) : null,
          ),
        )
        .sort(),
    ).toEqual(wanted.map((row) => key(row.code, row.found, row.due, row.severity, row.status, row.closed)).sort())
    expect(rows.every((row) => row['due_on'] === row['original_due_on'] && row['division'] === row['home'])).toBe(true)
    expect(new Set(rows.map((row) => row['number'])).size).toBe(838)
    expect(rows.find((row) => row['found_on'] === '2023-02-12')!['number']).toMatch(/^YH-202302-106\d{3}-0001$/)
    expect(rows.filter((row) => row['stage'] === 'CLOSED').every((row) => row['reviewer_names'] === '镇安办')).toBe(true)
  })

  test('the same files a second time change nothing, and log nothing', async () => {
    const before = await count('change')
    for (const [kind, unchanged, errors] of [
      ['enterprises', 300, 24],
      ['hazards', 838, 62],
    ] as const) {
      const report = (
        await send('town', `/ledger/${kind}?skipRefused=true`, fixture(kind === 'enterprises' ? '企业台账.xlsx' : '隐患台账.xlsx'))
      ).json<LedgerReport>()
      expect(outcomes(report)).toEqual({ created: 0, updated: 0, unchanged, errors, written: true })
    }
    expect(await count('change')).toBe(before)
  })

  test('every row written stands in the chain of the log, names and phones only as changed', async () => {
    const rows = (await store.reader.all('select * from change order by seq')) as unknown as Row[]
    let hash = FIRST_HASH
    for (const row of rows) {
      const { hash: kept, ...rest } = { ...row, seq: Number(row.seq) }
      expect((hash = hashOf(hash, rest))).toBe(kept)
    }
    const diff = JSON.parse(rows.find((row) => row.act === 'ledgerImport' && row.thing === 'Enterprise')!.diff) as Record<string, unknown>
    expect(diff).toMatchObject({ principal: [null, '•'], phone: [null, '•'], uscc: [null, '92350524D7M000019W'] })
  })

  test('refused rows come back as a file with the reason beside each, which can be imported as it is', async () => {
    const answer = await send('town', '/ledger/enterprises/refused', fixture('企业台账.xlsx'), '企业台账.xlsx')
    expect(answer.headers['content-disposition']).toContain(encodeURIComponent('退回的行 企业台账.xlsx'))
    const [sheet] = await readWorkbook(answer.rawPayload)
    const header = sheet!.rows[1]!.cells.map((cell) => cell?.text)
    expect(header.slice(0, 3)).toEqual(['序号', '单位名称', '统一社会信用代码'])
    expect(header.slice(-3)).toEqual(['退回原因', '您要填的是不是', '原行号'])
    expect(sheet!.rows.slice(2)).toHaveLength(24)
    const again = await direct({ kind: 'enterprises', bytes: answer.rawPayload, dryRun: true })
    expect(again.errors + again.created + again.unchanged + again.updated).toBe(24)
    expect(again.rows.filter((row) => row.suggestion === '景坑村')).toHaveLength(3)
  })
})

describe('a later ledger', () => {
  const paper = (headers: string[]) => ({ sheet: '台账', lines: ['台账'], columns: headers.map((header) => ({ header })) })
  const file = (headers: string[], ...rows: (string | null)[][]) => paperFile(paper(headers), rows)
  const one = async (where: string) => (await store.reader.all(`select * from enterprise where ${where}`))[0]!

  test('updates what it says otherwise, leaves alone what it does not say, and tells what changes', async () => {
    const before = await one("uscc = '92350524D7M0000780'")
    const bytes = await file(['单位名称', '信用代码', '所属村', '从业人数', '地址'], [before['name'] as string, '92350524D7M0000780', '景坑村', '33', null])
    const report = await direct({ kind: 'enterprises', bytes })
    expect(outcomes(report)).toEqual({ created: 0, updated: 1, unchanged: 0, errors: 0, written: true })
    expect(report.rows[0]!.message).toContain('将更新：所属村、从业人数')
    const after = await one("uscc = '92350524D7M0000780'")
    expect(after).toMatchObject({ division: '350524106208', staff_count: 33, address: before['address'], phone: before['phone'], version: 2 })
    expect(await count('hazard', `enterprise_id = '${String(after['id'])}' and division <> '350524106208'`)).toBe(0)
    expect(await count('hazard', `enterprise_id = '${String(after['id'])}'`)).toBeGreaterThan(0)
  })

  test('brings a recorded hazard on to its closure, and never touches one that people have acted on', async () => {
    const hazard = (
      await store.reader.all(
        "select h.*, e.name as firm from hazard h join enterprise e on e.id = h.enterprise_id where h.stage = 'NOTIFIED' order by h.number limit 1",
      )
    )[0]!
    const row = (...rest: string[]) => [hazard['firm'], hazard['found_on'], hazard['place'], hazard['description'], hazard['due_on'], ...rest] as string[]
    const bytes = await file(
      ['被检查单位', '检查日期', '隐患部位', '隐患描述', '整改期限', '整改完成日期', '复查日期', '复查人', '状态'],
      row('2026-11-01', '2026-11-02', '陈某', '已销号'),
    )
    const report = await direct({ kind: 'hazards', bytes })
    expect(outcomes(report)).toMatchObject({ updated: 1, created: 0, written: true })
    expect((await store.reader.all('select * from hazard where id = ?', [hazard['id']]))[0]).toMatchObject({
      stage: 'CLOSED',
      closed_at: '2026-11-02T04:00:00.000Z',
      reviewer_names: '陈某',
      version: 2,
    })
    const open = await file(['被检查单位', '检查日期', '隐患部位', '隐患描述', '整改期限', '状态'], row('整改中'))
    expect((await direct({ kind: 'hazards', bytes: open })).rows[0]).toMatchObject({ outcome: 'unchanged', message: '系统中已是“已销号”，以系统中的办理为准' })
  })

  test('a code that stands in another town’s register is refused', async () => {
    const em = store.em({ division: '350524' })
    const { Enterprise } = await import('../enterprise/enterprise.entity.js')
    await act({ em, actor: undefined, now: NOW, request: 'test' }, 'test', ({ em }) =>
      Promise.resolve(
        void em.persist(
          Object.assign(new Enterprise(), {
            name: '龙门样本石材厂',
            uscc: '91350524DEM0001295',
            division: '350524107201',
            enteredOn: '2026-01-05',
            createdAt: NOW.toISOString(),
          }),
        ),
      ),
    )
    const report = await direct({ kind: 'enterprises', bytes: await file(['单位名称', '信用代码', '所属村'], ['甲厂', '91350524DEM0001295', '景坑村']) })
    expect(report.rows[0]).toMatchObject({ outcome: 'error', field: 'uscc', message: expect.stringContaining('其他乡镇') as string })
  })

  test('two imports of one ledger at the same time enter every row once', async () => {
    const bytes = await file(
      ['单位名称', '信用代码', '所属村', '电话'],
      ...Array.from({ length: 40 }, (_, i) => [`并发样本${i}号店`, '无', '景坑村', '13286574106']),
    )
    const reports = await Promise.all([direct({ kind: 'enterprises', bytes }), direct({ kind: 'enterprises', bytes })])
    expect(reports.map((report) => report.created).sort((a, b) => a - b)).toEqual([0, 40])
    expect(await count('enterprise', "name like '并发样本%'")).toBe(40)
  })
})

describe('who may do what', () => {
  test('only the town office imports; a page of another site cannot', async () => {
    const bytes = fixture('企业台账.xlsx')
    expect((await send('village', '/ledger/enterprises', bytes)).statusCode).toBe(403)
    expect((await send('county', '/ledger/enterprises/refused', bytes)).statusCode).toBe(403)
    expect(
      (
        await app.fastify.inject({
          method: 'POST',
          url: '/ledger/enterprises',
          headers: { 'content-type': 'multipart/form-data; boundary=x', cookie: `anbiao=${tokens['town']}`, origin: 'https://example.invalid' },
          payload: '',
        })
      ).statusCode,
    ).toBe(403)
    expect((await app.fastify.inject({ method: 'POST', url: '/ledger/enterprises', headers: { 'x-anbiao': '1' } })).statusCode).toBe(401)
  })

  test('another file than the previewed one, a file that is none, and an unknown kind are refused in words', async () => {
    expect((await send('town', '/ledger/enterprises?digest=0', fixture('企业台账.xlsx'))).json()).toMatchObject({ code: 'FILE_CHANGED' })
    expect((await send('town', '/ledger/enterprises', Buffer.from('x'))).json()).toMatchObject({
      code: 'FILE_FORMAT',
      message: expect.stringContaining('.xlsx') as string,
    })
    expect((await send('town', '/ledger/people', fixture('企业台账.xlsx'))).statusCode).toBe(404)
    const lines = await send('town', '/ledger/enterprises', Buffer.from('x'), 'x.xlsx', { accept: 'application/x-ndjson' })
    expect(JSON.parse(lines.body.trim().split('\n').at(-1)!)).toMatchObject({ refusal: { code: 'FILE_FORMAT' } })
  })
})

describe('lists as workbooks', () => {
  const rowsOf = async (url: string, who = 'town') => (await readWorkbook((await get(who, url)).rawPayload))[0]!.rows
  const query = (where: object) => `where=${encodeURIComponent(JSON.stringify(where))}`

  test('are complete, with codes as text, phones masked, no formula, and who took them', async () => {
    const rows = await rowsOf('/export/enterprises.xlsx')
    expect(rows[1]!.cells[0]!.text).toMatch(/^导出人：town · 导出时间：2026-11-23 10:00 · 共 \d+ 条$/)
    const header = rows[2]!.cells.map((cell) => cell!.text)
    const body = rows.slice(3)
    expect(body).toHaveLength(await count('enterprise', `division like '${TOWN}%'`))
    const column = (name: string) => body.map((row) => row.cells[header.indexOf(name)])
    expect(
      column('统一社会信用代码')
        .filter(Boolean)
        .every((cell) => cell!.kind === 'text'),
    ).toBe(true)
    expect(
      column('联系电话')
        .filter(Boolean)
        .every((cell) => cell!.text.includes('****')),
    ).toBe(true)
    expect(column('单位名称').filter((cell) => cell!.text.startsWith('='))).toHaveLength(3)
    expect(body.flatMap((row) => row.cells).some((cell) => cell?.formula)).toBe(false)
    expect(column('从业人数').find(Boolean)!.kind).toBe('number')
  })

  test('follow the filter and the search of the list, and the scope of who asks', async () => {
    const where = query({ stage: { eq: 'CLOSED' }, severity: { eq: 'MAJOR' } })
    expect(await rowsOf(`/export/hazards.xlsx?${where}`)).toHaveLength(3 + (await count('hazard', "stage = 'CLOSED' and severity = 'MAJOR'")))
    expect(await rowsOf(`/export/enterprises.xlsx?search=${encodeURIComponent('加油站 景盛')}`)).toHaveLength(
      3 + (await count('enterprise', "name like '%景盛%加油站%'")),
    )
    expect(await rowsOf('/export/hazards.xlsx', 'village')).toHaveLength(3 + (await count('hazard', "division = '350524106208'")))
    expect((await get('town', `/export/hazards.xlsx?${query({ stage: { eq: 'NONE' } })}`)).json()).toMatchObject({ code: 'BAD_FILTER' })
    expect((await get('town', '/export/hazards.xlsx?where=%7B')).json()).toMatchObject({ code: 'BAD_FILTER' })
    expect((await app.fastify.inject({ method: 'GET', url: '/export/hazards.xlsx' })).statusCode).toBe(401)
  })

  test('phones in full go only to who may see them, and each is logged', async () => {
    expect((await get('county', '/export/enterprises.xlsx?phones=full')).statusCode).toBe(403)
    const before = await count('change', "act = 'enterpriseReveal'")
    const rows = await rowsOf(`/export/enterprises.xlsx?phones=full&${query({ uscc: { eq: '92350524D7M0000780' } })}`)
    expect(rows[3]!.cells.some((cell) => cell?.text === '13297064056')).toBe(true)
    expect(await count('change', "act = 'enterpriseReveal'")).toBe(before + 1)
  })

  test('taken out and brought back in, an enterprise list changes nothing', async () => {
    const report = await direct({ kind: 'enterprises', bytes: (await get('town', '/export/enterprises.xlsx')).rawPayload, dryRun: true })
    expect(report).toMatchObject({ created: 0, updated: 0, errors: 0 })
    expect(report.unchanged).toBe(await count('enterprise', `division like '${TOWN}%'`))
  })
})

test('a template is found, read, and holds nothing but its example', async () => {
  for (const kind of ['enterprises', 'hazards'] as const) {
    const answer = await get('town', `/ledger/${kind}/template.xlsx`)
    await expect(direct({ kind, bytes: answer.rawPayload })).rejects.toThrow('下面没有数据')
    const [, notes, lists] = await readWorkbook(answer.rawPayload)
    expect(notes!.name).toBe('填写说明')
    expect(lists!.rows[0]!.cells[0]!.text).toBe(kind === 'enterprises' ? '金谷村' : '企业自查')
  }
})
