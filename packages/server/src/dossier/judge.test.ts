import '../entities.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applies, type Asked, type Evidence, type Filed, gapCodes, gapWords, judge } from './judge.js'
import { addMonths, lastDayOf } from './months.js'
import { DocumentState, DossierPart, PARTS, RequirementKind } from './terms.js'

const TODAY = '2026-03-02'
const doc = (more: Partial<Asked> = {}): Asked => ({
  code: 'A',
  part: DossierPart.RULES,
  title: '应急预案备案',
  demand: '备案登记表',
  kind: RequirementKind.DOCUMENT,
  ...more,
})
const version = (state: DocumentState, more: Partial<Filed> = {}): Filed => ({
  state,
  inForce: state === DocumentState.ACCEPTED,
  validUntil: null,
  returnReason: null,
  ...more,
})
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  facts: {},
  documents: new Map(),
  records: new Map(),
  sources: new Map(),
  expired: new Map(),
  ...more,
})
const filed = (...versions: Filed[]) => evidence({ documents: new Map([['A', versions]]) })
const words = (asked: Asked, of: Evidence, submittedCounts = false) => gapWords(judge([asked], of, TODAY, { submittedCounts }))
const { SUBMITTED, ACCEPTED, RETURNED } = DocumentState

describe('a required document', () => {
  test('that nobody filed is missing, with what is asked', () => expect(words(doc(), evidence())).toEqual(['制度化管理｜缺：应急预案备案（要求：备案登记表）']))
  test('that waits counts only where the town says so', () => {
    expect(words(doc(), filed(version(SUBMITTED)))).toEqual(['制度化管理｜待审核：应急预案备案已提交，等待站所审核'])
    expect(words(doc(), filed(version(SUBMITTED)), true)).toEqual([])
  })
  test('that was returned tells why', () =>
    expect(words(doc(), filed(version(RETURNED, { returnReason: '缺盖章' })))).toEqual(['制度化管理｜退回：应急预案备案（缺盖章）']))
  test('holds on its last day and no longer on the day after', () => {
    expect(words(doc(), filed(version(ACCEPTED, { validUntil: TODAY })))).toEqual([])
    expect(words(doc(), filed(version(ACCEPTED, { validUntil: '2026-03-01' })))).toEqual(['制度化管理｜过期：应急预案备案 2026-03-01 到期'])
  })
  test('stays met while a newer version is on its way or was returned', () => {
    expect(words(doc(), filed(version(ACCEPTED), version(SUBMITTED)))).toEqual([])
    expect(words(doc(), filed(version(ACCEPTED), version(RETURNED)))).toEqual([])
  })
})

describe('records and facts', () => {
  const record = (more: Partial<Asked> = {}) => doc({ kind: RequirementKind.RECORD, source: 'drill', title: '应急演练', ...more })
  test('none, too few and enough', () => {
    const have = (n: number) => words(record({ atLeast: 2, withinMonths: 12 }), evidence({ records: new Map([['A', n]]) }))
    expect(have(0)).toEqual(['制度化管理｜缺：应急演练（近 12 个月内没有记录；要求：备案登记表）'])
    expect(have(1)).toEqual(['制度化管理｜不足：应急演练近 12 个月内有 1 条，要求至少 2 条'])
    expect(have(2)).toEqual([])
  })
  test('one that has run out, by name and day, the earliest first', () => {
    const expired = new Map([
      [
        'specialEquipment',
        [
          { name: '叉车', on: '2026-02-10' },
          { name: '电梯', on: '2026-02-01' },
        ],
      ],
    ])
    const asked = record({ source: 'specialEquipment', title: '特种设备检验' })
    expect(words(asked, evidence({ expired, records: new Map([['A', 2]]) }))).toEqual(['制度化管理｜过期：特种设备检验 电梯 2026-02-01 到期等 2 项'])
  })
  test('of a module that is not there nothing is asked', () => expect(applies(record({ source: 'nobody' }), evidence())).toBe(false))
  test('facts say which are not filled in; one of two will do', () => {
    const asked = doc({ kind: RequirementKind.FACT, source: 'name,uscc|noUsccReason,address', title: '企业信息' })
    expect(words(asked, evidence({ facts: { name: '甲', noUsccReason: '个体' } }))).toEqual(['制度化管理｜缺：企业信息未填 详细地址（要求：备案登记表）'])
  })
})

describe('who is asked', () => {
  const facts = { trade: '石材加工', scaleClass: 'SMALL_MICRO', staffCount: 100 }
  const asked = (more: Partial<Asked>) => applies(doc(more), evidence({ facts }))
  test('by trade, scale and more than so many people', () => {
    expect([asked({ trades: '石材,砖瓦' }), asked({ trades: '加油' }), asked({ scales: 'SMALL_MICRO' }), asked({ scales: 'ABOVE_SCALE' })]).toEqual([
      true,
      false,
      true,
      false,
    ])
    expect([asked({ moreStaffThan: 99 }), asked({ moreStaffThan: 100 })]).toEqual([true, false])
  })
  test('only those who have special equipment are asked for its operators', () => {
    const one = doc({ onlyWith: 'specialEquipment' })
    expect(applies(one, evidence())).toBe(false)
    expect(applies(one, evidence({ sources: new Map([['specialEquipment', 1]]) }))).toBe(true)
  })
})

test('a percentage is whole, never rounded up to complete, and null when nothing is asked', () => {
  const gen = fc.array(fc.record({ part: fc.constantFrom(...PARTS), met: fc.boolean() }), { maxLength: 60 })
  fc.assert(
    fc.property(gen, (all) => {
      const asked = all.map(({ part }, i) => doc({ code: `C${i}`, part }))
      const documents = new Map(all.flatMap(({ met }, i) => (met ? [[`C${i}`, [version(ACCEPTED)]] as const] : [])))
      const judged = judge(asked, evidence({ documents }), TODAY, { submittedCounts: false })
      expect(judged.parts.map(({ part }) => part)).toEqual(PARTS)
      expect(judged.percent).toBe(all.length ? Math.floor((100 * judged.met) / all.length) : null)
      expect(judged.percent === 100).toBe(all.length > 0 && judged.met === all.length)
      expect(judged.complete).toBe(judged.parts.every(({ demanded, met }) => demanded === met))
      expect(gapCodes(judged).split('\n').filter(Boolean)).toHaveLength(all.length - judged.met)
      expect(gapWords(judged)).toHaveLength(all.length - judged.met)
    }),
  )
})

test('months end where they end', () => {
  expect([addMonths('2026-01-31', 1), addMonths('2024-02-29', 12), addMonths('2026-03-31', -1), addMonths('2026-11-15', 14)]).toEqual([
    '2026-02-28',
    '2025-02-28',
    '2026-02-28',
    '2028-01-15',
  ])
  expect([lastDayOf('2024-02'), lastDayOf('2026-04'), lastDayOf('2026')]).toEqual(['2024-02-29', '2026-04-30', '2026-12-31'])
})
