import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { readWorkbook } from './excel.js'
import { paperStream } from './excelWrite.js'

test('a list longer than a sheet goes on on the next, under the same lines and headings', async () => {
  const paper = { sheet: '清单', lines: ['标题'], columns: [{ header: '编号' }, { header: '数量', count: true }] }
  const rows = Array.from({ length: 9 }, (_, i) => [`00${i}`, i])
  const sheets = await readWorkbook(await buffer(paperStream(paper, rows, 6)))
  expect(sheets.map(({ rows: some }) => some.map(({ cells }) => cells.map((cell) => cell?.text).join()))).toEqual([
    ['标题,', '编号,数量', '000,0', '001,1', '002,2', '003,3'],
    ['标题,', '编号,数量', '004,4', '005,5', '006,6', '007,7'],
    ['标题,', '编号,数量', '008,8'],
  ])
})
