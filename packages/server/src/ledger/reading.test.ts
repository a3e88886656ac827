import { describe, expect, test } from 'vitest'
import type { Cell } from '../shared/excel.js'
import { jingu } from '../testing/jingu.js'
import { stageSaid } from './choices.js'
import { readCount, readFen } from './readCount.js'
import { readDay } from './readDay.js'
import { readDeadline } from './readDeadline.js'
import { readPhones } from './readPhone.js'

const text = (value: string, kind: Cell['kind'] = 'text'): Cell => ({ text: value, kind, formula: false, merged: false })
const words = (read: () => unknown): string => {
  try {
    return `accepted: ${String(read())}`
  } catch (error) {
    return (error as Error).message
  }
}

describe('a day', () => {
  test.each([
    ['2023年2月12日', '2023-02-12'],
    ['2023/7/11', '2023-07-11'],
    ['2023.7.13', '2023-07-13'],
    ['2023-05-13', '2023-05-13'],
    ['20230513', '2023-05-13'],
    ['２０２３年２月１２日', '2023-02-12'],
    ['2023 年 2 月 12 日', '2023-02-12'],
    ['2023年2月12号', '2023-02-12'],
    ['二〇二三年七月十一日', '2023-07-11'],
    ['二○二三年十二月三十一日', '2023-12-31'],
    ['23.7.11', '2023-07-11'],
    ['23年7月11日', '2023-07-11'],
    ['230711', '2023-07-11'],
    ['2023-07-11 14:30', '2023-07-11'],
    ['2023/7/11 14:30:05', '2023-07-11'],
    ['2023年7月11日上午9时', '2023-07-11'],
    ['2023年7月11日 9点30分', '2023-07-11'],
    ['2023年7月11日（星期二）', '2023-07-11'],
    ['2023-07-11T00:00:00.000Z', '2023-07-11'],
    ['2023.7.24前', '2023-07-24'],
    ['2023年7月24日（限期7天）', '2023-07-24'],
    ['2023年7月24日之前', '2023-07-24'],
    ['45021', '2023-04-05'],
    ['2024.2.29', '2024-02-29'],
    ['2023。7。13', '2023-07-13'],
  ])('%s is %s', (said, day) => expect(readDay(text(said))).toBe(day))

  test('as Excel keeps it, with or without its format', () => {
    expect(readDay(text('2023-04-05', 'day'))).toBe('2023-04-05')
    expect(readDay(text('45021', 'number'))).toBe('2023-04-05')
    expect(readDay(text('45021.604', 'number'))).toBe('2023-04-05')
  })
  test('without a year belongs to the ledger’s year, or follows the day it cannot lie before', () => {
    expect(readDay(text('5月13日'), { year: 2023 })).toBe('2023-05-13')
    expect(readDay(text('5.13'), { year: 2023 })).toBe('2023-05-13')
    expect(readDay(text('7月20日'), { year: 2022, since: '2023-07-11' })).toBe('2023-07-20')
    expect(readDay(text('1月5日'), { since: '2023-12-20' })).toBe('2024-01-05')
    expect(readDay(text('7月1日'), { since: '2023-07-11' })).toBe('2023-07-01')
    expect(words(() => readDay(text('5月13日')))).toContain('没有写年份')
  })
  test.each([
    ['2023.2.30', '2023 年 2 月只有 28 天'],
    ['2023-13-01', '没有 13 月'],
    ['20230231', '只有 28 天'],
    ['2023年5月', '只写到月份'],
    ['2023.5', '只写到月份'],
    ['202305', '只写到月份'],
    ['2023', '只写了年份'],
    ['1923-05-13', '核对年份'],
    ['7/11/23', '不是可识别的日期'],
    ['昨天', '不是可识别的日期'],
    ['12345', '核对年份'],
  ])('%s is refused: %s', (said, why) => expect(words(() => readDay(text(said)))).toContain(why))
})

