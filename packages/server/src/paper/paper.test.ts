import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { bare, pdfPages, wordLines } from '../testing/papers.js'
import {
  BLANK_DATE,
  closing,
  dateText,
  fields,
  gap,
  heading,
  pageBreak,
  type Paper,
  picture,
  qr,
  signing,
  table,
  text,
  textOf,
  ticks,
  title,
  whole,
} from './paper.js'
import { toPdf } from './pdf.js'
import { toWord } from './word.js'

const photo = () =>
  sharp({ create: { width: 320, height: 200, channels: 3, background: '#2a7' } })
    .jpeg()
    .toBuffer()

async function everything(): Promise<Paper> {
  return {
    name: '样张',
    blocks: [
      title('关于自主加强安全生产标准化建设告知书'),
      text('金谷样本茶厂：', { indent: false }),
      heading('一、总体要求'),
      heading('（一）范围', 2),
      text(
        '根据《泉州市安全生产委员会关于印发泉州市安全生产标准化提升专项行动方案的通知》（泉安委〔2021〕18号）精神，请你单位按照《企业安全生产标准化基本规范》（GB/T 33000-2016）和“评定标准” <A&B> 开展自评。',
      ),
      fields(
        [
          ['单位名称', '金谷样本茶厂'],
          ['检查时间', '2026年3月5日'],
          ['检查部位', '一车间'],
        ],
        2,
      ),
      table(
        [
          { title: '序号', width: 1, align: 'centre' },
          { title: '存在问题', width: 6 },
          { title: '风险', width: 2 },
        ],
        [
          ['1', '配电箱门敞开，未见“当心触电”标志；消防通道堆放纸箱，宽度不足1.4米。', { text: '重大', colour: 'RED' }],
          ['2', '灭火器过期', { text: '较大', colour: 'ORANGE' }],
          ['3', '杂物', { text: '一般', colour: 'YELLOW' }],
          ['4', '无', { text: '低', colour: 'BLUE' }],
        ],
      ),
      ticks([
        ['已整改', true],
        ['未整改', false],
      ]),
      picture(await photo(), 60, '图1 现场'),
      qr('https://example.test/p/1', 30, '扫码查看'),
      gap(),
      signing({ label: '接收单位（盖章）：' }, { label: '主要负责人（签字）：', value: '李样本' }),
      closing('金谷镇人民政府', BLANK_DATE),
      pageBreak(),
      text('第二页。'),
    ],
  }
}

test('the PDF, read back by another program, says what the Word file says and what the paper says', async () => {
  const paper = await everything()
  const [pdf, word] = await Promise.all([whole(toPdf([paper])), whole(toWord([paper]))])
  const said = bare(textOf(paper))
  expect(bare(wordLines(word))).toBe(said)
  expect(bare(await pdfPages(pdf))).toBe(said)
})

test('a table that runs on has its head on every sheet', async () => {
  const rows = Array.from({ length: 120 }, (_, n) => [`${n + 1}`, `第${n + 1}项问题：现场未设置安全警示标志，员工未按规定佩戴劳动防护用品`])
  const pages = await pdfPages(
    await whole(
      toPdf([
        {
          name: '清单',
          blocks: [
            table(
              [
                { title: '序号', width: 1 },
                { title: '问题描述', width: 5 },
              ],
              rows,
            ),
          ],
        },
      ]),
    ),
  )
  expect(pages.length).toBeGreaterThan(3)
  for (const page of pages) expect(bare(page).startsWith('序号问题描述')).toBe(true)
  expect(bare(pages).replaceAll('序号问题描述', '')).toBe(bare(rows.flat()))
})

test('a row higher than a sheet is torn and loses nothing', async () => {
  const long = Array.from({ length: 4000 }, (_, n) => '安全生产标准化'[n % 7]).join('')
  const pages = await pdfPages(await whole(toPdf([{ name: '长', blocks: [table([{ title: '说明' }], [['前'], [long], ['后']])] }])))
  expect(pages.length).toBeGreaterThan(2)
  expect(bare(pages).replaceAll('说明', '')).toBe(`前${long}后`)
})

test('pages are numbered at the foot, each paper from 1; cards are not', async () => {
  const paper = (name: string): Paper => ({ name, blocks: [text('甲'), pageBreak(), text('乙')] })
  const pages = await pdfPages(await whole(toPdf([paper('一'), paper('二'), { ...paper('卡'), size: 'A6' }])))
  expect(pages.map((page) => /— \d —/.exec(page)?.[0])).toEqual(['— 1 —', '— 2 —', '— 1 —', '— 2 —', undefined, undefined])
})

test('a batch is read paper by paper: no paper is made before the one before it was taken, and a reader who leaves stops it', async () => {
  for (const print of [toPdf, toWord]) {
    let made = 0
    let ended = false
    async function* papers(): AsyncGenerator<Paper> {
      try {
        for (; made < 10_000; made++) yield { name: '批', blocks: [title(`第${made}份`), text('正文'.repeat(300))] }
      } finally {
        ended = true
      }
      await Promise.resolve()
    }
    const stream = print(papers())
    let taken = 0
    for await (const chunk of stream) if ((taken += (chunk as Buffer).length) > 20_000) break
    expect(made).toBeLessThan(2_000)
    await vi.waitFor(() => expect(ended).toBe(true))
  }
})

test('two hundred sheets keep their order and their text', async () => {
  const papers = Array.from({ length: 200 }, (_, n): Paper => ({
    name: '册',
    blocks: [title(`第${n + 1}号告知书`), text('落实全员安全生产责任制，加强安全生产标准化建设。'.repeat(12))],
  }))
  const [pdf, word] = await Promise.all([whole(toPdf(papers)), whole(toWord(papers))])
  const pages = await pdfPages(pdf)
  expect(pages).toHaveLength(200)
  pages.forEach((page, n) => expect(bare(page)).toBe(bare(textOf(papers[n]!))))
  expect(bare(wordLines(word))).toBe(bare(papers.flatMap(textOf)))
  expect(pdf.length).toBeLessThan(3_000_000)
})

test('days are written in full and without padding, or left blank', () => {
  expect(dateText('2023-03-05')).toBe('2023年3月5日')
  expect(dateText(undefined)).toBe('　　　　年　　月　　日')
})

test('control characters of a pasted text reach neither file', async () => {
  const paper: Paper = { name: '乱', blocks: [text('甲\u0007乙\u0000丙\ud800丁\ttab')] }
  expect(bare(textOf(paper))).toBe('甲乙丙丁tab')
  expect(bare(wordLines(await whole(toWord([paper]))))).toBe('甲乙丙丁tab')
  expect(bare(await pdfPages(await whole(toPdf([paper]))))).toBe('甲乙丙丁tab')
})
