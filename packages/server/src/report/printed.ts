import type { SqlEntityManager } from '@mikro-orm/sql'
import { Division, townOf } from '../division/division.entity.js'
import { type Block, type Cell, closing, dateText, gap, heading, type Paper, table, text, title } from '../paper/paper.js'
import type { SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { type Group, GROUP_NAME, GROUPS } from './lines.js'
import { periodText } from './period.js'
import { type SummaryLine, type SummarySheet, sheetOf } from './summary.resolver.js'
import { isSigned, Summary } from './summary.entity.js'
import { ChosenPractice } from './summaryParts.entity.js'
import { STATE_NAME, SummaryKind, SummaryLevel } from './terms.js'

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const shanghai = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** A summary in the layout of an official paper (GB/T 9704, domain.md §7.8): what was signed, or a draft that says so. */
export async function printedSummary(ctx: SignedIn, summary: Summary): Promise<Paper> {
  const { em } = ctx
  const sheet = await sheetOf(ctx, summary)
  const town = await em.findOne(Division, { code: townOf(summary.division) })
  const unit = summary.level === SummaryLevel.TOWN ? `${summary.unitName}人民政府` : `${town?.name ?? ''}${summary.unitName}`
  const name = `${unit}${periodText(summary)}安全生产标准化工作总结`
  const chosen =
    summary.kind === SummaryKind.YEAR ? await em.find(ChosenPractice, { summary: summary.id }, { populate: ['source'], orderBy: { createdAt: 'asc' } }) : []
  return { name, blocks: [...head(summary, unit, await recipientOf(em, summary, town?.name)), ...body(summary, sheet, chosen), ...foot(summary, unit, sheet)] }
}

async function recipientOf(em: SqlEntityManager, { level, division }: Summary, town = ''): Promise<string> {
  if (level !== SummaryLevel.TOWN) return `${town}安全生产委员会办公室：`
  const county = await em.findOne(Division, { code: division.slice(0, 6) })
  return `${county?.name ?? ''}安全生产委员会办公室：`
}

const head = (summary: Summary, unit: string, recipient: string): Block[] => [
  title(unit),
  title(`${periodText(summary)}安全生产标准化工作总结`),
  ...(isSigned(summary) ? [] : [text(`（${STATE_NAME[summary.state]}，未正式报送）`, { align: 'centre' })]),
  gap(),
  text(recipient, { indent: false }),
]

function body(summary: Summary, sheet: SummarySheet, chosen: readonly ChosenPractice[]): Block[] {
  const { kind, practice, problems, nextPlan, mechanism, upgrade } = summary
  const year = kind === SummaryKind.YEAR
  const words = (said: string | undefined): Block[] =>
    (said ?? '（未填写）')
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => text(line.trim()))
  const practices = chosen.flatMap((one): Block[] => {
    const { unitName, period } = one.source.unwrap() as Summary
    return [heading(`${unitName}（${Number(period.slice(5))}月）`, 3), ...words(one.practice)]
  })
  const sections: [string, Block[]][] = [
    [year ? '全年工作开展情况' : '工作开展情况', [text(`统计时点为${shanghai(sheet.asOf)}，统计期间为${periodText(summary)}。`), ...narrative(sheet.lines)]],
    ...(year && sheet.lines.some(({ target }) => target !== null) ? [['目标完成情况', [targets(sheet.lines)]] as [string, Block[]]] : []),
    ['典型做法', [...(practice || !practices.length ? words(practice) : []), ...practices]],
    ['存在问题', words(problems)],
    ...(year
      ? ([
          ['长效机制', words(mechanism)],
          ['标准化提升2.0版本工作', words(upgrade)],
        ] as [string, Block[]][])
      : []),
    [year ? '下一年打算' : '下月打算', words(nextPlan)],
  ]
  return sections.flatMap(([name, blocks], i) => [heading(`${NUMERALS[i]}、${name}`), ...blocks])
}

const shown = ({ value, unit }: Pick<SummaryLine, 'value' | 'unit'>): string =>
  value === null ? '—' : unit === '%' || unit === '分' ? `${value.toFixed(1)}${unit}` : `${value}${unit}`

/** （一）企业情况。企业总数12家，…: every figure with its words, group by group. */
function narrative(lines: readonly SummaryLine[]): Block[] {
  const present = GROUPS.filter((group) => lines.some((line) => line.group === group))
  return present.map((group, i) => {
    const said = lines.filter((line) => line.group === group).map((line) => `${line.label}${shown(line)}`)
    return text(`（${NUMERALS[i]}）${GROUP_NAME[group as Group]}。${said.join('，')}。`)
  })
}

function targets(lines: readonly SummaryLine[]): Block {
  const rows = lines
    .filter(({ target }) => target !== null)
    .map((line): Cell[] => [
      line.label,
      `${line.atMost ? '不超过' : '不低于'}${shown({ value: line.target, unit: line.unit })}`,
      shown(line),
      line.reached === null ? '—' : line.reached ? '完成' : { text: '未完成', bold: true },
    ])
  return table(
    [
      { title: '指标', width: 5 },
      { title: '目标', width: 2, align: 'right' },
      { title: '实际', width: 2, align: 'right' },
      { title: '是否完成', width: 2, align: 'centre' },
    ],
    rows,
  )
}

function foot(summary: Summary, unit: string, { lines, below }: SummarySheet): Block[] {
  const day = summary.submittedAt && isSigned(summary) ? dateText(dayOf(summary.submittedAt)) : dateText(undefined)
  const attached = summary.level === SummaryLevel.TOWN && below.length > 0
  return [
    gap(),
    text(attached ? '附件：1.主要指标对比表' : '附件：主要指标对比表'),
    ...(attached ? [text('　　　2.下级报送情况')] : []),
    gap(),
    closing(unit, day),
    text(`（填报人：${summary.fillerName ?? '　　　　'}）`, { indent: false }),
    { kind: 'break' },
    heading(attached ? '附件1　主要指标对比表' : '附件　主要指标对比表'),
    table(
      [
        { title: '类别', width: 3 },
        { title: '指标', width: 5 },
        { title: '单位', width: 1, align: 'centre' },
        { title: '上期', width: 2, align: 'right' },
        { title: '本期', width: 2, align: 'right' },
      ],
      lines.map((line): Cell[] => [GROUP_NAME[line.group as Group], line.label, line.unit, number(line.before), number(line.value)]),
      9,
    ),
    ...(attached
      ? [
          gap(),
          heading('附件2　下级报送情况'),
          table(
            [
              { title: '单位', width: 4 },
              { title: '情况', width: 2, align: 'centre' },
              { title: '缺报原因', width: 5 },
            ],
            below.map(({ unitName, state, late, reason }): Cell[] => [
              unitName,
              reason === null && state === 'ACCEPTED' ? (late ? '逾期报送' : '按时报送') : STATE_NAME[state],
              reason ?? '',
            ]),
            9,
          ),
        ]
      : []),
  ]
}
const number = (value: number | null): string => (value === null ? '—' : String(value))
