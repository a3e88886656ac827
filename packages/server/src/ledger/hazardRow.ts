import { fingerprintOf } from '../hazard/found.js'
import { HazardCategory, HazardFactor, HazardSeverity, HazardSource, HazardStage, isOpen, ManageType } from '../hazard/terms.js'
import type { Role } from '../shared/context.js'
import type { Day } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { half } from '../shared/sameKey.js'
import * as choices from './choices.js'
import type { Directory } from './directory.js'
import { findEnterprise } from './findEnterprise.js'
import type { HazardField } from './hazardColumns.js'
import { finderOf } from './hazardSource.js'
import { stageOf } from './hazardStage.js'
import type { Places } from './places.js'
import { readFen } from './readCount.js'
import { readDay } from './readDay.js'
import { readDeadline } from './readDeadline.js'
import { Reading } from './reading.js'
import type { LedgerRow } from './table.js'
import { oneLine, short } from './words.js'

/** What a row of the ledger says about a hazard; what it does not say is left out. */
export interface HazardSaid {
  enterprise: string
  division: string
  station?: string
  foundOn: Day
  foundByRole: Role
  foundByUnit?: string
  finderName?: string
  source: HazardSource
  place: string
  description: string
  factor: HazardFactor
  severity: HazardSeverity
  category?: HazardCategory
  legalBasis?: string
  measures?: string
  responsiblePerson?: string
  manageType: ManageType
  dueOn?: Day
  rectifiedOn?: Day
  reviewer?: string
  reviewedOn?: Day
  reviewOpinion?: string
  result?: string
  stage: HazardStage
  noticeNumber?: string
  costFen?: number
  remark?: string
  fingerprint: string
}
/** What holds for the whole file. */
export interface HazardLedgerContext {
  places: Places
  directory: Directory
  today: Day
  /** The one year that the ledger's title names. */
  year: number | undefined
}
export interface ReadHazard {
  reading: Reading<HazardField>
  said?: HazardSaid
  title: string
}

export const NO_PLACE = '（台账未注明部位）'

export function readHazard(row: LedgerRow<HazardField>, context: HazardLedgerContext): ReadHazard {
  const { places, today, year } = context
  const reading = new Reading(row)
  const enterprise = findEnterprise(reading, context.directory)
  const description = reading.cell('description')
    ? reading.text('description')
    : reading.fault('description', `${row.called('description')}不能为空，请写明存在什么隐患`)
  const foundOn = readFoundOn(reading, today, year)
  const deadline = reading.take('deadline', (cell) => readDeadline(cell, foundOn, year))
  const [rectifiedOn, reviewedOn] = readProgress(reading, foundOn, today, year)
  const stage = readStage(reading, rectifiedOn, reviewedOn)
  if (stage && isOpen(stage) && !deadline && !reading.faulty('deadline', 'foundOn'))
    reading.fault('deadline', `${row.called('deadline')}不能为空：还没有销号的隐患要写明整改期限`)
  if (stage === HazardStage.CLOSED && !deadline && !reading.faulty('deadline')) reading.hints.push('没有整改期限，不计入按期整改率')
  const unit = reading.line('foundByUnit', 60)
  const finder = finderOf(unit, reading.line('source', 40), enterprise?.name ?? '', places)
  const place = reading.line('place', 120) ?? assume(reading, 'place', NO_PLACE, `没有${row.called('place')}`)
  const facts = {
    enterprise: enterprise?.id,
    division: enterprise?.division,
    station: enterprise?.station ?? undefined,
    foundOn,
    foundByRole: finder.role,
    foundByUnit: unit,
    finderName: reading.line('finderName', 60),
    source: finder.source,
    place,
    description,
    factor: reading.take('factor', choices.factor.read) ?? assume(reading, 'factor', HazardFactor.OBJECT, `没有${row.called('factor')}，按“物”登记`),
    severity: readSeverity(reading),
    category: choices.category.find(reading.cell('category')?.text ?? ''),
    legalBasis: reading.text('legalBasis'),
    measures: reading.text('measures'),
    responsiblePerson: reading.line('responsiblePerson', 40),
    manageType: deadline?.onSpot ? ManageType.IMMEDIATE : ManageType.DEADLINE,
    dueOn: deadline?.dueOn,
    rectifiedOn,
    reviewer: reading.line('reviewer', 120),
    reviewedOn,
    reviewOpinion: reading.text('reviewResult'),
    result: statusOf(reading)?.from === 'result' ? undefined : reading.text('result'),
    stage,
    noticeNumber: reading.line('noticeNumber', 60),
    costFen: reading.take('cost', (cell) => readFen(cell, row.called('cost'))),
    remark: reading.text('remark'),
  }
  const title = short(oneLine(description ?? reading.row.at('description')?.text ?? enterprise?.name ?? `第 ${row.number} 行`), 60)
  if (reading.faults.length) return { reading, title }
  const said = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as unknown as HazardSaid
  said.fingerprint = fingerprintOf(said.enterprise, said)
  return { reading, title, said }
}

