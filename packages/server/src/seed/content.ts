import { readFileSync } from 'node:fs'
import type { DivisionLevel } from '../division/division.entity.js'
import type { HazardCategory, HazardFactor, HazardSeverity, HazardSource, ManageType } from '../hazard/terms.js'

/** What lies in `content/`: reference data of the field, and the fictional content of the demo town. */
export interface DivisionRow {
  code: string
  name: string
  level: DivisionLevel
}
export interface StationRow {
  code: string
  name: string
  aliases: string
  superior: string
  trades: string
  authorised: boolean
}
export interface CriterionRow {
  code: string
  standard: string
  clause: string
  summary: string
  trade: string
  active: boolean
  validFrom?: string
}
/** One hazard as somebody would describe it. */
export interface HazardText {
  id: string
  location: string
  level: 'UNIT' | 'WORKSHOP' | 'POST'
  title: string
  description: string
  factor: HazardFactor
  category: HazardCategory
  accidentType: string
  severity: HazardSeverity
  severityBasis: string | null
  manageType: ManageType
  deadlineDays: number
  measure: string
  interimMeasure: string
  costYuan: number
  source: HazardSource
}
/** A kind of enterprise within a trade: how its name ends, how it is registered, which hazards are found there. */
export interface Kind {
  ending: string
  /** The first two characters of its credit code; null where such a unit has none. */
  form: string | null
  hazards: string[]
  staff: [number, number]
}
export interface Trade {
  name: string
  station: string
  weight: number
  kinds: Kind[]
}
export interface DemoTown {
  town: { code: string; name: string; enterprises: number }
  neighbour: { code: string; name: string; account: string; enterprises: number; villages: string[] }
  criteria: Record<string, string>
  trades: Trade[]
}

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../../content/${name}.json`, import.meta.url), 'utf8')) as T

export const divisions = () => read<DivisionRow[]>('divisions')
export const stations = () => read<StationRow[]>('stations')
export const criteria = () => read<CriterionRow[]>('criteria')
export const demoTown = () => read<DemoTown>('demo-town')
/** Workshops of a trade, each with its posts. */
export const demoWorkshops = () => read<{ trades: Record<string, [string, string[]][]> }>('demo-workshops').trades
export const hazardTexts = () => new Map(read<{ hazards: HazardText[] }>('demo-hazards').hazards.map((text) => [text.id, text]))
