import type { Day } from '../shared/days.js'
import { DocumentState, type DossierPart, GapKind, PART_NAMES, PARTS, RequirementKind } from './terms.js'
import { sourcesOf } from './sources.js'

/** What is asked, as far as judging needs to know. */
export interface Asked {
  code: string
  part: DossierPart
  title: string
  demand: string
  kind: RequirementKind
  source?: string | null
  atLeast?: number | null
  withinMonths?: number | null
  trades?: string | null
  scales?: string | null
  moreStaffThan?: number | null
  onlyWith?: string | null
}

/** One version of a document, the latest last. */
export interface Filed {
  state: DocumentState
  inForce: boolean
  validUntil: Day | null
  returnReason: string | null
}
/** Something that is no longer valid, or will not be for long. */
export interface Dated {
  name: string
  on: Day
}

/** Everything that is known of one enterprise on one day. */
export interface Evidence {
  facts: Readonly<Record<string, unknown>>
  documents: ReadonlyMap<string, readonly Filed[]>
  /** How many records answer a requirement, by its code. */
  records: ReadonlyMap<string, number>
  /** How many there are at all, by source. */
  sources: ReadonlyMap<string, number>
  /** Those that have run out, by source. */
  expired: ReadonlyMap<string, readonly Dated[]>
}

export interface Gap {
  kind: GapKind
  words: string
}
export interface Standing {
  requirement: Asked
  /** Nothing when it is met. */
  gap?: Gap
}
export interface PartStanding {
  part: DossierPart
  demanded: number
  met: number
  /** Whole percent, rounded down, so that 100 is said only of what is complete; null when nothing is asked. */
  percent: number | null
  complete: boolean
  standings: Standing[]
}
export interface Judgement {
  parts: PartStanding[]
  demanded: number
  met: number
  percent: number | null
  partsComplete: number
  complete: boolean
  expired: number
  unreviewed: number
}

/** Whether a version that waits for its review already counts (dossierRules). */
export interface Counting {
  submittedCounts: boolean
}

export function judge(requirements: readonly Asked[], evidence: Evidence, today: Day, counting: Counting): Judgement {
  const asked = requirements.filter((one) => applies(one, evidence))
  const parts = PARTS.map((part) =>
    partOf(
      part,
      asked.filter((one) => one.part === part).map((one) => ({ requirement: one, ...gapIn(one, evidence, today, counting) })),
    ),
  )
  const demanded = sum(parts.map((part) => part.demanded))
  const met = sum(parts.map((part) => part.met))
  const gaps = parts.flatMap(({ standings }) => standings.flatMap(({ gap }) => gap ?? []))
  const partsComplete = parts.filter(({ complete }) => complete).length
  return {
    ...{ parts, demanded, met, percent: percentOf(met, demanded), partsComplete, complete: partsComplete === PARTS.length },
    expired: gaps.filter(({ kind }) => kind === GapKind.EXPIRED).length,
    unreviewed: gaps.filter(({ kind }) => kind === GapKind.UNREVIEWED).length,
  }
}

function partOf(part: DossierPart, standings: Standing[]): PartStanding {
  const demanded = standings.length
  const met = standings.filter(({ gap }) => !gap).length
  return { part, demanded, met, percent: percentOf(met, demanded), complete: met === demanded, standings }
}

const percentOf = (met: number, demanded: number): number | null => (demanded ? Math.floor((met * 100) / demanded) : null)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const listed = (text: string | null | undefined) => (text ?? '').split(/[,，、]/).flatMap((one) => one.trim() || [])

/** Not asked of everybody: by trade, scale and size, and of what only some have; never of a module that is not there. */
export function applies(one: Asked, { facts, sources }: Evidence): boolean {
  const trades = listed(one.trades)
  if (trades.length && !trades.some((trade) => String(facts['trade'] ?? '').includes(trade))) return false
  const scales = listed(one.scales)
  if (scales.length && !scales.includes(String(facts['scaleClass'] ?? ''))) return false
  if (one.moreStaffThan != null && !(Number(facts['staffCount'] ?? 0) > one.moreStaffThan)) return false
  if (one.onlyWith && !sourcesOf(one.onlyWith).some(({ key }) => (sources.get(key) ?? 0) > 0)) return false
  return one.kind !== RequirementKind.RECORD || sourcesOf(one.source).length > 0
}

