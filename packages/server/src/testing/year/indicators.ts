import { meanTenths, share } from './arithmetic.js'
import { closed, found, major } from './hazards.js'
import { dayIn, none, type Past, type Told } from './replay.js'

/** 标准化统计 counted by hand, indicator by indicator, from what the log tells of one instant. */
export interface Counted {
  value: number | null
  num?: number
  den?: number
}
type Is = (one: Told, past: Past) => boolean

const served = ['DELIVERED', 'COMPLETE']
/** In business on the day. */
export const inScope: Is = (firm, { today }) => none(firm['closedOn']) || String(firm['closedOn']) > today
const of = (past: Past, thing: string, firm: Told): Told[] => past.all(thing).filter((one) => one['enterprise'] === firm.id)
const letter = (past: Past, firm: Told, kind: string, year: number): Told[] =>
  of(past, 'Letter', firm).filter((one) => one['kind'] === kind && one['year'] === year && served.includes(String(one['stage'])))
export const noticeDelivered = (past: Past, firm: Told, year: number): boolean => letter(past, firm, 'NOTICE', year).length > 0
export const commitmentSigned = (past: Past, firm: Told, year: number): boolean => letter(past, firm, 'COMMITMENT', year).some((one) => !one['resign'])
const yearOf = ({ today }: Past): number => Number(today.slice(0, 4))
export const dossierIs = (past: Past, firm: Told, is: (one: Told) => boolean): boolean => of(past, 'Dossier', firm).some(is)
const live = (one: Told): boolean => none(one['endedOn'])

export const listsComplete: Is = (firm, past) => {
  const has = (level: string) => of(past, 'Checklist', firm).some((one) => live(one) && one['level'] === level)
  const owes = (part: string) => of(past, part, firm).some(live)
  return inScope(firm, past) && has('UNIT') && (!owes('Workshop') || has('WORKSHOP')) && (!owes('Post') || has('POST'))
}
export const livePoint = (past: Past, firm: Told, graded: boolean): boolean =>
  of(past, 'RiskPoint', firm).some((one) => live(one) && none(one['color']) !== graded)
export const doubleControl: Is = (firm, past) => inScope(firm, past) && livePoint(past, firm, true) && of(past, 'Hazard', firm).some(closed)

const visitsOf = (past: Past, firm: Told): Told[] => of(past, 'Visit', firm).filter((one) => one['year'] === yearOf(past) && one['state'] !== 'CANCELLED')
const fallen = (visit: Told, { today }: Past): boolean => !none(visit['edition']) && String(visit['plannedTo']) < today
export const visitsDue: Is = (firm, past) => inScope(firm, past) && visitsOf(past, firm).some((one) => fallen(one, past))
export const visitsMet: Is = (firm, past) => {
  if (!visitsDue(firm, past)) return false
  const visits = visitsOf(past, firm)
  const kinds = new Set(visits.map((one) => one['kind']))
  return [...kinds].every((kind) => {
    const own = visits.filter((one) => one['kind'] === kind)
    return own.filter((one) => fallen(one, past)).length <= own.filter((one) => one['state'] === 'DONE').length
  })
}
const aboveCap: Is = (firm, past) => {
  const tables = past
    .all('FrequencyTable')
    .filter((one) => one['state'] === 'PUBLISHED' && one['division'] === String(firm['division']).slice(0, 9) && String(one['validFrom']) <= past.today)
  const [table] = tables.sort((a, b) => String(b['validFrom']).localeCompare(String(a['validFrom'])) || Number(b['edition']) - Number(a['edition']))
  if (!inScope(firm, past) || !table) return false
  const color = past.all('RiskStanding').find((one) => one['enterprise'] === firm.id)?.['effective'] ?? table['unratedAs']
  const rules = past.all('FrequencyRule').filter((one) => one['table'] === table.id && one['kind'] === 'ENFORCEMENT' && one['color'] === color)
  const rule = rules.find((one) => one['trade'] === firm['trade'] && !none(one['trade'])) ?? rules.find((one) => none(one['trade']))
  const done = visitsOf(past, firm).filter((one) => one['kind'] === 'ENFORCEMENT' && one['state'] === 'DONE').length
  return !none(rule?.['maxPerYear']) && done > Number(rule!['maxPerYear'])
}

