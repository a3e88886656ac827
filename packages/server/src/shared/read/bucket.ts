import type { Datum } from '../datum.js'
import type { Engine } from './reader.js'

/** The spans of time that figures are put into. A day column knows no hours. */
export const BUCKETS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'WEEKDAY', 'PHASE'] as const
export type Bucket = (typeof BUCKETS)[number]

/** Zones to cut the day in: an allow-list of zones without summer time, hours ahead of UTC. Never a text in a statement. */
export const ZONES = { SHANGHAI: 8, URUMQI: 6, HONG_KONG: 8, MACAU: 8, TAIPEI: 8, UTC: 0 } as const
export type Zone = keyof typeof ZONES

/** What a bucket's value looks like: 2023-05-01T08, 2023-05-01, 2023-W18 (ISO), 2023-05, 2023-Q2, 2023, 1–7 (Monday first), 2023-P3 全面推进. */
export function bucketSql(column: string, kind: Datum['kind'], bucket: Bucket, zone: Zone, engine: Engine): string {
  return engine === 'sqlite' ? onSqlite(column, kind, bucket, ZONES[zone]) : onPostgres(column, kind, bucket, ZONES[zone])
}

function onSqlite(column: string, kind: Datum['kind'], bucket: Bucket, hours: number): string {
  const shift = kind === 'instant' && hours ? `, '+${hours} hours'` : ''
  const format = (text: string) => `strftime('${text}', ${column}${shift})`
  const day = kind === 'day' ? column : `date(${column}${shift})`
  switch (bucket) {
    case 'HOUR':
      return format('%Y-%m-%dT%H')
    case 'DAY':
      return day
    case 'WEEK':
      return format('%G-W%V')
    case 'MONTH':
      return `substr(${day}, 1, 7)`
    case 'QUARTER':
      return `substr(${day}, 1, 4) || '-Q' || ((cast(substr(${day}, 6, 2) as integer) + 2) / 3)`
    case 'YEAR':
      return `substr(${day}, 1, 4)`
    case 'WEEKDAY':
      return format('%u')
    case 'PHASE':
      return phase(day)
  }
}

function onPostgres(column: string, kind: Datum['kind'], bucket: Bucket, hours: number): string {
  const at = kind === 'day' ? `${column}::date` : `(${column}::timestamptz at time zone 'UTC' + interval '${hours} hours')`
  const format = (text: string) => `to_char(${at}, '${text}')`
  switch (bucket) {
    case 'HOUR':
      return format('YYYY-MM-DD"T"HH24')
    case 'DAY':
      return kind === 'day' ? column : format('YYYY-MM-DD')
    case 'WEEK':
      return format('IYYY-"W"IW')
    case 'MONTH':
      return kind === 'day' ? `substr(${column}, 1, 7)` : format('YYYY-MM')
    case 'QUARTER':
      return format('YYYY-"Q"Q')
    case 'YEAR':
      return kind === 'day' ? `substr(${column}, 1, 4)` : format('YYYY')
    case 'WEEKDAY':
      return format('ID')
    case 'PHASE':
      return phase(kind === 'day' ? column : format('YYYY-MM-DD'))
  }
}

/** The phase of the campaign a day lies in; of two campaigns at once the later one. */
const phase = (day: string) =>
  `(select substr(p.starts_on, 1, 4) || '-P' || p.position || ' ' || p.name from phase p where p.starts_on <= ${day} and p.ends_on >= ${day} order by p.starts_on desc, p.position desc limit 1)`

/** Every bucket from the lowest to the highest, both included, for gap filling; undefined where the values are no series. */
export function bucketsBetween(bucket: Bucket, low: string, high: string, most: number): string[] | undefined {
  const next = NEXT[bucket]
  if (!next) return undefined
  const all: string[] = []
  for (let at = low; at <= high && all.length <= most; at = next(at)) all.push(at)
  return all
}

const dayAfter = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const counted = (year: string, n: number, per: number, mark: string, width: number) =>
  `${Number(year) + Math.floor((n - 1) / per)}-${mark}${String(((n - 1) % per) + 1).padStart(width, '0')}`

const NEXT: Partial<Record<Bucket, (at: string) => string>> = {
  HOUR: (at) => new Date(Date.parse(`${at}:00:00Z`) + 3_600_000).toISOString().slice(0, 13),
  DAY: (at) => dayAfter(at, 1),
  WEEK: (at) => isoWeek(dayAfter(mondayOf(at), 7)),
  MONTH: (at) => counted(at.slice(0, 4), Number(at.slice(5)) + 1, 12, '', 2),
  QUARTER: (at) => counted(at.slice(0, 4), Number(at.slice(6)) + 1, 4, 'Q', 1),
  YEAR: (at) => String(Number(at) + 1),
  WEEKDAY: (at) => String(Number(at) + 1),
}

/** The Monday of `2023-W18`: the fourth of January always lies in the first week. */
function mondayOf(week: string): string {
  const fourth = `${week.slice(0, 4)}-01-04`
  const weekday = (new Date(`${fourth}T00:00:00Z`).getUTCDay() + 6) % 7
  return dayAfter(fourth, (Number(week.slice(6)) - 1) * 7 - weekday)
}

function isoWeek(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const year = dayAfter(day, 3 - weekday).slice(0, 4)
  const first = mondayOf(`${year}-W01`)
  const weeks = Math.floor((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 604_800_000) + 1
  return `${year}-W${String(weeks).padStart(2, '0')}`
}
