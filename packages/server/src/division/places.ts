import type { SqlEntityManager } from '@mikro-orm/sql'
import { Refusal } from '../shared/refusal.js'
import { CODE_LENGTH, Division, DivisionLevel } from './division.entity.js'

const refuse = (code: string, sentence: string) => new Refusal(code, sentence, { field: 'code' })
/** Towns and villages are kept here; what lies above them comes with the town. */
const KEPT: readonly DivisionLevel[] = [DivisionLevel.COUNTY, DivisionLevel.TOWN, DivisionLevel.VILLAGE]

/** The level and parent of a new division's code (domain.md §9.2): its prefix is its parent. */
export async function placed(em: SqlEntityManager, code: string): Promise<{ level: DivisionLevel; parent: string | undefined }> {
  if (!/^\d+$/.test(code)) throw refuse('DIVISION_CODE', '区划代码应全是数字')
  const level = KEPT.find((one) => CODE_LENGTH[one] === code.length)
  if (!level) throw refuse('DIVISION_CODE', `区划代码有 ${code.length} 位：县 6 位、镇 9 位、村 12 位`)
  if (level !== DivisionLevel.COUNTY && !/[0-3]\d\d$/.test(code))
    throw refuse('DIVISION_CODE', level === DivisionLevel.TOWN ? '镇的代码末三位为 001 至 399' : '村的代码末三位为 001 至 399')
  if (code.endsWith('000')) throw refuse('DIVISION_CODE', '区划代码末三位不能是 000')
  if (await em.count(Division, { code })) throw refuse('DIVISION_TAKEN', '这个代码已经有了')
  if (level === DivisionLevel.COUNTY) return { level, parent: (await em.findOne(Division, { code: code.slice(0, CODE_LENGTH.CITY) }))?.code }
  const parent = code.slice(0, -3)
  const above = await em.findOne(Division, { code: parent })
  if (!above || above.validTo) throw refuse('DIVISION_PARENT', `没有上级区划 ${parent}，请先建上级`)
  return { level, parent }
}
