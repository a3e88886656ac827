import { addDays, type Day, daysBetween } from '../shared/days.js'
import type { Cell } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { half } from '../shared/sameKey.js'
import { count, readDay } from './readDay.js'

export interface Deadline {
  dueOn: Day
  /** 即查即改: the day of the find itself. */
  onSpot: boolean
}

const ON_SPOT =
  /^(立即|立刻|马上|即刻|当场|当天|当日|现场|即时|随即)(整改|改正|完成|处理|消除|落实)?(完毕|到位)?$|^(立行立改|即查即改|立查立改|边查边改|立改|立即)$/
const MAX_YEARS = 5

/** A deadline is a day, or a word or a span counted from the day of the find: 立即整改, 7日内, 一周内, 月底前. */
export function readDeadline(cell: Cell, foundOn: Day | undefined, year: number | undefined): Deadline {
  const text = half(cell.text).replace(/\s/g, '')
  if (ON_SPOT.test(text)) return onFind(foundOn, (day) => ({ dueOn: day, onSpot: true }))
  const span = spanOf(text)
  if (span) return onFind(foundOn, (day) => ({ dueOn: span(day), onSpot: false }))
  if (/^(长期|持续|常年|日常|逐步|尽快|限期|待定|另定|按计划)/.test(text)) throw new Refusal('DEADLINE_VAGUE', '不是确定的日期，请写明哪一天前整改完')
  if (/工作日/.test(text)) throw new Refusal('DEADLINE_WORKDAYS', '按工作日计算，请换算成具体日期')
  // 2023.7.11-2023.7.20: the end of the span is the deadline.
  const end = /\d{1,2}[月./-]\d{1,2}[日号]?(?:至|到|~|—+|-+)((?:\d{2,4}[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?)前?$/.exec(text)
  const dueOn = readDay(end ? { ...cell, text: end[1]! } : cell, { year, since: foundOn })
  if (foundOn && dueOn < foundOn) throw new Refusal('DEADLINE_BEFORE_FOUND', `早于检查日期 ${foundOn}，请核对哪一个写错了`)
  if (foundOn && daysBetween(foundOn, dueOn) > MAX_YEARS * 366) throw new Refusal('DEADLINE_FAR', `离检查日期 ${foundOn} 超过 ${MAX_YEARS} 年，请核对年份`)
  return { dueOn, onSpot: dueOn === foundOn }
}

function onFind(foundOn: Day | undefined, make: (day: Day) => Deadline): Deadline {
  if (!foundOn) throw new Refusal('DEADLINE_NEEDS_DAY', '要从检查日期算起，请先改正检查日期')
  return make(foundOn)
}

const UNIT_DAYS: Record<string, number> = { 天: 1, 日: 1, 周: 7, 星期: 7, 个星期: 7, 个月: 30, 月: 30 }

function spanOf(text: string): ((day: Day) => Day) | undefined {
  if (/^半个?月(以?内)?(完成)?$/.test(text)) return (day) => addDays(day, 15)
  if (/^(本月|当月)?(月底|月末|底)前?$|^(本月|当月)(内|底前?)$/.test(text)) return endOfMonth
  const month = /^(\d{1,2})月(底|末)前?$/.exec(text)
  if (month) return (day) => endOfMonth(`${Number(day.slice(0, 4)) + (Number(month[1]) < Number(day.slice(5, 7)) ? 1 : 0)}-${month[1]!.padStart(2, '0')}-01`)
  const span =
    /^(限|限期|于|接到通知后?)?(\d{1,3}|[一二两三四五六七八九十]{1,3})(天|日|周|个?星期|个?月)(以?内|之内|内完成|内整改|内整改完成|内整改完毕)$/.exec(text)
  if (!span) return undefined
  const many = /^\d+$/.test(span[2]!) ? Number(span[2]) : count(span[2]!.replace('两', '二'))
  return (day) => addDays(day, many * UNIT_DAYS[span[3]!]!)
}

const endOfMonth = (day: Day): Day => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10)
