import { writeFileSync } from 'node:fs'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Months, type SummaryRow } from '../testing/months.js'
import { bare, pdfPages, wordLines } from '../testing/papers.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let months: Months
let signed: SummaryRow
beforeAll(async () => {
  town = await openTown()
  months = new Months(town)
  await months.open('2026-03-02')
  const [one] = await months.list('industry')
  const words = { practice: '逐家上门，当场讲解。\n第二段。', problems: '个别企业<进度>慢', nextPlan: '继续督促', fillerName: '样本一' }
  signed = await months.submit('industry', await months.write('industry', one!, words))
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

async function file(who: string, url: string) {
  const { statusCode, rawPayload, headers } = await town.app.fastify.inject({ method: 'GET', url, headers: { authorization: `Bearer ${await town.as(who)}` } })
  return { status: statusCode, bytes: rawPayload, headers }
}

test('a summary is printed in official layout, Word and PDF with one text that can be taken out again', async () => {
  const [pdf, word] = [await file('town', `/summaries/${signed.id}.pdf`), await file('town', `/summaries/${signed.id}.docx`)]
  expect([pdf.status, word.status]).toEqual([200, 200])
  const pages = await pdfPages(pdf.bytes)
  // The head of a table stands again on every page that it reaches.
  const once = (text: string) => text.replaceAll('类别指标单位上期本期', '')
  expect(once(bare(pages))).toBe(once(bare(wordLines(word.bytes))))
  const text = bare(pages)
  expect(text).toContain('金谷镇经济发展办公室2026年3月安全生产标准化工作总结金谷镇安全生产委员会办公室：一、工作开展情况统计时点为2026-03-0210:00')
  expect(text).toContain('（一）企业情况。企业总数1家，检查指导企业0家')
  expect(text).toContain('二、典型做法逐家上门，当场讲解。第二段。三、存在问题个别企业<进度>慢四、下月打算继续督促')
  expect(text).toContain('附件主要指标对比表')
  expect(text).not.toContain('未正式报送')
  if (process.env['KEEP_PAPERS']) writeFileSync(`${process.env['KEEP_PAPERS']}/summary.pdf`, pdf.bytes)
})

test('a draft says that it is one', async () => {
  const [draft] = (await months.list('town')).filter(({ unitName }) => unitName === '市场监督管理所')
  expect(bare(await pdfPages((await file('market', `/summaries/${draft!.id}.pdf`)).bytes))).toContain('（起草中，未正式报送）')
})

test('nobody gets the paper of another, and no number tells what exists', async () => {
  for (const who of ['market', 'village', 'town.far', 'ent.tea'])
    for (const format of ['pdf', 'docx']) expect((await file(who, `/summaries/${signed.id}.${format}`)).status, who).toBe(who === 'ent.tea' ? 403 : 404)
  expect((await file('town', `/summaries/${signed.id}.exe`)).status).toBe(404)
  expect((await file('town', '/summaries/nothing.pdf')).status).toBe(404)
})

test('the table that goes up: two rows of headings in the exact names, a totals row, A4 lying down', async () => {
  const { status, bytes } = await file('town', '/summaries/table.xlsx?kind=MONTH&period=2026-01&by=STATION')
  expect(status).toBe(200)
  const { sheets } = await readXlsx(bytes)
  const sheet = sheets[0]!
  const said = sheet.rows.map((row) => row.map((cell) => String(cell ?? '')))
  expect(said[0]![0]).toBe('金谷镇安全生产隐患排查治理情况统计表')
  expect(said[1]!.filter(Boolean)).toEqual(['填报单位：金谷镇', '统计期间：2026年1月', '统计时点：2026-03-02 10:00'])
  expect(said[2]!.filter(Boolean)).toEqual(['序号', '站所', '企业总数（家）', '检查情况', '一般隐患', '重大隐患', '列入治理计划的重大隐患', '执法文书'])
  expect(said[3]!.filter(Boolean)).toEqual([
    ...['开展排查单位（家）', '检查企业（家）', '检查次数（次）', '排查（项）', '整改（项）', '整改率（%）', '排查（项）', '整改销号（项）', '整改率（%）'],
    ...['数量（项）', '落实治理资金（万元）', '现场检查记录（份）', '责令整改（份）', '强制措施决定（份）', '复查意见书（份）'],
  ])
  // No hazard, no share; what the program does not keep is blank and no zero.
  expect(said[4]).toEqual(['1', '经济发展办公室', '1', '0', '0', '0', '1', '0', '0', '0', '0', '—', '0', '0', '0', '0', '—', '0'])
  expect(said[6]!.slice(1, 8)).toEqual(['合计', '2', '0', '0', '0', '2', '0'])
  expect(said[7]!.filter(Boolean)).toEqual(['填表人：', '审核人：', '填表日期：　　　　年　　月　　日'])
  expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', paperSize: 'a4', fitToWidth: 1 })
  expect(sheet.merges!.length).toBeGreaterThan(10)
  if (process.env['KEEP_PAPERS']) writeFileSync(`${process.env['KEEP_PAPERS']}/table.xlsx`, bytes)
})

test('a station gets the table of its own trade only, an enterprise none', async () => {
  const { bytes } = await file('market', '/summaries/table.xlsx?kind=MONTH&period=2026-01&by=STATION')
  const rows = (await readXlsx(bytes)).sheets[0]!.rows.map((row) => row[1])
  expect(rows.slice(4, 6)).toEqual(['市场监督管理所', '合计'])
  expect((await file('ent.tea', '/summaries/table.xlsx')).status).toBe(403)
  expect((await file('town', '/summaries/table.xlsx?period=2026-13')).status).toBe(400)
})
