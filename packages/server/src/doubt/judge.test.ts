import { describe, expect, test } from 'vitest'
import { differing } from './gather.js'
import { type Entry, judge } from './judge.js'
import { halfOf, labelledSet, measure } from './measure.js'
import { type DoubtRules, shippedDoubtRules } from './rules.js'
import { drawn } from './sample.js'
import { concrete, restated } from './stock.js'
import { DoubtKind, SampleCause } from './terms.js'

const rules = shippedDoubtRules()
const fix = (more: Partial<Entry>): Entry => ({
  kind: DoubtKind.RECTIFICATION,
  text: '换了两具4kg干粉灭火器',
  clause: '灭火器压力不足',
  seconds: 86_400,
  ...more,
})
const check = (more: Partial<Entry>): Entry => ({ kind: DoubtKind.CHECK, text: '', items: 12, failed: 0, seconds: 600, ...more })
const said = (entry: Entry, own: Partial<DoubtRules> = {}) => judge(entry, { ...rules, ...own }).reasons.map(({ said: words }) => words)

describe('a rectification', () => {
  test('that says what was done is not doubted', () => expect(judge(fix({}), rules)).toEqual({ score: 0, reasons: [] }))
  test('of three characters says so', () => expect(said(fix({ text: '已整改。' }))).toEqual(['整改说明只有 3 个字', '整改说明都是套话，没有说做了什么']))
  test('that is short but tells something stays below the line', () => expect(judge(fix({ text: '已换锁' }), rules).score).toBeLessThan(rules.line))
  test('that is long and tells nothing does not', () =>
    expect(judge(fix({ text: '按照要求认真落实整改，今后加强日常管理，杜绝此类现象再次发生' }), rules).score).toBeGreaterThanOrEqual(rules.line))
  test('that repeats the clause says how much of it', () => expect(said(fix({ text: '灭火器压力不足' }))).toEqual(['整改说明 100% 是照抄隐患描述']))
  test('that repeats the demand is doubted a little', () =>
    expect(judge(fix({ text: '已整改：清扫箱体、补装箱门', demand: '清扫箱体、补装箱门' }), rules)).toMatchObject({ score: 20, reasons: [{ rule: 'DEMAND' }] }))
  test('with one photo for before and after is doubted by that alone', () =>
    expect(judge(fix({ samePhoto: true }), rules).score).toBeGreaterThanOrEqual(rules.line))
  test('with photos that look alike says so, the same one not twice', () => {
    expect(said(fix({ photoBits: 2 }))).toEqual(['整改前后照片几乎一样'])
    expect(said(fix({ photoBits: 2, samePhoto: true }))).toEqual(['整改前后是同一张照片'])
    expect(said(fix({ photoBits: 20 }))).toEqual([])
  })
  test('done within a minute of its discovery says after how many seconds', () => {
    expect(said(fix({ seconds: 42 }))).toEqual(['发现后 42 秒就整改完'])
    expect(said(fix({ seconds: 60 }))).toEqual([])
  })
  test('in the words of other enterprises says of how many, short ones are no proof', () => {
    expect(said(fix({ others: 3 }))).toEqual(['与另外 3 家企业的说明一字不差'])
    expect(said(fix({ text: '更换灯管', others: 30 }))).toEqual(['整改说明只有 4 个字'])
  })
})

describe('a self-check', () => {
  test('of many items passed in seconds is doubted; one that took its time, or found something, is not', () => {
    expect(said(check({ seconds: 14 }))).toEqual(['12 项全部符合，只用了 14 秒'])
    expect(said(check({ seconds: 24 }))).toEqual([])
    expect(said(check({ seconds: 14, failed: 1 }))).toEqual([])
    expect(said(check({ seconds: 5, items: 5 }))).toEqual([])
  })
  test('whose notes copy the items says how many', () =>
    expect(said(check({ notes: [{ clause: '疏散通道畅通', text: '疏散通道畅通' }] }))).toEqual(['1 处说明照抄检查内容']))
  test('with the same remark of the same person again and again says how often', () =>
    expect(said(check({ text: '正常', repeats: 9 }))).toEqual(['同一人已有 9 次写相同的说明']))
})

