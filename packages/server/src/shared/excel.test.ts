import { writeXlsx, type WriteSheet } from 'hucre/xlsx'
import { buffer } from 'node:stream/consumers'
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readWorkbook, type Sheet } from './excel.js'
import { paperFile, paperStream } from './excelWrite.js'

const read = async (...sheets: WriteSheet[]) => readWorkbook(await writeXlsx({ sheets }))
const texts = (sheet: Sheet | undefined) => sheet!.rows.map((row) => [row.number, ...row.cells.map((cell) => cell?.text)])
const wordsOf = async (bytes: Uint8Array) =>
  readWorkbook(bytes).then(
    () => 'read',
    (error: Error) => error.message,
  )

describe('reading a workbook', () => {
  test('keeps Excel row numbers, leaves out blank rows and gives every cell as text', async () => {
    const [sheet] = await read({ name: '台账', rows: [['标题'], [], [null, '  '], ['序号', 13286574106, true, 0.1 + 0.2, new Date('2023-04-05T15:30:00Z')]] })
    expect(texts(sheet)).toEqual([[1, '标题'].concat(Array(4).fill(undefined)), [4, '序号', '13286574106', '是', '0.3', '2023-04-05']])
    expect(sheet!.rows[1]!.cells.map((cell) => cell!.kind)).toEqual(['text', 'number', 'flag', 'number', 'day'])
  })

  test('keeps line breaks, reads hidden rows and hidden sheets', async () => {
    const sheets = await read(
      { name: '一', rows: [['上行\n下行'], ['藏']], rowDefs: new Map([[1, { hidden: true }]]) },
      { name: '二', rows: [['x']], hidden: true },
    )
    expect(texts(sheets[0])).toEqual([
      [1, '上行\n下行'],
      [2, '藏'],
    ])
    expect(sheets.map((sheet) => sheet.hidden)).toEqual([false, true])
  })

  test('tells a formula from text that only looks like one, and sees a formula that was never calculated', async () => {
    const cells = new Map([
      ['0,0', { formula: 'SUM(B1:B2)', formulaResult: 3, value: 3 }],
      ['0,1', { formula: 'A1', value: null }],
    ])
    const [sheet] = await read({ name: '表', rows: [[3, null, '=1+1']], cells })
    expect(sheet!.rows[0]!.cells.map((cell) => [cell!.text, cell!.formula, cell!.kind])).toEqual([
      ['3', true, 'number'],
      ['', true, 'fault'],
      ['=1+1', false, 'text'],
    ])
  })

  test('gives the value of cells merged downwards to every row they stand beside', async () => {
    const [sheet] = await read({
      name: '表',
      rows: [
        ['甲厂', 1],
        [null, 2],
        [null, 3],
        [null, 4],
      ],
      merges: [{ startRow: 0, endRow: 2, startCol: 0, endCol: 0 }],
    })
    expect(texts(sheet)).toEqual([
      [1, '甲厂', '1'],
      [2, '甲厂', '2'],
      [3, '甲厂', '3'],
      [4, undefined, '4'],
    ])
    expect(sheet!.rows[1]!.cells[0]!.merged).toBe(true)
  })
})

describe('a file that is not a readable .xlsx is refused, saying what to do', () => {
  test.each([
    ['a text file', Buffer.from('单位名称,信用代码\n甲厂,1\n'.repeat(3)), '这不是 Excel 工作簿，请上传 .xlsx 文件'],
    ['an empty file', Buffer.alloc(0), '这不是 Excel 工作簿'],
    ['an old .xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), '另存为 .xlsx'],
    ['a locked workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]), '打开密码'],
  ])('%s', async (_, bytes, words) => expect(await wordsOf(bytes)).toContain(words))

  test('a workbook locked with a password by Excel itself', async () => {
    const locked = await writeXlsx({ sheets: [{ name: '表', rows: [['x']] }], encryption: { password: '1', spinCount: 1000 } })
    expect(await wordsOf(locked)).toContain('打开密码')
  })
  test('a workbook cut off half-way', async () => {
    const whole = await writeXlsx({ sheets: [{ name: '表', rows: [['x']] }] })
    expect(await wordsOf(whole.subarray(0, whole.length / 2))).toContain('这不是 Excel 工作簿')
  })
  test('a small file that unpacks to a giant, whether it says so or lies about it', async () => {
    const giant = Buffer.alloc(300 * 1024 * 1024)
    const packed = deflateRawSync(giant, { level: 9 })
    expect(packed.length).toBeLessThan(1024 * 1024)
    expect(await wordsOf(zipOf('xl/workbook.xml', packed, giant.length, crc32(giant)))).toContain('解压后过大')
    expect(await wordsOf(zipOf('xl/workbook.xml', packed, 0, crc32(giant)))).toContain('解压后过大')
    expect(await wordsOf(zipOf('xl/workbook.xml', packed, 1000, crc32(giant)))).toContain('打不开')
  }, 30_000)
})

describe('writing a list', () => {
  const paper = {
    sheet: '企业/清单',
    lines: ['=金谷镇企业清单', '导出人：某某'],
    columns: [{ header: '单位名称' }, { header: '统一社会信用代码' }, { header: '从业人数', count: true }],
  }
  const nasty = ['=HYPERLINK("http://example.invalid","甲厂")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '_x0041_', '坏\u0001字']

  test('streams any number of rows; codes stay text, counts are numbers, nothing becomes a formula', async () => {
    const rows = nasty.map((name, i) => [name, '012345678901234567', i])
    const [sheet] = await readWorkbook(await buffer(paperStream(paper, rows)))
    expect(sheet!.name).toBe('企业 清单')
    expect(texts(sheet).slice(0, 3)).toEqual([
      [1, '=金谷镇企业清单', undefined, undefined],
      [2, '导出人：某某', undefined, undefined],
      [3, '单位名称', '统一社会信用代码', '从业人数'],
    ])
    const body = sheet!.rows.slice(3)
    expect(body.flatMap((row) => row.cells).every((cell) => !cell!.formula)).toBe(true)
    expect(body.map((row) => row.cells[0]!.text)).toEqual([...nasty.slice(0, 5), '\n=1', '_x0041_', '坏字'])
    expect(body.map((row) => [row.cells[1]!.kind, row.cells[2]!.kind])).toEqual(nasty.map(() => ['text', 'number']))
  })

  test('a file to fill in has its title merged, required columns starred and drop-down lists', async () => {
    const columns = [{ header: '所属村', required: true, choices: ['金谷村', '金东村'] }, { header: '名称' }]
    const [sheet, notes, choices] = await readWorkbook(await paperFile({ sheet: '模板', lines: ['=标题'], columns }, [['金谷村', '=1+1']], ['说明'], 20))
    expect(texts(sheet)).toEqual([
      [1, '=标题', undefined],
      [2, '所属村*', '名称'],
      [3, '金谷村', '=1+1'],
    ])
    expect(sheet!.rows.flatMap((row) => row.cells).some((cell) => cell?.formula)).toBe(false)
    expect(sheet!.merges).toEqual([{ top: 1, bottom: 1, left: 0, right: 1 }])
    expect(notes!.name).toBe('填写说明')
    expect(choices!.hidden).toBe(true)
  })
})

/** A zip of one part with the size it claims. */
function zipOf(name: string, packed: Buffer, size: number, crc: number): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([head, Buffer.from(name), packed, entry, Buffer.from(name), end])
}