describe('a deadline', () => {
  const due = (said: string, found: string | undefined = '2023-07-11') => readDeadline(text(said), found, 2023)
  test.each([
    ['2023.7.24', '2023-07-24'],
    ['7月20日前', '2023-07-20'],
    ['7日内', '2023-07-18'],
    ['15天内完成', '2023-07-26'],
    ['一周内', '2023-07-18'],
    ['十日内', '2023-07-21'],
    ['一个月内', '2023-08-10'],
    ['半个月内', '2023-07-26'],
    ['月底前', '2023-07-31'],
    ['9月底前', '2023-09-30'],
    ['2023年7月12日至7月20日', '2023-07-20'],
    ['2023.7.11-2023.7.20', '2023-07-20'],
    ['2023-07-20', '2023-07-20'],
  ])('%s, found on 2023-07-11, is %s', (said, day) => expect(due(said)).toEqual({ dueOn: day, onSpot: false }))

  test.each(['立即整改', '当场整改', '立行立改', '即查即改', '当日', '现场整改完毕', '2023.7.11'])('%s is the day of the find', (said) =>
    expect(due(said)).toEqual({ dueOn: '2023-07-11', onSpot: true }),
  )

  test.each([
    ['2023.7.1', '早于检查日期 2023-07-11'],
    ['长期坚持', '不是确定的日期'],
    ['15个工作日内', '按工作日计算'],
    ['2203-07-20', '核对年份'],
    ['2031-07-20', '超过 5 年'],
  ])('%s is refused: %s', (said, why) => expect(words(() => due(said))).toContain(why))
  test('counted from a day that cannot be read is refused', () =>
    expect(words(() => readDeadline(text('立即整改'), undefined, 2023))).toContain('先改正检查日期'))
})

describe('a phone', () => {
  test.each([
    ['13286574106', '13286574106'],
    ['138 9416-3904', '13894163904'],
    ['136 0595-4321', '13605954321'],
    ['+86 13286574106', '13286574106'],
    ['86-132 8657 4106', '13286574106'],
    ['１３２８６５７４１０６', '13286574106'],
    ['0595-23300000', '059523300000'],
    ['(0595)2330 0000', '059523300000'],
    ['0595-2330000', '05952330000'],
    ['23300000', '059523300000'],
    ['59523300000', '059523300000'],
    ['0595-23300000转801', '059523300000转801'],
    ['0595-23300000-801', '059523300000转801'],
    ['400-800-0000', '4008000000'],
    ['13286574106/0595-23300000', '13286574106、059523300000'],
    ['13286574106 13894163904', '13286574106、13894163904'],
    ['13286574106、13894163904', '13286574106、13894163904'],
    ['13286574106\n13894163904', '13286574106、13894163904'],
    ['张某13286574106', '13286574106'],
    ['13286574106（林某）', '13286574106'],
  ])('%s is kept as %s', (said, phone) => expect(readPhones(text(said))).toBe(phone))

  test.each(['1390000', '12345678901', '132865741066', '电话不详', '1.32866E+10'])('%s is refused', (said) =>
    expect(words(() => readPhones(text(said)))).not.toContain('accepted'),
  )
})

describe('a number of people', () => {
  test.each([
    ['141', 141],
    ['１４１人', 141],
    ['约50', 50],
    ['50余人', 50],
    ['50人左右', 50],
    ['1,200', 1200],
    ['12.0', 12],
    ['0', 0],
    ['共 35 名', 35],
  ])('%s is %i', (said, many) => expect(readCount(text(said))).toBe(many))
  test.each([
    ['-3', '负数'],
    ['12.5', '不是整数'],
    ['50-60人', '一个范围'],
    ['几十人', '不是人数'],
    ['9999999', '超过 100000 人'],
  ])('%s is refused: %s', (said, why) => expect(words(() => readCount(text(said)))).toContain(why))
})

test('money is kept in fen, in 万元 when the header or the cell says so', () => {
  expect(readFen(text('1,200.50'), '整改费用（元）')).toBe(120_050)
  expect(readFen(text('0.35'), '投入资金（万元）')).toBe(350_000)
  expect(readFen(text('0.35万元'), '资金')).toBe(350_000)
  expect(words(() => readFen(text('若干'), '资金'))).toContain('不是金额')
})

