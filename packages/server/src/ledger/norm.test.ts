import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paperFile } from '../shared/excelWrite.js'
import { readWorkbook } from '../shared/excel.js'
import { type Desk, desk, type NormRow } from '../testing/desk.js'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'
import type { LedgerReport } from './report.js'

let town: Town
let at: Desk
beforeAll(async () => {
  town = await openTown()
  at = desk(town)
  await at.trades('INDUSTRY_STATION', '茶叶加工')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const HEADERS = ['编号', '层级', '清单名称', '检查内容', '合格标准', '检查频率', '关键项', '隐患因素']
const workbook = (...rows: (string | null)[][]) =>
  paperFile({ sheet: '检查项', lines: ['茶叶加工检查项'], columns: HEADERS.map((header) => ({ header })) }, rows)

async function send(who: string, url: string, name: string, bytes: Uint8Array) {
  const boundary = 'norm-boundary'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, authorization: `Bearer ${await town.as(who)}` }
  return town.app.fastify.inject({ method: 'POST', url, headers, payload })
}
const items = async (who: string, norm: NormRow, bytes: Uint8Array, query = '') =>
  (await send(who, `/norms/${norm.id}/items${query}`, '检查项.xlsx', bytes)).json<LedgerReport & { code?: string }>()
const outcomes = (report: LedgerReport) => report.rows.map(({ row, outcome, field }) => `${row} ${outcome}${field ? ` ${field}` : ''}`)

test('every row of a sheet of items has its verdict, and with a refused row nothing is written', async () => {
  const norm = await at.norm('industry')
  const file = await workbook(
    ['T-01', '单位', '单位清单', '签订责任书', '覆盖每个岗位', '每年', '否', '管理'],
    ['T-02', '车间', null, '防护罩完好', null, '每周一次', '是', '物'],
    ['T-03', '工段', null, '层级写错', null, '隔三差五', null, null],
    ['T-01', '单位', '单位清单', '编号重复', null, null, null, null],
    [null, '岗位', null, '没有编号的一项', null, '班前', null, '人'],
  )
  const preview = await items('industry', norm, file, '?dryRun=true')
  expect(outcomes(preview)).toEqual(['3 created', '4 created', '5 error level', '6 error key', '7 created'])
  expect(preview.rows[2]).toMatchObject({ message: '层级“工段”无法识别，请填：单位、车间 或 岗位', also: [{ field: 'frequency' }] })
  expect(preview.rows[3]!.message).toContain('第 3 行')
  expect(await items('industry', norm, file)).toMatchObject({ written: false, errors: 2 })
  expect(await at.sheets('town', norm)).toEqual([])
  expect(await items('industry', norm, file, `?skipRefused=true&digest=${preview.digest}`)).toMatchObject({ written: true, created: 3 })
  const sheets = await at.sheets('town', norm)
  expect(sheets.map(({ level, items }) => `${level} ${items.nodes.map(({ key, content }) => `${key} ${content}`).join()}`).sort()).toEqual([
    'POST POST-01-01 没有编号的一项',
    'UNIT T-01 签订责任书',
    'WORKSHOP T-02 防护罩完好',
  ])
})

test('the same sheet again changes nothing, a corrected one only what was corrected', async () => {
  const norm = await at.norm('town')
  const rows = [
    ['A-1', '单位', '甲', '第一项', null, null, null, null],
    [null, '单位', '甲', '第二项', null, null, null, null],
  ]
  await items('town', norm, await workbook(...rows))
  expect(outcomes(await items('town', norm, await workbook(...rows)))).toEqual(['3 unchanged', '4 unchanged'])
  rows[0]![3] = '第一项改'
  expect(outcomes(await items('town', norm, await workbook(...rows)))).toEqual(['3 updated', '4 unchanged'])
  expect((await at.sheets('town', norm))[0]!.items.nodes.map(({ content }) => content)).toEqual(['第一项改', '第二项'])
})

test('only who may prepare a norm imports into it, and only into a draft', async () => {
  const norm = await at.norm('town')
  const file = await workbook(['A-1', '单位', '甲', '第一项', null, null, null, null])
  expect((await items('ent.tea', norm, file)).code).toBe('FORBIDDEN')
  expect((await items('market', norm, file)).code).toBe('TRADE_FOREIGN')
  await items('town', norm, file)
  await at.publish('town', norm)
  expect((await items('town', norm, file)).code).toBe('NORM_FROZEN')
})

test('the template to download is read by the import, its examples left out', async () => {
  const headers = { authorization: `Bearer ${await town.as('town')}` }
  const answer = await town.app.fastify.inject({ method: 'GET', url: '/norms/items-template.xlsx', headers })
  const [sheet] = await readWorkbook(answer.rawPayload)
  expect(sheet!.rows[1]!.cells.map((cell) => cell?.text)).toContain('检查内容*')
  expect((await items('town', await at.norm('town'), answer.rawPayload)).code).toBe('NO_ROWS')
})

test('the text of a Word and of a PDF file is found, and goes when the file goes', async () => {
  const norm = await at.norm('town', { kind: 'GUIDE', title: '只有附件的指南' })
  const files = async (name: string, bytes: Buffer) =>
    (await send('town', `/norms/${norm.id}/files`, name, bytes)).json<{ files: { id: string; characters: number }[]; code?: string }>()
  const word = await files('指南.docx', docx('烘焙房&lt;温度&gt;不得超过一百二十度'))
  expect(word.files[0]!.characters).toBeGreaterThan(10)
  expect((await files('guide.pdf', pdf('Hearth inspection monthly'))).files[0]!.characters).toBe(25)
  expect((await files('表.xlsx', Buffer.from(await workbook(['1', null, null, null, null, null, null, null])))).code).toBe('FILE_TYPE')
  await at.publish('town', norm)
  const find = async (query: string) =>
    (
      await town.get<{ normSearch: { place: string; norm: { files: { name: string }[] } }[] }>(
        'ent.tea',
        'query ($q: String!) { normSearch(query: $q) { place norm { files { name } } } }',
        { q: query },
      )
    ).normSearch
  expect(await find('<温度>不得超过')).toMatchObject([{ place: '指南.docx', norm: { files: [{ name: '指南.docx' }, { name: 'guide.pdf' }] } }])
  expect(await find('hearth INSPECTION')).toMatchObject([{ place: 'guide.pdf' }])
  const { version } = await at.withdraw(norm)
  await town.get('town', 'mutation ($id: ID!, $v: Int!, $f: ID!) { normFileRemove(id: $id, version: $v, file: $f) { id } }', {
    id: norm.id,
    v: version,
    f: word.files[0]!.id,
  })
  await at.publish('town', norm)
  expect(await find('不得超过一百二十度')).toEqual([])
})

/** The smallest Word file that is one. */
function docx(text: string): Buffer {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  return zip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${word}"/></Types>`,
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>前言</w:t></w:r></w:p><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
  })
}

function zip(parts: Record<string, string>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(text)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(Buffer.byteLength(text), 18)
    facts.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), packed])
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, entry, Buffer.from(name)]))
    bodies.push(local)
    at += local.length
  }
  const all = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(all.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, all, end])
}

/** The smallest PDF with a line of text. */
function pdf(text: string): Buffer {
  const stream = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const place = body.length
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return String(place).padStart(10, '0')
  })
  const xref = body.length
  body += `xref\n0 6\n0000000000 65535 f \n${places.map((place) => `${place} 00000 n \n`).join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
  return Buffer.from(body, 'latin1')
}
