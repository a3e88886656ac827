import type { SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { type Block, type Cell, dateText, gap, heading, pageBreak, type Paper, table, text, title } from '../paper/paper.js'
import type { PlainRow } from '../shared/read/reader.js'
import { shanghai } from './httpBits.js'
import { MOST, named, OWN_TABLES, type Rows, said, SIZE } from './printedTables.js'
import * as terms from './terms.js'
import { RequirementKind } from './terms.js'
import type { DossierView, PartView } from './view.js'
import { viewOf } from './viewOf.js'

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一']
/** The text block is closer than that of an official letter: a dossier is read, not signed. */
const BODY = { size: 12, pitch: 20 }

/** 一企一档, printable: cover, contents, the eleven parts with their tables, documents, colours and hazards. No phone, no 身份证号. */
export async function printedDossier(ctx: SignedIn, id: string): Promise<Paper> {
  const view = await viewOf(ctx, id)
  const [firm] = await ctx.reader.all(
    'select e.*, (select d.name from division d where d.code = e.division) as village, (select s.name from station s where s.code = e.station) as station_name from enterprise e where e.id = ?',
    [id],
  )
  const rows = (sql: string) => ctx.reader.all(`${sql} limit ${MOST}`, [id])
  const parts: Block[] = []
  for (const [i, part] of view.parts.entries()) parts.push(...(await partBlocks(part, i, firm!, rows)))
  const name = String(firm!['name'])
  return { name: `${name}一企一档`, body: BODY, blocks: [...cover(ctx, name, view), ...contents(view), ...parts, ...documentList(view)] }
}

const percent = (value: number | null): string => (value === null ? '—' : `${value}%`)

function cover(ctx: SignedIn, name: string, view: DossierView): Block[] {
  return [
    gap(5),
    title('安全生产标准化'),
    title('“一企一档”'),
    gap(3),
    text(name, { align: 'centre', bold: true, size: 18 }),
    gap(4),
    text(`建档日期：${view.startedOn ? dateText(view.startedOn) : '尚未建档'}`, { align: 'centre' }),
    text(`完整度：${percent(view.percent)}（${view.met}／${view.demanded} 项，齐全 ${view.partsComplete}／${terms.PARTS.length} 部分）`, { align: 'centre' }),
    gap(6),
    text(`打印人：${ctx.actor.name}\u3000打印时间：${shanghai(ctx.now)}`, { align: 'centre', size: 10.5 }),
    pageBreak(),
  ]
}

function contents({ parts }: DossierView): Block[] {
  const columns = [
    { title: '序号', width: 1, align: 'centre' as const },
    { title: '部分', width: 5 },
    { title: '要求', width: 1, align: 'centre' as const },
    { title: '已满足', width: 1, align: 'centre' as const },
    { title: '完整度', width: 1, align: 'centre' as const },
  ]
  const rows = parts.map(({ part, demanded, met, percent: of }, i): Cell[] => [
    NUMERALS[i]!,
    terms.PART_NAMES[part],
    String(demanded),
    String(met),
    percent(of),
  ])
  return [title('目\u3000录'), gap(), table(columns, rows), text('附：资料清单', { indent: false }), pageBreak()]
}

async function partBlocks(part: PartView, index: number, firm: PlainRow, rows: Rows): Promise<Block[]> {
  const standings = part.requirements.map(({ title: name, demand, gap: why, words, records, documents, kind }): Cell[] => {
    const inForce = documents.find((one) => one.inForce)
    const kept =
      kind === RequirementKind.FACT
        ? '见基本信息'
        : records === null
          ? inForce
            ? `第 ${inForce.issue} 版${inForce.validUntil ? `，至 ${inForce.validUntil}` : ''}`
            : '—'
          : `${records} 条`
    return [name, demand, kept, why ? { text: words ?? '', bold: true } : '满足']
  })
  const own = await OWN_TABLES[part.part]?.(firm, rows)
  return [
    heading(`${NUMERALS[index]}、${terms.PART_NAMES[part.part]}（${percent(part.percent)}）`),
    standings.length
      ? table(
          [
            { title: '项目', width: 3 },
            { title: '要求', width: 5 },
            { title: '现有', width: 3 },
            { title: '情况', width: 4 },
          ],
          standings,
          SIZE,
        )
      : text('本企业在这一部分没有要求。'),
    ...(own ?? []),
    gap(),
  ]
}

function documentList({ parts }: DossierView): Block[] {
  const rows = parts.flatMap(({ part, requirements }) =>
    requirements.flatMap(({ title: name, documents }) =>
      documents.map((one): Cell[] => [
        terms.PART_NAMES[part],
        name,
        `第 ${one.issue} 版`,
        `${named(terms.DOCUMENT_STATE_NAMES, one.state)}${one.inForce ? '（现行）' : ''}`,
        one.responsible,
        said(one.validUntil),
        String(one.fileCount),
      ]),
    ),
  )
  return [
    pageBreak(),
    heading('附：资料清单'),
    rows.length
      ? table(
          [
            { title: '部分', width: 3 },
            { title: '资料', width: 4 },
            { title: '版次', width: 2 },
            { title: '审核', width: 3 },
            { title: '责任岗位', width: 3 },
            { title: '有效期至', width: 3 },
            { title: '文件', width: 1 },
          ],
          rows,
          SIZE,
        )
      : text('还没有提交资料。'),
  ]
}

export const printedName = (name: string, now: Date): string => `${name} ${dayOf(now)}.pdf`