describe('a village', () => {
  test.each([
    '景坑村',
    '景坑',
    '金谷镇景坑村',
    '安溪县金谷镇景坑村',
    '福建省泉州市安溪县金谷镇景坑村',
    '景坑村委会',
    '景坑村民委员会',
    '景坑村3组',
    '景坑村（下坑）',
    ' 景坑 村 ',
    '350524106208',
  ])('%s is 景坑村', (said) => expect(jingu.village(said).name).toBe('景坑村'))
  test.each([
    ['景卿村', '景坑村'],
    ['景抗村', '景坑村'],
    ['金古村', '金谷村'],
    ['坑景村', '景坑村'],
    ['溪磅村', '溪榜村'],
    ['大衍村', '大演村'],
    ['荡内村', '汤内村'],
    ['渊斗村', '渊兜村'],
  ])('%s: did you mean %s', (said, meant) => {
    expect(words(() => jingu.village(said))).toContain(`您要填的是不是“${meant}”`)
  })
  test('of which two are as near is told by the address, or both are named', () => {
    expect(words(() => jingu.village('金X村'))).toContain('“金谷村”、“金东村”、“金山村”')
    expect(words(() => jingu.village('金X村', '金谷镇金东村12号'))).toContain('是不是“金东村”')
  })
  test('is refused when only the town, or several villages are named', () => {
    expect(words(() => jingu.village('金谷镇'))).toContain('没有写到村')
    expect(words(() => jingu.village('金谷村、金东村'))).toContain('只填企业所在的一个村')
    expect(words(() => jingu.village('上海路'))).toContain('请按“村”的全称填写')
  })
})

describe('a station', () => {
  test.each([
    ['安监办', 'EMERGENCY_OFFICE'],
    ['镇安办', 'EMERGENCY_OFFICE'],
    ['金谷镇安办', 'EMERGENCY_OFFICE'],
    ['经济发展办公室', 'INDUSTRY_STATION'],
    ['经发办', 'INDUSTRY_STATION'],
    ['企业服务办公室', 'INDUSTRY_STATION'],
    ['市监所', 'MARKET_STATION'],
    ['市场监管所', 'MARKET_STATION'],
    ['金谷市场监督管理所', 'MARKET_STATION'],
    ['交通管理站', 'TRANSPORT_STATION'],
    ['水利站', 'WATER_AGRI_STATION'],
    ['派出所', 'POLICE'],
    ['金谷派出所', 'POLICE'],
    ['村建站', 'BUILD_STATION'],
    ['EDU_STATION', 'EDU_STATION'],
  ])('%s is %s', (said, code) => expect(jingu.station(said).code).toBe(code))
  test('that nobody knows is refused, with the nearest name', () => {
    expect(words(() => jingu.station('市场监督管理科'))).toContain('是不是“市场监督管理所”')
    expect(words(() => jingu.station('第三生产队'))).toContain('没有主管站所的留空')
  })
})

describe('a status', () => {
  test.each([
    ['已销号', 'CLOSED'],
    ['已销号（3月2日）', 'CLOSED'],
    ['隐患已闭环', 'CLOSED'],
    ['已整改到位', 'DONE'],
    ['已更换防护罩，整改完毕', 'DONE'],
    ['√', 'DONE'],
    ['正在整改', 'RECTIFYING'],
    ['目前尚未整改到位', 'NOTIFIED'],
    ['还未全部完成', 'RECTIFYING'],
    ['待镇安办复查', 'PENDING_REVIEW'],
    ['待复查', 'PENDING_REVIEW'],
    ['未整改', 'NOTIFIED'],
    ['已移送县应急局', 'TRANSFERRED'],
  ])('%s is %s', (said, stage) => expect(stageSaid(text(said))).toBe(stage))
  test('that says nothing of the kind is refused', () => expect(words(() => stageSaid(text('下周再说')))).toContain('无法识别'))
})
