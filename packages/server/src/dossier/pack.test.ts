import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWorkbook } from '../shared/excel.js'
import { paperFile } from '../shared/excelWrite.js'
import { type Doc, dossiers } from '../testing/dossiers.js'
import { PART_NAMES } from './terms.js'
import { bare, pdfPages } from '../testing/papers.js'
import { form } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let d: ReturnType<typeof dossiers>
const map = (sheet: string, code: string, title: string, format = 'TEXT', version = 0) =>
  town.ask('town', 'mutation ($f: ExportMappingInput!, $v: Int!) { exportMappingSet(facts: $f, version: $v) { id version title } }', {
    ...{ f: { sheet, code, title, format, position: 10, active: true }, v: version },
  })
beforeAll(async () => {
  town = await openTown()
  d = dossiers(town)
  await map('ENTERPRISE', 'name', '单位名称')
  await map('ENTERPRISE', 'uscc', '信用代码')
  await map('ENTERPRISE', 'staffCount', '人数', 'NUMBER')
  await map('DOCUMENT', 'title', '资料')
  await map('DOCUMENT', 'validUntil', '到期', 'DAY_SLASH')
  await map('TRAINING', 'topic', '内容')
  await d.demand('PLAN', { title: '应急预案' })
  const one = (await d.submit('ent.tea', 'PLAN', { validUntil: '2027-01-01' })).data!['dossierDocumentSubmit'] as Doc
  await d.accept('industry', one)
  await train('=HYPERLINK("http://x")')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const train = (topic: string) =>
  town.get('ent.tea', 'mutation ($e: ID!, $f: TrainingInput!) { trainingEnter(enterprise: $e, facts: $f) { id } }', {
    ...{ e: d.tea(), f: { kind: 'TOPIC', topic, heldOn: '2026-02-01', hours: 1, required: 1, trained: 1 } },
  })
interface Pack {
  id: string
  number: string
  rowCount: number
  fileCount: number
}
const make = async (who: string, whole = false) =>
  (await town.get<{ exportPackMake: Pack }>(who, 'mutation ($w: Boolean!) { exportPackMake(whole: $w) { id number rowCount fileCount } }', { w: whole }))
    .exportPackMake
const fetched = async (who: string, { id }: Pack) => {
  const answer = await town.app.fastify.inject({ method: 'GET', url: `/dossier/packs/${id}.zip`, headers: { authorization: `Bearer ${await town.as(who)}` } })
  return { status: answer.statusCode, files: answer.statusCode === 200 ? unzipSync(new Uint8Array(answer.rawPayload)) : {} }
}
const cells = async (bytes: Uint8Array) => (await readWorkbook(bytes))[0]!.rows.map(({ cells }) => cells.map((cell) => cell?.text ?? ''))
const receipt = async (who: string, { id }: Pack, name: string, bytes: Uint8Array | string) => {
  const { headers, payload } = form([{ name, bytes: typeof bytes === 'string' ? bytes : Buffer.from(bytes) }], {
    authorization: `Bearer ${await town.as(who)}`,
  })
  return town.app.fastify.inject({ method: 'POST', url: `/dossier/packs/${id}/receipt`, headers, payload })
}

describe('the columns of the platform are data', () => {
  test('kept by the town office, of codes that there are, in the version that was seen', async () => {
    expect((await map('TRAINING', 'shoeSize', '鞋码')).errors?.[0]?.extensions).toMatchObject({ code: 'EXPORT_CODE', field: 'code' })
    expect((await map('TRAINING', 'topic', '培训内容')).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' })
    expect((await map('TRAINING', 'topic', '培训内容', 'TEXT', 1)).data?.['exportMappingSet']).toMatchObject({ title: '培训内容', version: 2 })
    expect(
      await town.code(
        'industry',
        'mutation { exportMappingSet(facts: { sheet: TRAINING, code: "kind", title: "类", format: TEXT, position: 1, active: true }) { id } }',
      ),
    ).toBe('FORBIDDEN')
  })
})

describe('a pack', () => {
  let first: Pack
  test('holds what lies in the asker’s scope, the operator and the time on every sheet, and the documents', async () => {
    first = await make('industry')
    expect(first).toMatchObject({ rowCount: 3, fileCount: 1 })
    const { files } = await fetched('industry', first)
    expect(Object.keys(files)).toEqual(['01 企业.xlsx', '02 档案资料.xlsx', '03 教育培训.xlsx', '档案资料/金谷样本茶厂/PLAN-1/制度.jpg', '说明.txt'])
    const sheet = await cells(files['02 档案资料.xlsx']!)
    expect(sheet[1]![0]).toContain('导出人：industry · 导出时间：2026-03-02 10:00')
    expect(sheet[2]![0]).toContain('下载人：industry')
    expect(sheet.slice(3).map((row) => row.slice(1))).toEqual([
      ['记录状态', '资料', '到期'],
      ['有效', '应急预案', '2027/01/01'],
    ])
    expect((await cells(files['03 教育培训.xlsx']!))[4]![2]).toBe('=HYPERLINK("http://x")')
    const [training] = await readWorkbook(files['03 教育培训.xlsx']!)
    expect(training!.rows[4]!.cells[2]).toMatchObject({ kind: 'text', formula: false })
  })

  test('is nobody else’s: not another station’s, and of the others nobody may', async () => {
    expect((await fetched('market', first)).status).toBe(404)
    for (const who of ['ent.tea', 'village', 'county']) expect((await fetched(who, first)).status).toBe(403)
    expect((await make('market')).rowCount).toBe(1)
  })

  test('holds only what changed since the last one of the same office; unchanged it holds nothing', async () => {
    expect((await make('industry')).rowCount).toBe(0)
    await train('补充培训')
    const delta = await make('industry')
    expect(delta.rowCount).toBe(1)
    expect((await cells((await fetched('industry', delta)).files['01 教育培训.xlsx']!))[4]!.slice(1)).toEqual(['有效', '补充培训'])
    expect((await make('industry', true)).rowCount).toBe(4)
    expect((await make('town')).rowCount).toBe(5)
  })

  test('a record withdrawn after it was sent is sent once more, as void; one never sent is not', async () => {
    const { trainings } = await town.get<{ trainings: { nodes: { id: string; version: number }[] } }>(
      'ent.tea',
      '{ trainings(where: { topic: { eq: "补充培训" } }) { nodes { id version } } }',
    )
    await town.get('ent.tea', 'mutation ($id: ID!, $v: Int!) { trainingVoid(id: $id, version: $v, reason: "重复") { id } }', {
      id: trainings.nodes[0]!.id,
      v: trainings.nodes[0]!.version,
    })
    const delta = await make('industry')
    expect((await cells((await fetched('industry', delta)).files['01 教育培训.xlsx']!))[4]!.slice(1)).toEqual(['作废', '补充培训'])
    expect((await make('industry')).rowCount).toBe(0)
  })
})

describe('a receipt of the platform', () => {
  test('gives every line a verdict; what it refused is sent again; what is on one side only is listed', async () => {
    const pack = await make('industry', true)
    const { exportPackRows } = await town.get<{ exportPackRows: { nodes: { record: string; sheet: string }[] } }>(
      'industry',
      'query ($w: ExportPackRowWhere) { exportPackRows(where: $w) { nodes { record sheet } } }',
      {
        w: { pack: { id: { eq: pack.id } } },
      },
    )
    const of = (sheet: string) => exportPackRows.nodes.find((row) => row.sheet === sheet)!.record
    const paper = {
      sheet: '回执',
      lines: ['泉州平台回执', '2026-03-02'],
      columns: ['记录编号', '统一社会信用代码', '处理结果', '原因'].map((header) => ({ header })),
    }
    const file = await paperFile(paper, [
      [of('DOCUMENT'), '', '成功', ''],
      ['', '91350524DEM000014Y', '失败', '信用代码未在平台登记'],
      ['00000000-0000-7000-8000-000000000000', '', '成功', ''],
      [of('TRAINING'), '', '处理中', ''],
    ])
    const answer = await receipt('industry', pack, '回执.xlsx', file)
    expect(answer.json()).toMatchObject({ lines: 4, accepted: 1, refused: 1, unknown: 1, unclear: 1, unanswered: 1 })
    expect(answer.json<{ rows: { outcome: string; words: string }[] }>().rows.map(({ outcome }) => outcome)).toEqual([
      'ACCEPTED',
      'REFUSED',
      'UNKNOWN',
      'UNCLEAR',
    ])
    const lists = await town.get<{ exportPackRows: { nodes: object[] }; receiptLines: { nodes: object[] } }>(
      'industry',
      'query ($r: ExportPackRowWhere, $l: ReceiptLineWhere) { exportPackRows(where: $r) { nodes { sheet verdict } } receiptLines(where: $l) { nodes { line key words } } }',
      { r: { pack: { id: { eq: pack.id } }, verdict: { eq: 'PENDING' } }, l: { pack: { id: { eq: pack.id } }, matched: { eq: false } } },
    )
    expect(lists.exportPackRows.nodes).toEqual([{ sheet: 'TRAINING', verdict: 'PENDING' }])
    expect(lists.receiptLines.nodes).toEqual([{ line: 6, key: '00000000-0000-7000-8000-000000000000', words: '平台有、这一包里没有这条记录' }])
    expect((await make('industry')).rowCount).toBe(1)
    const again = await receipt('industry', pack, '回执.csv', '\ufeff单位名称,结果,说明\r\n"金谷样本茶厂",通过,\r\n没有的单位,退回,"查无,此企业"\r\n')
    expect(again.json()).toMatchObject({ lines: 2, accepted: 1, unknown: 1 })
  })

  test('in the encoding of Chinese Excel too; one without the columns is refused with what it needs', async () => {
    const pack = await make('industry', true)
    const gbk = Buffer.from([0xb5, 0xa5, 0xce, 0xbb, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xbd, 0xe1, 0xb9, 0xfb, 0x0a, 0xbc, 0xd7, 0x2c, 0xca, 0xa7, 0xb0, 0xdc])
    expect((await receipt('industry', pack, 'a.csv', gbk)).json()).toMatchObject({ lines: 1, unknown: 1 })
    expect((await receipt('industry', pack, 'a.csv', '甲,乙\n1,2')).json()).toMatchObject({ code: 'NO_ROWS' })
    expect((await receipt('market', pack, 'a.csv', '单位名称,结果\n甲,成功')).statusCode).toBe(404)
    expect((await receipt('ent.tea', pack, 'a.csv', '单位名称,结果\n甲,成功')).statusCode).toBe(403)
  })
})

describe('the printed dossier', () => {
  test('says the eleven parts, what is missing and what is filed, and no phone', async () => {
    const print = async (who: string) =>
      town.app.fastify.inject({ method: 'GET', url: `/dossier/${d.tea()}.pdf`, headers: { authorization: `Bearer ${await town.as(who)}` } })
    const answer = await print('industry')
    expect(answer.headers['content-type']).toBe('application/pdf')
    const pages = await pdfPages(answer.rawPayload)
    const said = bare(pages)
    expect(pages.length).toBeGreaterThanOrEqual(3)
    for (const part of Object.values(PART_NAMES)) expect(said).toContain(part)
    expect(said).toContain('目录')
    expect(said).toContain('第1版，至2027-01-01')
    expect(said).toContain('附：资料清单')
    expect(said).toContain('打印人：industry')
    expect(said).not.toMatch(/1[3-9]\d{9}|13800000001/)
    expect((await print('market')).statusCode).toBe(404)
  })
})
