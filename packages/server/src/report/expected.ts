import type { SqlEntityManager } from '@mikro-orm/sql'
import { addDays, type Day, instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import { boundsOf, monthAfter, type Period } from './period.js'
import { type ReportRules, reportRules } from './rules.js'
import { Summary } from './summary.entity.js'
import { SummaryKind, SummaryLevel } from './terms.js'

export type Unit = Pick<Summary, 'level' | 'division' | 'unit' | 'unitName'> & { station?: string }

/**
 * Who owes a summary for a period: every village of the town, every station whose trades have an enterprise there, and the
 * town itself. Who begins or ends within the period owes it, too.
 */
export async function unitsOf(em: SqlEntityManager, town: { code: string; name: string }, period: Period): Promise<Unit[]> {
  const { first, last } = boundsOf(period)
  const villages = await run<{ code: string; name: string }>(
    em,
    `select code, name from division where level = 'VILLAGE' and parent = ? and (valid_from is null or valid_from <= ?) and (valid_to is null or valid_to >= ?) order by code`,
    [town.code, last, first],
  )
  const stations = await run<{ code: string; name: string }>(
    em,
    `select s.code as code, s.name as name from station s where (s.valid_to is null or s.valid_to >= ?) and exists (select 1 from enterprise e
      where e.station = s.code and substr(e.division, 1, 9) = ? and e.entered_on <= ? and (e.closed_on is null or e.closed_on >= ?)) order by s.code`,
    [first, town.code, last, first],
  )
  return [
    ...stations.map(({ code, name }) => ({ level: SummaryLevel.STATION, division: town.code, station: code, unit: code, unitName: name })),
    ...villages.map(({ code, name }) => ({ level: SummaryLevel.VILLAGE, division: code, unit: code, unitName: name })),
    { level: SummaryLevel.TOWN, division: town.code, unit: town.code, unitName: town.name },
  ]
}

/** The stations' and villages' day is the last of the period (§7.7); the town has some days more to gather them. */
export const dueOf = (level: SummaryLevel, period: Period, rules: ReportRules): Day => {
  const { last } = boundsOf(period)
  return level === SummaryLevel.TOWN ? addDays(last, rules.townDays) : last
}

/** Opens what is owed for a period and has not been opened yet; run again, it changes nothing. */
export async function openPeriod(em: SqlEntityManager, town: { code: string; name: string }, period: Period, now: Date, rules: ReportRules): Promise<number> {
  const known = await run<{ level: string; unit: string }>(em, 'select level, unit from summary where kind = ? and period = ? and substr(division, 1, 9) = ?', [
    period.kind,
    period.period,
    town.code,
  ])
  const there = new Set(known.map(({ level, unit }) => `${level} ${unit}`))
  const missing = (await unitsOf(em, town, period)).filter(({ level, unit }) => !there.has(`${level} ${unit}`))
  for (const unit of missing) em.persist(Object.assign(new Summary(), { ...unit, ...period, dueOn: dueOf(unit.level, period, rules), createdAt: instant(now) }))
  await em.flush()
  return missing.length
}

/** The towns that work with the program: those with an enterprise on record. */
export const townsAtWork = (em: SqlEntityManager): Promise<{ code: string; name: string }[]> =>
  run(
    em,
    `select d.code as code, d.name as name from division d where d.level = 'TOWN' and exists (select 1 from enterprise e where substr(e.division, 1, 9) = d.code) order by d.code`,
  )

/** The periods that are open on a day: the month, those since the last that was opened, and near its end the year. */
export async function periodsDue(em: SqlEntityManager, town: string, day: Day): Promise<Period[]> {
  const rules = await reportRules(em)
  const [row] = await run<{ last: string | null }>(
    em,
    `select max(period) as last from summary where kind = 'MONTH' and level = 'TOWN' and division = ? and period <= ?`,
    [town, day.slice(0, 7)],
  )
  const months = [row?.last ?? day.slice(0, 7)]
  while (months.at(-1)! < day.slice(0, 7)) months.push(monthAfter(months.at(-1)!))
  const year = Number(day.slice(5, 7)) >= rules.yearOpensMonth ? [{ kind: SummaryKind.YEAR, period: day.slice(0, 4) }] : []
  return [...months.map((period) => ({ kind: SummaryKind.MONTH, period })), ...year]
}