describe('the rules are numbers', () => {
  test('a weight of nothing turns a rule off, a bound moves it', () => {
    expect(said(fix({ text: '已整改' }), { shortPoints: 0 })).toEqual(['整改说明都是套话，没有说做了什么'])
    expect(said(fix({ text: '换了挂锁和锁扣' }), { shortChars: 7 })).toEqual(['整改说明只有 7 个字'])
  })
  test('the score is the sum of its reasons', () => {
    for (const entry of labelledSet()) {
      const { score, reasons } = judge(entry, rules)
      expect(score).toBe(reasons.reduce((sum, { points }) => sum + points, 0))
      expect(reasons.every((reason) => reason.points > 0 && /[\u4e00-\u9fff]/.test(reason.said))).toBe(true)
    }
  })
})

describe('the measurement', () => {
  const set = labelledSet()
  test('is made on a set of at least 120 entries, each once, both kinds and both answers among them', () => {
    expect(set.length).toBeGreaterThanOrEqual(120)
    expect(new Set(set.map(({ id }) => id)).size).toBe(set.length)
    for (const kind of Object.values(DoubtKind))
      for (const answer of [true, false]) expect(set.some((one) => one.kind === kind && one.perfunctory === answer)).toBe(true)
  })
  test('counts every entry of its part once, from the set and nothing else', () => {
    for (const half of ['tuning', 'test', 'fresh'] as const) {
      const own = set.filter((entry) => halfOf(entry) === half)
      const measured = measure(set, half, rules)
      expect(measured.hit + measured.falseAlarm + measured.missed + measured.quiet).toBe(own.length)
      expect(measured.perfunctory).toBe(own.filter(({ perfunctory }) => perfunctory).length)
      const turned = measure(
        set.map((one) => ({ ...one, perfunctory: !one.perfunctory })),
        half,
        rules,
      )
      expect([turned.falseAlarm, turned.hit, turned.missed, turned.quiet]).toEqual([measured.hit, measured.falseAlarm, measured.quiet, measured.missed])
    }
    expect(measure([], 'test', rules)).toMatchObject({ entries: 0, precision: null, recall: null })
  })
  test('finds the rules right more often than not, on what was held back and on what was written afterwards', () => {
    for (const half of ['test', 'fresh'] as const) {
      const { precision, recall } = measure(set, half, rules)
      expect(precision).toBeGreaterThanOrEqual(80)
      expect(recall).toBeGreaterThanOrEqual(40)
    }
  })
})

test('the sample is the worst first, then a lot that is the same for whoever draws again and another in another month', () => {
  const entries = Array.from({ length: 60 }, (_, i) => ({ id: `id-${i}`, score: i < 12 ? 50 + i : i % 5, doubtful: i < 12 }))
  const of = { town: '350524106', station: 'INDUSTRY_STATION', month: '2026-10' }
  const sample = drawn(entries, of, rules)
  expect(sample.map(([{ score }]) => score).slice(0, rules.sampleDoubtful)).toEqual([61, 60, 59, 58, 57, 56, 55, 54])
  expect(sample.slice(rules.sampleDoubtful).map(([, cause]) => cause)).toEqual(Array.from({ length: rules.sampleRandom }, () => SampleCause.RANDOM))
  expect(drawn([...entries].reverse(), of, rules)).toEqual(sample)
  expect(drawn(entries, { ...of, month: '2026-11' }, rules).slice(8)).not.toEqual(sample.slice(8))
})

test('what is left of a text are its own words; copying is counted in pairs of characters', () => {
  expect(concrete('已按要求整改到位，换新锁')).toBe('换新锁')
  expect(concrete('OK')).toBe('')
  expect(restated('配电箱未上锁', '配电箱未上锁，箱门敞开')).toBe(100)
  expect(restated('更换挂锁并贴标识', '配电箱未上锁，箱门敞开')).toBe(0)
  expect(differing('00000000000000ff', '0000000000000000')).toBe(8)
})
