import { words } from '../../shared/words'
import type { Pivot } from '../pivot'

const COLOURS = ['#1456b8', '#b25a00', '#136c35', '#8a1f6a', '#0f7c8c', '#a63a2b', '#5b3fb5', '#6b6f76']
/** Lighter ones for the dark, where the others would drown. */
const COLOURS_AT_NIGHT = ['#6aa5ff', '#f0a04b', '#5cc98a', '#e58ccb', '#4fc3d4', '#f08a7a', '#b29cff', '#a9b0ba']
const MOST_SLICES = 10
/** More categories than these are looked at through a window. */
const MOST_AT_ONCE = 24

export interface ChartLook {
  kind: 'LINE' | 'BAR' | 'PIE'
  /** What is measured: one for all series, or one for each of them. */
  measures: readonly { title: string; percent: boolean }[]
  dark: boolean
}

/** An ECharts option for a pivot whose columns are the series. */
export function chartOption(pivot: Pivot, look: ChartLook): Record<string, unknown> {
  const ink = look.dark ? '#e6e9ee' : '#1f2329'
  const color = look.dark ? COLOURS_AT_NIGHT : COLOURS
  const frame = { aria: { enabled: true, decal: { show: true } }, color, textStyle: { color: ink }, animationDuration: 250 }
  return { ...frame, ...(look.kind === 'PIE' ? pie(pivot, look, ink) : axes(pivot, look, ink)) }
}

const number = (value: unknown) => (typeof value === 'number' ? value.toLocaleString('zh-CN', { maximumFractionDigits: 2 }) : '—')
const rate = (value: unknown) => (typeof value === 'number' ? `${value.toFixed(1)}%` : '—')

function pie(pivot: Pivot, { measures: [measure] }: ChartLook, ink: string): Record<string, unknown> {
  const slices = slicesOf(pivot)
  const whole = slices.reduce((all, { value }) => all + value, 0)
  const said = ({ name, value }: { name: string; value: number }) => `${name} ${number(value)}${whole ? `\n${rate((value / whole) * 100)}` : ''}`
  return {
    tooltip: { trigger: 'item', formatter: ({ data }: { data: { name: string; value: number } }) => said(data).replace('\n', ' · ') },
    legend: { type: 'scroll', bottom: 0, textStyle: { color: ink } },
    series: [
      {
        name: measure?.title,
        type: 'pie',
        radius: ['26%', '60%'],
        center: ['50%', '46%'],
        data: slices,
        label: { color: ink, lineHeight: 16, formatter: ({ data }: { data: { name: string; value: number } }) => said(data) },
      },
    ],
  }
}

/** Rates have their own axis beside that of the numbers: on one of them the smaller could not be read. */
function axes(pivot: Pivot, { kind, measures, dark }: ChartLook, ink: string): Record<string, unknown> {
  const line = dark ? '#3a4556' : '#dfe3e9'
  const single = pivot.columns.length === 1
  const measureOf = (at: number) => measures[measures.length > 1 ? at : 0]
  const percents = pivot.columns.map((_, at) => !!measureOf(at)?.percent)
  const both = percents.includes(true) && percents.includes(false)
  const many = pivot.rows.length > MOST_AT_ONCE
  const axis = (percent: boolean, beside = false) => ({
    type: 'value',
    name: measures.length === 1 ? measures[0]?.title : undefined,
    nameTextStyle: { color: ink, align: 'left' },
    axisLabel: { color: ink, formatter: percent ? '{value}%' : undefined },
    splitLine: { show: !beside, lineStyle: { color: line } },
  })
  return {
    grid: { left: 12, right: 20, top: single ? 40 : 56, bottom: many ? 44 : 12, containLabel: true },
    tooltip: { trigger: 'axis' },
    legend: single ? undefined : { type: 'scroll', top: 0, textStyle: { color: ink } },
    dataZoom: many ? [{ type: 'slider', bottom: 8, height: 18 }] : undefined,
    xAxis: {
      type: 'category',
      data: pivot.rows,
      axisLabel: { color: ink, hideOverlap: true, ...slanted(pivot.rows) },
      axisLine: { lineStyle: { color: line } },
    },
    yAxis: both ? [axis(false), axis(true, true)] : axis(percents.includes(true)),
    series: pivot.columns.map((column, at) => ({
      name: single ? (measureOf(at)?.title ?? column) : column,
      type: kind === 'LINE' ? 'line' : 'bar',
      yAxisIndex: both && percents[at] ? 1 : 0,
      barMaxWidth: 48,
      connectNulls: false,
      tooltip: { valueFormatter: percents[at] ? rate : number },
      data: pivot.cells.map((row) => row[at] ?? null),
    })),
  }
}

/** Many or long names are slanted, so that each is there to be read. */
function slanted(names: readonly string[]): Record<string, unknown> {
  if (names.length > MOST_AT_ONCE) return {}
  const long = names.reduce((all, { length }) => all + length, 0) > 32
  return { interval: 0, hideOverlap: false, ...(long ? { rotate: 35, width: 130, overflow: 'truncate' } : {}) }
}

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