function assume<T>(reading: Reading<HazardField>, field: HazardField, value: T, hint: string): T | undefined {
  if (reading.faulty(field)) return undefined
  reading.hints.push(hint)
  return value
}

function readFoundOn(reading: Reading<HazardField>, today: Day, year: number | undefined): Day | undefined {
  if (!reading.cell('foundOn')) return reading.fault('foundOn', `${reading.row.called('foundOn')}不能为空`)
  return reading.take('foundOn', (cell) => notAfter(readDay(cell, { year }), today))
}

function readProgress(reading: Reading<HazardField>, foundOn: Day | undefined, today: Day, year: number | undefined): [Day | undefined, Day | undefined] {
  const rectifiedOn = reading.take('rectifiedOn', (cell) => notBefore(notAfter(readDay(cell, { year, since: foundOn }), today), foundOn, '检查日期'))
  const since = rectifiedOn ?? foundOn
  const reviewedOn = reading.take('reviewedOn', (cell) =>
    notBefore(notAfter(readDay(cell, { year, since }), today), since, rectifiedOn ? '整改完成日期' : '检查日期'),
  )
  return [rectifiedOn, reviewedOn]
}

function notAfter(day: Day, today: Day): Day {
  if (day > today) throw new Refusal('DAY_FUTURE', `是 ${day}，在今天（${today}）之后，请核对`)
  return day
}
function notBefore(day: Day, since: Day | undefined, what: string): Day {
  if (since && day < since) throw new Refusal('DAY_ORDER', `早于${what} ${since}，请核对哪一个写错了`)
  return day
}

/** The status column; where there is none, a column of results that speaks in its words. */
function statusOf(reading: Reading<HazardField>) {
  for (const from of ['status', 'result'] as const) {
    const cell = reading.cell(from)
    if (cell && (from === 'status' || choices.status.find(cell.text))) return { from, cell }
  }
  return undefined
}

function readStage(reading: Reading<HazardField>, rectifiedOn: Day | undefined, reviewedOn: Day | undefined): HazardStage | undefined {
  const status = statusOf(reading)
  const word = status ? reading.take(status.from, choices.stageSaid) : undefined
  if (reading.faulty('status', 'rectifiedOn', 'reviewedOn')) return undefined
  const verdict = half(reading.cell('reviewResult')?.text ?? '')
  const passed = verdict ? !/不合格|不通过|未通过|未整改|未完成|不到位|未到位/.test(verdict) : undefined
  try {
    return stageOf({ word, rectifiedOn, reviewedOn, passed })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return reading.fault('status', `${reading.row.called(status?.from ?? 'status')}“${oneLine(status?.cell.text ?? '')}”${error.message}`)
  }
}

/** 一般 unless the ledger says 重大: nothing is made major by a guess. */
function readSeverity(reading: Reading<HazardField>): HazardSeverity | undefined {
  if (reading.cell('severity')) return reading.take('severity', choices.severity.read)
  return choices.severity.find(reading.cell('category')?.text ?? '') ?? HazardSeverity.GENERAL
}
