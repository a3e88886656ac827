import { allThings, type ThingClass } from '../shared/datum.js'
import { type Figure, figuresFor } from '../shared/read/figures.js'

/** The six key tasks, the hazards that they all feed, the papers and assessments around them, and the reports of it all. */
export const TASKS = ['LETTER', 'LISTS', 'DOSSIER', 'RISK', 'FREQUENCY', 'FIVE_S', 'SIX_HAVES', 'HAZARD', 'ASSESSMENT', 'TRAINING', 'REPORT'] as const
export type Task = (typeof TASKS)[number]

/** One line of the statistics: a figure of a module, with what it is counted from and over whom. */
export interface Line {
  task: Task
  thing: string
  figure: string
  /** The counts it is made of, where the module says them. */
  num?: string
  den?: string
  /** Over whom or what: 在册企业. */
  population: string
}
const line = (task: Task, thing: string, figure: string, population: string, num?: string, den?: string): Line => ({
  ...{ task, thing, figure, population },
  ...(num ? { num } : {}),
  ...(den ? { den } : {}),
})

/** 标准化统计 (domain.md §8): a module's figure is one line here; one that has not been defined is left out. */
const LINES: readonly Line[] = [
  line('LETTER', 'Enterprise', 'noticeRate', '在册企业', 'noticesDelivered', 'inScope'),
  line('LETTER', 'Enterprise', 'commitmentRate', '在册企业', 'commitmentsSigned', 'inScope'),
  line('LISTS', 'Enterprise', 'checklistRate', '在册企业', 'checklistCovered', 'checklistScope'),
  line('LISTS', 'CheckTask', 'executionRate', '已到期的检查任务', 'done', 'due'),
  line('LISTS', 'CheckTask', 'missedRate', '已到期的检查任务', 'missed', 'due'),
  line('DOSSIER', 'Dossier', 'startedRate', '在册企业', 'started', 'counted'),
  line('DOSSIER', 'Dossier', 'completeRate', '在册企业', 'completed', 'counted'),
  line('RISK', 'RiskStanding', 'redFirmShare', '有颜色的企业', 'redFirms', 'firms'),
  line('RISK', 'RiskStanding', 'orangeFirmShare', '有颜色的企业', 'orangeFirms', 'firms'),
  line('RISK', 'RiskStanding', 'yellowFirmShare', '有颜色的企业', 'yellowFirms', 'firms'),
  line('RISK', 'RiskStanding', 'blueFirmShare', '有颜色的企业', 'blueFirms', 'firms'),
  line('RISK', 'Enterprise', 'doubleControlRate', '在册企业', 'doubleControl', 'inScope'),
  line('FREQUENCY', 'Enterprise', 'frequencyRate', '今年已有到期检查的企业', 'frequencyMet', 'visitMeasurable'),
  line('FREQUENCY', 'Enterprise', 'aboveCap', '在册企业'),
  line('FREQUENCY', 'Visit', 'doneRate', '已到期或已完成的计划检查', 'done', 'due'),
  line('FIVE_S', 'SiteStanding', 'fiveSRate', '已审核企业', undefined, 'fiveSAssessed'),
  line('SIX_HAVES', 'SiteStanding', 'sixHavesReachedRate', '已清点企业', undefined, 'sixHavesAssessed'),
  line('HAZARD', 'Hazard', 'rectificationRate', '发现的隐患', 'closed', 'found'),
  line('HAZARD', 'Hazard', 'onTimeRate', '期限已到的隐患'),
  line('HAZARD', 'Hazard', 'majorCloseRate', '发现的重大隐患', 'majorClosed', 'majorFound'),
  line('ASSESSMENT', 'Assessment', 'completionRate', '应自评的企业'),
  line('ASSESSMENT', 'Deduction', 'closureRate', '自评发现的不符合项', 'closed', 'found'),
  line('TRAINING', 'TrainingRecord', 'coverageRate', '应培训人次'),
  line('TRAINING', 'Drill', 'coverageRate', '应参加演练人次'),
  line('REPORT', 'Summary', 'onTimeRate', '应报月报的站所和村', 'monthsOnTime', 'monthsDue'),
]

/** A line whose figure is there, with the figures themselves. */
export interface Indicator {
  key: string
  task: Task
  label: string
  kind: Figure['kind']
  population: string
  target: ThingClass
  value: Figure
  num?: Figure | undefined
  den?: Figure | undefined
}

export function indicators(): Indicator[] {
  const things = new Map(allThings().map(({ name, target }) => [name, target]))
  return LINES.flatMap(({ task, thing, figure, num, den, population }): Indicator[] => {
    const target = things.get(thing)
    const own = target ? figuresFor(target) : []
    const find = (name: string | undefined) => (name ? own.find((one) => one.name === name) : undefined)
    const value = find(figure)
    if (!target || !value?.of) return []
    return [{ key: `${thing}.${figure}`, task, label: value.label, kind: value.kind, population, target, value, num: find(num), den: find(den) }]
  })
}