const visitDue: Is = (one, { today }) => planned(one) && (String(one['plannedTo']) < today || one['state'] === 'DONE')
const planned = (one: Told): boolean => !none(one['edition']) && one['state'] !== 'CANCELLED'
const taskMissed: Is = (one, { today }) => one['outcome'] === 'OPEN' && String(one['dueOn']) < today
const taskDue: Is = (one, past) => ['DONE', 'LATE'].includes(String(one['outcome'])) || taskMissed(one, past)
const coloredFirm: Is = (one, past) => {
  const firm = past.one('Enterprise', one['enterprise'])
  return !none(one['effective']) && !!firm && inScope(firm, past)
}
const unitMonth = (one: Told): boolean => one['kind'] === 'MONTH' && one['level'] !== 'TOWN'
const reported = (one: Told): boolean => !none(one['firstSubmittedAt'])
const deductionClosed: Is = (one, past) => none(one['withdrawnOn']) && (!none(one['verifiedOn']) || past.one('Hazard', one['hazard'])?.['stage'] === 'CLOSED')
const dueBefore = (one: Told, today: string): boolean => !none(one['dueOn']) && String(one['dueOn']) < today

/** Each with the thing whose rows it is counted over. */
export const INDICATORS: Record<string, [thing: string, count: (rows: readonly Told[], past: Past) => Counted]> = {}
const rate = (key: string, num: Is, den: Is, shown: { num: boolean; den: boolean } = { num: true, den: true }) =>
  void (INDICATORS[key] = [
    key.split('.')[0]!,
    (rows, past) => {
      const [n, d] = [rows.filter((one) => num(one, past)).length, rows.filter((one) => den(one, past)).length]
      return { value: share(n, d), ...(shown.num ? { num: n } : {}), ...(shown.den ? { den: d } : {}) }
    },
  ])
const bare = { num: false, den: false }
const all: Is = () => true

rate('Enterprise.noticeRate', (one, past) => inScope(one, past) && noticeDelivered(past, one, yearOf(past)), inScope)
rate('Enterprise.commitmentRate', (one, past) => inScope(one, past) && commitmentSigned(past, one, yearOf(past)), inScope)
rate('Enterprise.checklistRate', listsComplete, inScope)
rate('CheckTask.executionRate', (one) => one['outcome'] === 'DONE', taskDue)
rate('CheckTask.missedRate', taskMissed, taskDue)
const counted: Is = (one) => one['inScope'] === true
rate('Dossier.startedRate', (one) => one['inScope'] === true && !none(one['startedOn']), counted)
rate('Dossier.completeRate', (one) => one['inScope'] === true && one['complete'] === true, counted)
for (const color of ['red', 'orange', 'yellow', 'blue'])
  rate(`RiskStanding.${color}FirmShare`, (one, past) => coloredFirm(one, past) && one['effective'] === color.toUpperCase(), coloredFirm)
rate('Enterprise.doubleControlRate', doubleControl, inScope)
rate('Enterprise.frequencyRate', visitsMet, visitsDue)
INDICATORS['Enterprise.aboveCap'] = ['Enterprise', (rows, past) => ({ value: rows.filter((one) => aboveCap(one, past)).length })]
rate('Visit.doneRate', (one) => planned(one) && one['state'] === 'DONE', visitDue)
rate(
  'SiteStanding.fiveSRate',
  (one) => one['auditPassed'] === true,
  (one) => !none(one['auditPassed']),
  { num: false, den: true },
)
rate(
  'SiteStanding.sixHavesReachedRate',
  (one) => one['sixHavesAchieved'] === true,
  (one) => !none(one['sixHavesAchieved']),
  { num: false, den: true },
)
rate('Hazard.rectificationRate', closed, found)
rate(
  'Hazard.onTimeRate',
  (one, { today }) => closed(one) && dueBefore(one, today) && dayIn(one['closedAt']) <= String(one['dueOn']),
  (one, { today }) => found(one) && dueBefore(one, today),
  bare,
)
rate(
  'Hazard.majorCloseRate',
  (one) => closed(one) && major(one),
  (one) => found(one) && major(one),
)
rate('Assessment.completionRate', (one) => !none(one['finishedOn']) && String(one['finishedOn']) <= String(one['dueOn']), all, bare)
rate('Deduction.closureRate', deductionClosed, (one) => none(one['withdrawnOn']))
for (const [thing, part] of [
  ['TrainingRecord', 'trained'],
  ['Drill', 'joined'],
] as const)
  INDICATORS[`${thing}.coverageRate`] = [
    thing,
    (rows) => {
      const held = rows.filter((one) => none(one['voidedOn']) && !none(one[part]))
      const sum = (column: string) => held.reduce((total, one) => total + Number(one[column]), 0)
      return { value: share(sum(part), sum('required')) }
    },
  ]
rate(
  'Summary.onTimeRate',
  (one) => unitMonth(one) && reported(one) && one['late'] !== true,
  (one, { today }) => unitMonth(one) && (reported(one) || String(one['dueOn']) < today),
)
export { meanTenths }