function gapIn(one: Asked, evidence: Evidence, today: Day, counting: Counting): { gap?: Gap } {
  const gap =
    one.kind === RequirementKind.FACT
      ? gapInFacts(one, evidence)
      : one.kind === RequirementKind.RECORD
        ? gapInRecords(one, evidence)
        : gapInDocuments(one, evidence.documents.get(one.code) ?? [], today, counting)
  return gap ? { gap } : {}
}

const missing = (one: Asked, what = ''): Gap => ({ kind: GapKind.MISSING, words: `缺：${one.title}${what}（要求：${one.demand}）` })

export const FACT_NAMES: Record<string, string> = {
  ...{ name: '单位名称', uscc: '统一社会信用代码', noUsccReason: '无信用代码的原因', address: '详细地址', division: '所属村', station: '行业主管站所' },
  ...{ trade: '行业类别', scaleClass: '规模', staffCount: '从业人数', principal: '主要负责人', legalRep: '法定代表人', safetyOfficer: '安全管理员' },
  ...{ phone: '联系电话', standardLevel: '标准化等级' },
}

function gapInFacts(one: Asked, { facts }: Evidence): Gap | undefined {
  const lacking = listed(one.source)
    .map((field) => field.split('|').map((name) => name.trim()))
    .filter((names) => names.every((name) => facts[name] == null || facts[name] === ''))
    .map((names) => FACT_NAMES[names[0]!] ?? names[0]!)
  return lacking.length ? missing(one, `未填 ${lacking.join('、')}`) : undefined
}

function gapInRecords(one: Asked, { records, expired }: Evidence): Gap | undefined {
  const out = sourcesOf(one.source).flatMap(({ key }) => expired.get(key) ?? [])
  if (out.length) {
    const [first] = [...out].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.name < b.name ? -1 : 1))
    const more = out.length > 1 ? `等 ${out.length} 项` : ''
    return { kind: GapKind.EXPIRED, words: `过期：${one.title} ${first!.name} ${first!.on} 到期${more}` }
  }
  const wanted = one.atLeast ?? 1
  const have = records.get(one.code) ?? 0
  if (have >= wanted) return undefined
  const within = one.withinMonths ? `近 ${one.withinMonths} 个月内` : ''
  if (!have) return { kind: GapKind.MISSING, words: `缺：${one.title}${within ? `（${within}没有记录；` : '（'}要求：${one.demand}）` }
  return { kind: GapKind.TOO_FEW, words: `不足：${one.title}${within}有 ${have} 条，要求至少 ${wanted} 条` }
}

/** The version in force counts; while none is, the latest one tells why. A version on its way never takes away the one in force. */
function gapInDocuments(one: Asked, versions: readonly Filed[], today: Day, { submittedCounts }: Counting): Gap | undefined {
  const latest = versions.at(-1)
  if (!latest) return missing(one)
  const inForce = versions.find((version) => version.inForce)
  const counts = submittedCounts && latest.state === DocumentState.SUBMITTED ? latest : inForce
  if (counts && !isPast(counts, today)) return undefined
  if (latest.state === DocumentState.SUBMITTED && latest !== counts) return { kind: GapKind.UNREVIEWED, words: `待审核：${one.title}已提交，等待站所审核` }
  if (counts) return { kind: GapKind.EXPIRED, words: `过期：${one.title} ${counts.validUntil} 到期` }
  return { kind: GapKind.RETURNED, words: `退回：${one.title}（${latest.returnReason ?? '未写原因'}）` }
}

/** The day itself still counts. */
const isPast = ({ validUntil }: Filed, today: Day): boolean => validUntil !== null && validUntil < today

/** Every missing point on a line of its own, part by part. */
export const gapWords = ({ parts }: Judgement): string[] =>
  parts.flatMap(({ part, standings }) => standings.flatMap(({ gap }) => (gap ? [`${PART_NAMES[part]}｜${gap.words}`] : [])))

/** The same for a column that is searched: the reason and the requirement's code. */
export const gapCodes = ({ parts }: Judgement): string =>
  parts.flatMap(({ standings }) => standings.flatMap(({ gap, requirement }) => (gap ? [`${gap.kind} ${requirement.code}`] : []))).join('\n')
