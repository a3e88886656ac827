import { words } from '../../shared/words'
import type { Pivot } from '../pivot'

const COLOURS = ['#1456b8', '#b25a00', '#136c35', '#8a1f6a', '#0f7c8c', '#a63a2b', '#5b3fb5', '#6b6f76']
const MOST_SLICES = 10

export interface ChartLook {
  kind: 'LINE' | 'BAR' | 'PIE'
  measure: string
  percent: boolean
  ink: string
  line: string
}

/** An ECharts option for a pivot whose columns are the series. */
export function chartOption(pivot: Pivot, { kind, measure, percent, ink, line }: ChartLook): Record<string, unknown> {
  const said = (value: unknown) => (typeof value === 'number' ? (percent ? `${value.toFixed(1)}%` : value.toLocaleString('zh-CN')) : '—')
  const frame = { aria: { enabled: true, decal: { show: true } }, color: COLOURS, textStyle: { color: ink }, animationDuration: 250 }
  if (kind === 'PIE') {
    return {
      ...frame,
      tooltip: { trigger: 'item', valueFormatter: said },
      legend: { type: 'scroll', bottom: 0, textStyle: { color: ink } },
      series: [
        {
          name: measure,
          type: 'pie',
          radius: ['30%', '68%'],
          center: ['50%', '46%'],
          data: slicesOf(pivot),
          label: { color: ink, formatter: '{b} {c} ({d}%)' },
        },
      ],
    }
  }
  const single = pivot.columns.length === 1
  return {
    ...frame,
    grid: { left: 12, right: 20, top: single ? 24 : 44, bottom: pivot.rows.length > 24 ? 44 : 12, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: said },
    legend: single ? undefined : { type: 'scroll', top: 6, textStyle: { color: ink } },
    dataZoom: pivot.rows.length > 24 ? [{ type: 'slider', bottom: 8, height: 18 }] : undefined,
    xAxis: {
      type: 'category',
      data: pivot.rows,
      axisLabel: { color: ink, hideOverlap: true, ...slanted(pivot.rows) },
      axisLine: { lineStyle: { color: line } },
    },
    yAxis: { type: 'value', axisLabel: { color: ink, formatter: percent ? '{value}%' : undefined }, splitLine: { lineStyle: { color: line } } },
    series: pivot.columns.map((column, at) => ({
      name: single ? measure : column,
      type: kind === 'LINE' ? 'line' : 'bar',
      barMaxWidth: 48,
      connectNulls: false,
      data: pivot.cells.map((row) => row[at] ?? null),
    })),
  }
}

/** Many or long names are slanted, so that each is there to be read. */
const slanted = (names: readonly string[]) =>
  names.length <= 24 && names.reduce((all, { length }) => all + length, 0) > 40 ? { interval: 0, rotate: 35, width: 130, overflow: 'truncate' as const } : {}

/** The largest ones, the others together: a pie of forty slices tells nobody anything. */
export function slicesOf({ rows, cells }: Pivot): { name: string; value: number }[] {
  const slices = rows
    .map((name, at) => ({ name, value: (cells[at] ?? []).reduce<number>((all, value) => all + (value ?? 0), 0) }))
    .sort((a, b) => b.value - a.value)
  if (slices.length <= MOST_SLICES) return slices
  const rest = slices.slice(MOST_SLICES)
  const others = words.global.t('question.others', { n: rest.length })
  return [...slices.slice(0, MOST_SLICES), { name: others, value: rest.reduce((all, { value }) => all + value, 0) }]
}
