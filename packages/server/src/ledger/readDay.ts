import type { Cell } from '../shared/excel.js'
import { addDays, type Day, daysBetween, isDay } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { half } from '../shared/sameKey.js'

/** What is known beside the cell: the year the ledger is about, or the day it cannot lie before. */
export interface DayContext {
  year?: number | undefined
  since?: Day | undefined
}

const FIRST = '2000-01-01'
const LAST = '2099-12-31'

/**
 * A calendar day in any of the spellings of an office: 2023年2月12日, 2023/7/11, 2023.7.13, 2023-05-13, 20230513,
 * 23.7.11, 二〇二三年七月十一日, 7月11日, an Excel date or its serial number; a time or weekday after it is left out.
 */
export function readDay(cell: Cell, context: DayContext = {}): Day {
  if (cell.kind === 'day') return within(cell.text)
  const text = figures(half(cell.text).replace(/\s+/g, ' '))
  const day = text
    .replace(/\s*[(]?(星期|周|礼拜)[一二三四五六日天1-7][)]?/g, '')
    .replace(TIME, '')
    .replace(/\s*(以?前|之前|止|截止)$/, '')
    .replace(/\s|\(.*\)$/g, '')
    .replace(/[.,。/-]+$/, '')
  return compact(day, cell) ?? spelt(day) ?? (cell.kind === 'number' ? undefined : withoutYear(day, context)) ?? incomplete(day)
}

const TIME =
  /[T ]*(上午|下午|早上|晚上|中午|凌晨)?\s*\d{1,2}([:：]\d{1,2}){1,2}(\.\d+)?\s*(AM|PM|Z)?$|[T ]*(上午|下午|早上|晚上|中午)?\s*\d{1,2}[时点](\d{1,2}分?)?(半)?$|\s*(上午|下午|早上|晚上|中午)$/i

/** 20230513, 230513, or the number Excel keeps for a day. */
function compact(text: string, cell: Cell): Day | undefined {
  const long = /^(\d{4})(\d{2})(\d{2})(\d{6})?$/.exec(text)
  if (long) return exists(Number(long[1]), Number(long[2]), Number(long[3]))
  const serial = /^(\d{5})(\.\d+)?$/.exec(cell.kind === 'number' ? cell.text : text)
  if (serial) return within(addDays('1899-12-30', Number(serial[1])))
  if (/^20\d{2}(0[1-9]|1[0-2])$/.test(text)) return incomplete(`${text.slice(0, 4)}年${text.slice(4)}月`)
  const short = /^(\d{2})(\d{2})(\d{2})$/.exec(text)
  return short ? exists(2000 + Number(short[1]), Number(short[2]), Number(short[3])) : undefined
}

function spelt(text: string): Day | undefined {
  const found = /^(\d{4}|\d{2})\s*[年./\-,、。]\s*(\d{1,2})\s*[月./\-,、。]\s*(\d{1,2})\s*[日号]?$/.exec(text)
  if (!found) return undefined
  const year = Number(found[1])
  if (year < 15) return undefined // 7/11/23 may be the eleventh of July or the seventh of November
  return exists(year < 100 ? 2000 + year : year, Number(found[2]), Number(found[3]))
}

/** 7月11日, 7.11: in the ledger's year; or the first such day on or after the day it cannot lie before. */
function withoutYear(text: string, { year, since }: DayContext): Day | undefined {
  const found = /^(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$/.exec(text) ?? /^(\d{1,2})[./-](\d{1,2})$/.exec(text)
  if (!found) return undefined
  const [month, day] = [Number(found[1]), Number(found[2])]
  if (since) {
    const first = Number(since.slice(0, 4))
    const same = exists(first, month, day)
    // A deadline in January belongs to a December find; one a few weeks back is a mistake that must be seen.
    return same < since && daysBetween(same, since) > 180 ? exists(first + 1, month, day) : same
  }
  if (year) return exists(year, month, day)
  throw new Refusal('DAY_NO_YEAR', '没有写年份，请写成 2023-05-13 这样的日期')
}

function incomplete(text: string): never {
  if (/^\d{4}\s*[年./-]\s*\d{1,2}\s*月?份?$/.test(text)) throw new Refusal('DAY_NO_DAY', '只写到月份，请补上哪一日')
  if (/^\d{4}年?$/.test(text)) throw new Refusal('DAY_NO_DAY', '只写了年份，请写成 2023-05-13 这样的日期')
  throw new Refusal('DAY_UNREADABLE', '不是可识别的日期，请写成 2023-05-13')
}

function exists(year: number, month: number, day: number): Day {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (isDay(text)) return within(text)
  if (month < 1 || month > 12) throw new Refusal('DAY_IMPOSSIBLE', `不存在：没有 ${month} 月`)
  throw new Refusal('DAY_IMPOSSIBLE', `不存在：${year} 年 ${month} 月只有 ${new Date(Date.UTC(year, month, 0)).getUTCDate()} 天`)
}

function within(day: Day): Day {
  if (day < FIRST || day > LAST) throw new Refusal('DAY_FAR', `是 ${day}，不像真实的日期，请核对年份`)
  return day
}

const DIGITS = '〇一二三四五六七八九'
/** 二〇二三年七月十一日 → 2023年7月11日. */
function figures(text: string): string {
  if (!/[一二三四五六七八九十]/.test(text) || !/[年月日号]/.test(text)) return text
  return text
    .replace(/[○零OＯ]/g, '〇')
    .replace(/[〇一二三四五六七八九]{4}(?=年)/g, (year) => [...year].map((c) => DIGITS.indexOf(c)).join(''))
    .replace(/[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九](?=[月日号])/g, (n) => String(count(n)))
}
export function count(text: string): number {
  if (!text.includes('十')) return DIGITS.indexOf(text)
  const [tens, ones] = text.split('十') as [string, string]
  return (tens ? DIGITS.indexOf(tens) : 1) * 10 + (ones ? DIGITS.indexOf(ones) : 0)
}
