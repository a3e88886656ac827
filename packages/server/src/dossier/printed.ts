import type { SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { type Block, type Cell, type Colour, dateText, fields, gap, heading, pageBreak, type Paper, table, text, title } from '../paper/paper.js'
import { SEVERITY_NAME, STAGE_NAME } from '../hazard/terms.js'
import type { PlainRow } from '../shared/read/reader.js'
import { shanghai } from './httpBits.js'
import { maskNumber } from './certificate.entity.js'
import { SCALE_NAMES } from './scaleNames.js'
import { liveSources } from './sources.js'
import * as terms from './terms.js'
import { DossierPart, RequirementKind } from './terms.js'
import type { DossierView, PartView } from './view.js'
import { viewOf } from './viewOf.js'

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一']
const MOST = 200
const SIZE = 9
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

type Rows = (sql: string) => Promise<PlainRow[]>
const said = (value: unknown): string => (value === null || value === undefined || value === '' ? '—' : String(value as string))
const percent = (value: number | null): string => (value === null ? '—' : `${value}%`)
const named = (names: Record<string, string>, value: unknown): string => (value == null ? '—' : (names[String(value as string)] ?? String(value as string)))

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
    text(`打印人：${ctx.actor.name}　打印时间：${shanghai(ctx.now)}`, { align: 'centre', size: 10.5 }),
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
  return [title('目　录'), gap(), table(columns, rows), text('附：资料清单', { indent: false }), pageBreak()]
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

const listing = (name: string, columns: string[], rows: Cell[][]): Block[] =>
  rows.length
    ? [
        gap(0.5),
        heading(name, 3),
        table(
          columns.map((column) => ({ title: column })),
          rows,
          SIZE,
        ),
        ...(rows.length === MOST ? [text(`只列最近 ${MOST} 条，其余见系统。`)] : []),
      ]
    : []

const certificates = (kinds: string, rows: Rows) =>
  rows(`select * from certificate where enterprise_id = ? and voided_on is null and kind in (${kinds}) order by valid_until`).then((all) =>
    listing(
      '证照',
      ['类型', '名称', '持证岗位', '证号（后四位）', '发证日期', '有效期至'],
      all.map((row) => [
        named(terms.CERTIFICATE_KIND_NAMES, row['kind']),
        said(row['title']),
        said(row['holder_role']),
        said(maskNumber(row['number'] as string)),
        said(row['issued_on']),
        said(row['valid_until']),
      ]),
    ),
  )

/** What the system itself has recorded, under the part that it belongs to. */
const OWN_TABLES: Partial<Record<DossierPart, (firm: PlainRow, rows: Rows) => Promise<Block[]>>> = {
  BASICS: async (firm, rows) => [
    gap(0.5),
    heading('基本信息', 3),
    fields(
      [
        ['单位名称', said(firm['name'])],
        ['信用代码', firm['uscc'] ? said(firm['uscc']) : `无（${said(firm['no_uscc_reason'])}）`],
        ['所属村', said(firm['village'])],
        ['主管站所', said(firm['station_name'])],
        ['行业类别', said(firm['trade'])],
        ['规模', named(SCALE_NAMES, firm['scale_class'])],
        ['从业人数', said(firm['staff_count'])],
        ['标准化等级', said(firm['standard_level'])],
        ['地址', said(firm['address'])],
      ],
      2,
    ),
    ...(await certificates(`'LICENCE', 'OTHER'`, rows)),
  ],
  TRAINING: async (_firm, rows) => [
    ...listing(
      '教育培训记录',
      ['日期', '类型', '内容', '学时', '应培训', '实际', '合格'],
      (await rows('select * from training_record where enterprise_id = ? and voided_on is null order by held_on desc')).map((row) => [
        ...[said(row['held_on']), named(terms.TRAINING_KIND_NAMES, row['kind']), said(row['topic']), said(row['hours'])],
        ...[said(row['required']), said(row['trained']), said(row['passed'])],
      ]),
    ),
    ...(await certificates(`'PRINCIPAL', 'OFFICER', 'SPECIAL_OPERATION'`, rows)),
  ],
  EQUIPMENT: async (_firm, rows) => [
    ...listing(
      '设备台账',
      ['名称', '类型', '使用登记证', '部位', '检验日期', '下次检验', '状态'],
      (await rows('select * from equipment where enterprise_id = ? and voided_on is null order by next_due_on is null, next_due_on, name')).map((row) => [
        ...[said(row['name']), `${row['special'] ? '特种 · ' : ''}${named(terms.EQUIPMENT_KIND_NAMES, row['kind'])}`, said(row['registration_code'])],
        ...[said(row['place']), said(row['inspected_on']), said(row['next_due_on']), named(terms.EQUIPMENT_STATE_NAMES, row['state'])],
      ]),
    ),
    ...(await certificates(`'EQUIPMENT_OPERATOR'`, rows)),
  ],
  RISK: async (_firm, rows) => (liveSources().has('riskPoint') ? colours(rows) : []),
  HAZARDS: async (_firm, rows) => {
    const counted = await rows(
      `select severity, stage, count(*) as n from hazard where enterprise_id = ? and stage not in ('DRAFT', 'VOID') group by severity, stage order by severity, stage`,
    )
    const latest = await rows(
      `select number, place, severity, stage, found_on, due_on from hazard where enterprise_id = ? and stage not in ('DRAFT', 'VOID') order by found_on desc, number desc`,
    )
    return [
      ...listing(
        '隐患汇总',
        ['等级', '状态', '条数'],
        counted.map((row) => [named(SEVERITY_NAME, row['severity']), named(STAGE_NAME, row['stage']), said(row['n'])]),
      ),
      ...listing(
        '隐患台账',
        ['编号', '部位', '等级', '状态', '发现日期', '整改期限'],
        latest.map((row) => [
          said(row['number']),
          said(row['place']),
          named(SEVERITY_NAME, row['severity']),
          named(STAGE_NAME, row['stage']),
          said(row['found_on']),
          said(row['due_on']),
        ]),
      ),
    ]
  },
  EMERGENCY: async (_firm, rows) =>
    listing(
      '应急演练',
      ['日期', '形式', '内容', '应参加', '实际', '评估'],
      (await rows('select * from drill where enterprise_id = ? and voided_on is null order by held_on desc')).map((row) => [
        ...[
          said(row['held_on']),
          named(terms.DRILL_KIND_NAMES, row['kind']),
          said(row['scenario']),
          said(row['required']),
          said(row['joined']),
          row['evaluated'] ? '已评估' : '未评估',
        ],
      ]),
    ),
  ACCIDENTS: async (_firm, rows) => [
    ...listing(
      '事故台账',
      ['日期', '等级', '类型', '死亡', '重伤', '轻伤', '经过'],
      (await rows('select * from accident where enterprise_id = ? and voided_on is null order by happened_on desc')).map((row) => [
        ...[said(row['happened_on']), named(terms.ACCIDENT_GRADE_NAMES, row['grade']), said(row['accident_type'])],
        ...[said(row['deaths']), said(row['serious_injuries']), said(row['minor_injuries']), said(row['summary'])],
      ]),
    ),
    ...listing(
      '零事故报告',
      ['期间', '期末', '情况'],
      (await rows('select * from zero_report where enterprise_id = ? order by ends_on desc')).map((row) => [
        said(row['period']),
        said(row['ends_on']),
        row['contradicted'] ? '与事故台账不符' : '零事故',
      ]),
    ),
  ],
}

const COLOURS: [Colour, string][] = [
  ['RED', '重大风险（红）'],
  ['ORANGE', '较大风险（橙）'],
  ['YELLOW', '一般风险（黄）'],
  ['BLUE', '低风险（蓝）'],
]
async function colours(rows: Rows): Promise<Block[]> {
  const counted = new Map(
    (await rows('select color, count(*) as n from risk_point where enterprise_id = ? and ended_on is null group by color')).map((row) => [
      String(row['color']),
      row['n'],
    ]),
  )
  return listing(
    '四色风险汇总',
    ['等级', '风险点数'],
    COLOURS.map(([colour, name]) => [{ text: name, colour }, said(counted.get(colour) ?? 0)]),
  )
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
