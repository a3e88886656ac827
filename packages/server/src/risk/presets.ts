import type { Acting } from '../shared/act.js'
import { act } from '../shared/act.js'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { RiskPreset } from './riskPreset.entity.js'
import { ControlLevel, RiskMethod } from './terms.js'

const { COMPANY, WORKSHOP, POST } = ControlLevel
const LEVELS = { redLevel: COMPANY, orangeLevel: WORKSHOP, yellowLevel: POST, blueLevel: POST }
const FIVE = '50 40 30 20 10'
const LS = { method: RiskMethod.LS, likelihoods: FIVE, exposures: '10', consequences: '5 4 3 2 1', ...LEVELS }

/** What every store begins with (domain.md §3.4, §3.5); the office publishes further editions as data. */
export const BEGINNING: Partial<RiskPreset>[] = [
  {
    ...{ code: 'LEC_STANDARD', name: 'LEC 法（通用）', method: RiskMethod.LEC, ...LEVELS },
    ...{ likelihoods: '100 60 30 10 5 2 1', exposures: '100 60 30 20 10 5', consequences: '100 40 15 7 3 1' },
    ...{ red100: 32_000, orange100: 16_000, yellow100: 7_000, note: 'D＝L×E×C；D≥320 红，160≤D<320 橙，70≤D<160 黄，D<70 蓝' },
  },
  { ...LS, code: 'LS_A', name: '风险矩阵 LS（甲）', red100: 2_000, orange100: 1_500, yellow100: 900, note: 'R＝L×S；20–25 红，15–16 橙，9–12 黄，1–8 蓝' },
  { ...LS, code: 'LS_B', name: '风险矩阵 LS（乙）', red100: 2_000, orange100: 900, yellow100: 400, note: 'R＝L×S；20–25 红，9–16 橙，4–8 黄，1–3 蓝' },
]

const LONG_AGO = '2021-09-01'
/** A preset of the beginning, as a row. */
export const firstEdition = (facts: Partial<RiskPreset>, now: Date, id?: string): RiskPreset =>
  Object.assign(new RiskPreset(), facts, id ? { id } : {}, { edition: 1, active: true, validFrom: LONG_AGO, createdAt: instant(now) })

/** Adds the presets of the beginning that are missing altogether; leaves alone what the office has made of them. */
export async function addPresets(acting: Acting, idOf: (code: string) => string | undefined = () => undefined): Promise<void> {
  const missing = async (em: SqlEntityManager) => {
    const known = new Set((await em.findAll(RiskPreset)).map(({ code }) => code))
    return BEGINNING.filter(({ code }) => !known.has(code!))
  }
  if (!(await missing(acting.em)).length) return
  await act(acting, 'referenceLoad', async ({ em }) => void em.persist((await missing(em)).map((facts) => firstEdition(facts, acting.now, idOf(facts.code!)))))
}

/** The edition in force of a preset, inside an act. */
export async function presetOf(em: SqlEntityManager, code: string, now: Date): Promise<RiskPreset> {
  const found = await em.findOne(RiskPreset, { code, active: true })
  if (found) return found
  const facts = BEGINNING.find((one) => one.code === code)
  if (!facts || (await em.count(RiskPreset, { code }))) throw new Refusal('RISK_PRESET', '没有这个评价预设，或已停用，请从列表中选', { field: 'preset' })
  const first = firstEdition(facts, now)
  em.persist(first)
  return first
}
